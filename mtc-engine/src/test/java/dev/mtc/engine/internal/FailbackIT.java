package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.Storage;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.VolumeMove;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Back to the source after a cut-over, with what was written since. */
class FailbackIT {

    private static final String DATA = "data-db-0";

    private final List<VolumeMove> moves = new CopyOnWriteArrayList<>();
    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        bed.volumes.answer(request -> {
            moves.add((VolumeMove) request);
            return Script.SUCCESS;
        });
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private Migration unquiesced(Plan plan) {
        return Migration.of(plan)
                .state(bed.state)
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images));
    }

    private Plan indirect() {
        return bed.planned().via(Storage.s3("migrations")).indirectVolumes().build();
    }

    private void cutOver(Plan plan) {
        bed.migration(plan).cutover().await(TestBed.LIMIT).requireSuccess();
        moves.clear();
    }

    private VolumeMove moved(String claim) {
        return moves.stream()
                .filter(move -> move.source().name().equals(claim))
                .findFirst()
                .orElseThrow();
    }

    private int targetReplicas() {
        assertThat(bed.target.settle(TestBed.LIMIT)).isTrue();
        return TestBed.db(bed.target).getSpec().getReplicas();
    }

    @Test
    void failback_quiesced_fillsTheClaimsThatTheDataCameFromAndARollbackStartsTheSource() {
        cutOver(bed.plan());
        String before = TestBed.claim(bed.source, DATA).getMetadata().getUid();

        MigrationResult result = bed.migration().failback().await(TestBed.LIMIT).requireSuccess();

        assertThat(result.runId()).startsWith("app-back-state-");
        assertThat(moves.stream().map(move -> move.source() + " " + move.pass()).distinct())
                .containsExactlyInAnyOrder("app/data-db-0 COLD", "app/data-db-1 COLD");
        PersistentVolumeClaim kept = TestBed.claim(bed.source, DATA);
        assertThat(kept.getMetadata().getUid()).isEqualTo(before);
        assertThat(kept.getMetadata().getLabels()).doesNotContainKey("migration.openshift.io/migrated-by-migplan");
        assertThat(targetReplicas()).isZero();
        bed.assertSourceStopped();

        bed.migration().rollback().await(TestBed.LIMIT).requireSuccess();

        bed.assertSourceRuns();
    }

    @Test
    void failback_notQuiesced_bringsBackAheadAndLeavesTheTargetRunning() {
        cutOver(bed.plan());

        MigrationRun run = unquiesced(bed.plan()).failback();
        run.await(TestBed.LIMIT).requireSuccess();

        assertThat(moved(DATA).pass()).isEqualTo(VolumeMove.Pass.HOT);
        assertThat(bed.state.list(DirectVolumeMigration.class))
                .filteredOn(dvm -> dvm.getMetadata().getName().startsWith(run.id()))
                .extracting(dvm -> dvm.getSpec().getMigrationType())
                .containsExactly("Stage");
        assertThat(targetReplicas()).isEqualTo(2);
        bed.assertSourceStopped();
    }

    @Test
    void failback_onlyStaged_isRefusedAndNothingIsWritten() {
        unquiesced(bed.plan()).stage().await(TestBed.LIMIT).requireSuccess();
        moves.clear();

        List<Problem> problems = bed.plan().reversed().check().problems();
        MigrationResult result = bed.migration().failback().await(TestBed.LIMIT);

        assertThat(problems).extracting(Problem::code).contains("NotHandedOver", "PvcInUse");
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.errors()).extracting(Problem::code).contains("NotHandedOver", "PvcInUse");
        assertThat(moves).isEmpty();
        bed.assertSourceRuns();
    }

    @Test
    void failback_fails_startsTheTargetAgainAndLeavesTheSourceStopped() {
        cutOver(bed.plan());
        TransferStatus full = new TransferStatus.Failed(
                TransferStatus.Failed.Kind.PERMANENT, "NoSpace", "the claim is full", "make it larger");
        bed.volumes.answer(request -> full);

        MigrationResult result = bed.migration().failback().await(TestBed.LIMIT);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(targetReplicas()).isEqualTo(2);
        bed.assertSourceStopped();
    }

    @Test
    void failback_ofAClaimThatCameWithAnEarlierMigration_isFilledNevertheless() {
        bed.source
                .client()
                .persistentVolumeClaims()
                .inNamespace(TestBed.APP)
                .withName(DATA)
                .edit(claim -> new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .addToAnnotations(Map.of("migration.openshift.io/handed-over-by", "years-ago"))
                        .endMetadata()
                        .build());
        cutOver(bed.plan());

        bed.migration().failback().await(TestBed.LIMIT).requireSuccess();

        assertThat(moved(DATA).target().namespace()).isEqualTo(TestBed.APP);
    }

    @Test
    void failback_volumeThatWasLeftOut_staysLeftOut() {
        Plan plan = bed.planned().volume("app/data-db-1", VolumeChoice.skip()).build();
        cutOver(plan);

        bed.migration(plan).failback().await(TestBed.LIMIT).requireSuccess();

        assertThat(moves.stream().map(move -> move.source().name()).distinct()).containsExactly(DATA);
    }

    @Test
    void failback_throughTheRepository_goesOnFromWhatWentForth() {
        Plan plan = indirect();
        bed.migration(plan).cutover().await(TestBed.LIMIT).requireSuccess();
        VolumeMove forth = moved(DATA);
        moves.clear();

        bed.migration(plan).failback().await(TestBed.LIMIT).requireSuccess();

        VolumeMove back = moved(DATA);
        assertThat(forth.storedAs()).isNull();
        assertThat(back.storedFor()).isNotNull().isEqualTo(forth.storedFor());
        assertThat(back.storedAs()).isEqualTo(forth.source());
    }
}
