package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ExistingPolicy;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.RunningController;
import dev.mtc.api.StateStore;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.spi.TransferStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations of volumes only, into claims of other names. */
class StateMigrationIT {

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private Plan renaming() {
        return bed.planned()
                .volume("app/data-db-0", VolumeChoice.copy().rename("ledger"))
                .volume("app/data-db-1", VolumeChoice.skip())
                .build();
    }

    private Migration unquiesced(Plan plan) {
        return Migration.of(plan)
                .state(bed.state)
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images));
    }

    private String passOf(MigrationRun run) {
        return bed.state.list(DirectVolumeMigration.class).stream()
                .filter(dvm -> dvm.getMetadata().getName().startsWith(run.id()))
                .map(dvm -> dvm.getSpec().getMigrationType())
                .findFirst()
                .orElseThrow();
    }

    private void assertOnlyLedgerArrived() {
        assertThat(bed.target
                        .client()
                        .persistentVolumeClaims()
                        .inNamespace(TestBed.APP)
                        .list()
                        .getItems())
                .extracting(claim -> claim.getMetadata().getName())
                .containsExactly("ledger");
        assertThat(TestBed.deployment(bed.target, "web")).isNull();
        assertThat(TestBed.db(bed.target)).isNull();
        assertThat(bed.images.starts).isEmpty();
    }

    @Test
    void migrateState_quiesced_copiesOnlyVolumesAndLeavesTheSourceStopped() {
        MigrationRun run = bed.migration(renaming()).migrateState();
        MigrationResult result = run.await(TestBed.LIMIT).requireClean();

        assertOnlyLedgerArrived();
        assertThat(passOf(run)).isEqualTo("CutOver");
        assertThat(result.items())
                .extracting(ItemOutcome::kind)
                .as("what was migrated")
                .contains("volume")
                .doesNotContain("image");
        bed.assertSourceStopped();
        assertThat(bed.kept(run).getSpec().isMigrateState()).isTrue();
        assertThat(bed.kept(run).getSpec().isStage()).isFalse();
        assertThat(bed.kept(run).getStatus().getItinerary()).isEqualTo("Stage");
    }

    @Test
    void migrateState_notQuiesced_copiesAheadAndLeavesTheSourceRunning() {
        MigrationRun run = unquiesced(renaming()).migrateState();
        run.await(TestBed.LIMIT).requireSuccess();

        assertOnlyLedgerArrived();
        assertThat(passOf(run)).isEqualTo("Stage");
        bed.assertSourceRuns();
    }

    @Test
    void migrateState_again_copiesAgainIntoTheSameClaim() {
        unquiesced(renaming()).migrateState().await(TestBed.LIMIT).requireSuccess();
        bed.migration(renaming()).migrateState().await(TestBed.LIMIT).requireClean();

        assertOnlyLedgerArrived();
        assertThat(bed.volumes.started()).isEqualTo(2);
    }

    @Test
    void migrateState_copyFails_startsTheSourceAgain() {
        TransferStatus full = new TransferStatus.Failed(
                TransferStatus.Failed.Kind.PERMANENT, "NoSpace", "the claim is full", "make it larger");
        bed.volumes.answer(request -> full);

        MigrationResult result = bed.migration(renaming()).migrateState().await(TestBed.LIMIT);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        bed.assertSourceRuns();
    }

    @Test
    void migrateState_withoutVolumes_failsAndSaysWhatToDo() {
        Plan plan = bed.planned().volumes(VolumeChoice.skip()).build();

        MigrationResult result = bed.migration(plan).migrateState().await(TestBed.LIMIT);

        assertThat(result.errors()).extracting(Problem::code).containsExactly("NoStateToMigrate");
        bed.assertSourceRuns();
    }

    @Test
    void rollback_ofAStateMigration_removesTheClaimAndStartsTheSource() {
        bed.migration(renaming()).migrateState().await(TestBed.LIMIT).requireClean();

        bed.migration(renaming()).rollback().await(TestBed.LIMIT).requireClean();

        assertThat(bed.target.settle(TestBed.LIMIT)).isTrue();
        assertThat(TestBed.claim(bed.target, "ledger")).isNull();
        PersistentVolumeClaim kept = TestBed.claim(bed.source, "data-db-0");
        assertThat(kept.getMetadata().getDeletionTimestamp()).isNull();
        bed.assertSourceRuns();
    }

    @Test
    void migrateState_backAfterACutover_fillsTheClaimsOfTheSourceAndARollbackStartsIt() {
        bed.cutover().requireClean();
        String before = TestBed.claim(bed.source, "data-db-0").getMetadata().getUid();

        bed.migration(back()).migrateState().await(TestBed.LIMIT).requireSuccess();
        bed.migration().rollback().await(TestBed.LIMIT).requireSuccess();

        assertThat(bed.volumes.starts.get("app/data-db-0").get()).isEqualTo(2);
        PersistentVolumeClaim kept = TestBed.claim(bed.source, "data-db-0");
        assertThat(kept.getMetadata().getUid()).isEqualTo(before);
        assertThat(kept.getMetadata().getLabels()).doesNotContainKey("migration.openshift.io/migrated-by-migplan");
        bed.assertSourceRuns();
    }

    @Test
    void migrateState_backAgainIntoNewClaims_isNotTakenForHandedOver() {
        bed.cutover().requireClean();
        Plan aside = bed.planned()
                .from(bed.targetCluster())
                .to(bed.sourceCluster())
                .volume("app/data-db-0", VolumeChoice.copy().rename("aside"))
                .volume("app/data-db-1", VolumeChoice.skip())
                .build();

        bed.migration(aside)
                .state(StateStore.memory())
                .migrateState()
                .await(TestBed.LIMIT)
                .requireSuccess();
        bed.migration(aside)
                .state(StateStore.memory())
                .migrateState()
                .await(TestBed.LIMIT)
                .requireSuccess();

        assertThat(bed.volumes.started())
                .as("two claims forth, one back, and that one again")
                .isEqualTo(4);
    }

    private Plan back() {
        return Plan.named("back")
                .from(bed.targetCluster())
                .to(bed.sourceCluster())
                .namespace(TestBed.APP)
                .existing(ExistingPolicy.UPDATE)
                .build();
    }

    @Test
    void migrateState_asResource_isDrivenByTheController() {
        try (HostBed host = new HostBed();
                RunningController controller = host.controller("one")) {
            assertThat(controller.awaitLeadership(TestBed.LIMIT)).isTrue();
            host.clusters();
            host.plan("app", TestBed.APP);
            host.await(
                    MigPlan.class, "app", "ready", plan -> HostBed.types(plan).contains("Ready"));

            host.migrateState("state-1", "app");

            MigMigration done = host.awaitSuccess("state-1");
            assertThat(done.getStatus().getItinerary()).isEqualTo("Stage");
            assertThat(TestBed.claim(host.apps.target, "data-db-0")).isNotNull();
            assertThat(TestBed.deployment(host.apps.target, "web")).isNull();
            assertThat(host.apps.images.starts).isEmpty();
        }
    }
}
