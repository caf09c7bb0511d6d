package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.FailurePolicy;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Problem;
import dev.mtc.api.StateStore;
import dev.mtc.api.VolumeChoice;
import dev.mtc.engine.internal.Rows.Row;
import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Volumes that a cut-over takes to the target without copying them, and what brings them back. */
class MoveIT {

    private final MoveBed moves = new MoveBed();
    private final TestBed bed = moves.bed;

    @AfterEach
    void close() {
        moves.close();
    }

    private static Map<String, Action> volumes(MigrationResult result) {
        return result.items().stream()
                .filter(item -> item.kind().equals("volume"))
                .collect(Collectors.toMap(ItemOutcome::name, ItemOutcome::action));
    }

    private static PersistentVolume volume(EmbeddedCluster cluster, String name) {
        return cluster.client().persistentVolumes().withName(name).get();
    }

    @Test
    void cutover_takesTheVolumeItselfOverAndKeepsItOnTheSource() {
        Preview preview = moves.plan().preview();
        MigrationResult result = moves.migration()
                .expecting(preview)
                .cutover()
                .await(TestBed.LIMIT)
                .requireClean();

        assertThat(volumes(result))
                .containsOnly(Map.entry("app/data-db-0", Action.MOVED), Map.entry("app/data-db-1", Action.MOVED));
        assertThat(preview.actions())
                .filteredOn(action -> action.verb() == Verb.MOVE)
                .extracting(Preview.Action::subject)
                .containsExactly("app/data-db-0", "app/data-db-1");
        assertThat(bed.volumes.starts).isEmpty();
        PersistentVolumeClaim was = TestBed.claim(bed.source, "data-db-0");
        PersistentVolumeClaim is = TestBed.claim(bed.target, "data-db-0");
        String name = was.getSpec().getVolumeName();
        assertThat(is.getSpec().getVolumeName()).isEqualTo(name);
        assertThat(is.getStatus().getPhase()).isEqualTo("Bound");
        PersistentVolume kept = volume(bed.source, name);
        assertThat(kept.getSpec().getPersistentVolumeReclaimPolicy()).isEqualTo("Retain");
        assertThat(kept.getSpec().getClaimRef().getUid())
                .isEqualTo(was.getMetadata().getUid());
        assertThat(TestBed.annotation(kept, "orig-reclaim-policy")).isEqualTo("Delete");
        PersistentVolume taken = volume(bed.target, name);
        assertThat(taken.getSpec().getCsi()).isEqualTo(kept.getSpec().getCsi());
        assertThat(taken.getSpec().getPersistentVolumeReclaimPolicy()).isEqualTo("Retain");
        assertThat(taken.getSpec().getClaimRef().getUid())
                .isEqualTo(is.getMetadata().getUid());
        assertThat(TestBed.db(bed.target).getStatus().getReadyReplicas()).isEqualTo(2);
    }

    @Test
    void cutover_ofARenamedNamespace_reservesTheVolumeForTheClaimThere() {
        Plan plan = Plan.named("app")
                .from(bed.sourceCluster())
                .to(bed.targetCluster())
                .namespace(TestBed.APP, "elsewhere")
                .volumes(VolumeChoice.move())
                .build();

        bed.migration(plan).cutover().await(TestBed.LIMIT).requireSuccess();

        String name = TestBed.claim(bed.source, "data-db-1").getSpec().getVolumeName();
        assertThat(volume(bed.target, name).getSpec().getClaimRef().getNamespace())
                .isEqualTo("elsewhere");
    }

    @Test
    void cutover_ofCopiedAndMovedVolumes_movesAfterAllIsCopied() {
        Plan plan = bed.planned().volume("app/data-db-1", VolumeChoice.move()).build();
        bed.volumes.answer(request -> {
            assertThat(TestBed.claim(bed.target, "data-db-1")).isNull();
            return Script.SUCCESS;
        });

        MigrationResult result =
                bed.migration(plan).cutover().await(TestBed.LIMIT).requireClean();

        assertThat(volumes(result))
                .containsOnly(Map.entry("app/data-db-0", Action.COPIED), Map.entry("app/data-db-1", Action.MOVED));
    }

    @Test
    void stageAndStateMigration_leaveTheVolumeAlone() {
        MigrationResult stage = moves.migration().stage().await(TestBed.LIMIT).requireClean();

        assertThat(volumes(stage)).isEmpty();
        moves.assertNothingMoved();
        assertThat(moves.migration().migrateState().await(TestBed.LIMIT).errors())
                .extracting(Problem::code)
                .containsExactly("NoStateToMigrate");
    }

    @Test
    void cutover_thatStopsNothing_failsBeforeAnythingIsTouched() {
        MigrationResult result = Migration.of(moves.plan())
                .state(bed.state)
                .provider(new ScriptedImageMover(bed.images))
                .cutover()
                .await(TestBed.LIMIT);

        assertThat(result.errors()).extracting(Problem::code).containsExactly("MoveNotQuiesced");
        moves.assertNothingMoved();
    }

    @Test
    void cutover_withAPodThatNobodyCanStop_movesNothingFromUnderIt() {
        bed.source
                .client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(TestBed.APP)
                        .withName("bare")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("c")
                        .withImage("old.example:5000/app/web:1")
                        .endContainer()
                        .addNewVolume()
                        .withName("v")
                        .withNewPersistentVolumeClaim("data-db-0", false)
                        .endVolume()
                        .endSpec()
                        .build())
                .create();
        assertThat(bed.source.settle(TestBed.LIMIT)).isTrue();

        MigrationResult result = moves.migration().cutover().await(TestBed.LIMIT);

        assertThat(result.errors()).extracting(Problem::code).containsExactly("PodNotQuiesced");
        moves.assertSourceUntouched();
        bed.assertSourceRuns();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"CANCEL", "FAILED"})
    void cutover_thatComesToNothing_givesTheVolumeBack(Kind kind) {
        for (FailurePolicy policy : List.of(FailurePolicy.CLEAN_UP, FailurePolicy.ROLL_BACK)) {
            CompletableFuture<MigrationRun> running = new CompletableFuture<>();
            MigrationRun run = bed.migration(moves.planWithHooks())
                    .onFailure(policy)
                    .engine(Rows.engine(kind, running, (row, phase, context) -> phase.run(context)))
                    .cutover();
            running.complete(run);

            assertThat(run.await(TestBed.LIMIT).status()).isEqualTo(Rows.end(kind));

            moves.assertNothingMoved();
            bed.assertSourceRuns();
        }
        moves.migration().cutover().await(TestBed.LIMIT).requireClean();
    }

    @Test
    void cutover_thatFailsAndKeeps_leavesTheVolumeLentUntilARollback() {
        CompletableFuture<MigrationRun> running = new CompletableFuture<>();
        MigrationRun run = bed.migration(moves.planWithHooks())
                .onFailure(FailurePolicy.KEEP)
                .engine(Rows.engine(Kind.FAILED, running, (row, phase, context) -> phase.run(context)))
                .cutover();
        running.complete(run);

        assertThat(run.await(TestBed.LIMIT).status()).isEqualTo(Status.FAILED);
        assertThat(moves.ofTarget()).hasSize(4);

        moves.migration().rollback().await(TestBed.LIMIT).requireClean();
        moves.assertNothingMoved();
    }

    @Test
    void rollback_givesTheVolumeBackAndDeletesNoData() {
        moves.migration().cutover().await(TestBed.LIMIT).requireClean();
        String name = TestBed.claim(bed.source, "data-db-0").getSpec().getVolumeName();
        // As on any volume of its class: with such a policy it would go with its claim.
        bed.target.client().persistentVolumes().withName(name).edit(volume -> {
            volume.getSpec().setPersistentVolumeReclaimPolicy("Delete");
            return volume;
        });
        List<String> phases = new CopyOnWriteArrayList<>();

        moves.migration()
                .engine(Rows.engine((row, phase, context) -> {
                    if (row.equals(new Row(Kind.ROLLBACK, Phase.UNQUIESCE_SRC_APPLICATIONS)) && phases.isEmpty()) {
                        phases.add(volume(bed.target, name).getStatus().getPhase());
                    }
                    return phase.run(context);
                }))
                .rollback()
                .await(TestBed.LIMIT)
                .requireClean();

        assertThat(phases).as("without its claim").containsExactly("Released");
        moves.assertNothingMoved();
        bed.assertSourceRuns();
        moves.migration().cutover().await(TestBed.LIMIT).requireClean();
    }

    @Test
    void cutover_afterOneThatSucceeded_leavesTheVolumeWithTheTarget() {
        moves.migration().cutover().await(TestBed.LIMIT).requireClean();
        List<String> taken = moves.ofTarget();

        // a state that knows of the first one would refuse another
        MigrationResult again = moves.migration()
                .state(StateStore.memory())
                .cutover()
                .await(TestBed.LIMIT)
                .requireClean();
        CompletableFuture<MigrationRun> running = new CompletableFuture<>();
        MigrationRun failing = bed.migration(moves.planWithHooks())
                .state(StateStore.memory())
                .engine(Rows.engine(Kind.FAILED, running, (row, phase, context) -> phase.run(context)))
                .cutover();
        running.complete(failing);
        MigrationResult failed = failing.await(TestBed.LIMIT);

        assertThat(volumes(again).values()).containsOnly(Action.SKIPPED);
        assertThat(failed.warnings()).extracting(Problem::code).contains("TargetInUse");
        assertThat(moves.ofTarget()).isEqualTo(taken);
    }

    @Test
    void cutover_withAForeignVolumeInTheWay_failsAndLeavesIt() {
        String name = TestBed.claim(bed.source, "data-db-0").getSpec().getVolumeName();
        PersistentVolume foreign = MoveBed.free(name);
        MigrationRun run = moves.migration()
                .engine(Rows.engine((row, phase, context) -> {
                    if (row.equals(new Row(Kind.FINAL, Phase.CREATE_DIRECT_VOLUME_MIGRATION_FINAL))) {
                        bed.target.client().resource(foreign).createOr(unused -> foreign);
                    }
                    return phase.run(context);
                }))
                .cutover();

        MigrationResult result = run.await(TestBed.LIMIT);

        assertThat(result.errors()).extracting(Problem::code).containsExactly("PvNameConflict");
        assertThat(volume(bed.target, name).getMetadata().getLabels()).isNullOrEmpty();
        moves.assertSourceUntouched();
        bed.assertSourceRuns();
    }
}
