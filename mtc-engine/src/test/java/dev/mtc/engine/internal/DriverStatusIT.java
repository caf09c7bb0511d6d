package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.FailurePolicy;
import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.DirectImageMigration;
import dev.mtc.api.model.v1alpha1.DirectImageMigrationStatus;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigMigrationStatus;
import dev.mtc.api.model.v1alpha1.ObservedDigest;
import dev.mtc.api.model.v1alpha1.PipelineStep;
import dev.mtc.api.model.v1alpha1.UnhealthyNamespace;
import dev.mtc.api.model.v1alpha1.UnhealthyWorkload;
import dev.mtc.api.spi.TransferStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the MigMigration says during and after a run. */
class DriverStatusIT {

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private static Optional<Condition> condition(MigMigrationStatus status, String type) {
        return status.getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    private static List<String> types(MigMigrationStatus status) {
        return status.getConditions().stream().map(Condition::getType).toList();
    }

    private static PipelineStep step(MigMigrationStatus status, String name) {
        return status.getPipeline().stream()
                .filter(step -> step.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void status_ofASucceededCutover_isCompleted() {
        MigMigration kept = bed.kept(bed.cutover().requireClean().runId());
        MigMigrationStatus status = kept.getStatus();

        assertThat(status.getItinerary()).isEqualTo("Final");
        assertThat(status.getPhase()).isEqualTo("Completed");
        assertThat(status.getErrors()).isEmpty();
        assertThat(status.getStartTimestamp()).isNotNull();
        assertThat(status.getObservedDigest()).isEqualTo(ObservedDigest.of(kept.getSpec()));
        assertThat(types(status)).contains("Succeeded").doesNotContain("Running", "Failed", "Canceled", "Ready");
        assertThat(condition(status, "Succeeded").orElseThrow().getReason()).isEqualTo("Completed");
        assertThat(status.getPipeline())
                .extracting(PipelineStep::getName)
                .containsExactly(
                        "Prepare", "Backup", "DirectImage", "StageBackup", "DirectVolume", "Restore", "Cleanup");
        assertThat(status.getPipeline()).allSatisfy(step -> {
            assertThat(step.getStarted()).isNotNull();
            assertThat(step.getCompleted()).isNotNull();
            assertThat(step.getMessage()).isEqualTo("Completed");
            assertThat(step.isFailed()).isFalse();
            assertThat(step.isSkipped()).isFalse();
        });
        assertThat(kept.getMetadata().getLabels()).containsEntry("migration.openshift.io/migplan-name", "app");
    }

    @Test
    void status_ofAStageWithoutImages_hasOnlyStepsThatRun() {
        MigrationRun run = Migration.of(dev.mtc.api.Plan.named("app")
                        .from(bed.sourceCluster())
                        .to(bed.targetCluster())
                        .namespace(TestBed.APP)
                        .build())
                .state(bed.state)
                .provider(new ScriptedVolumeMover(bed.volumes))
                .stage();
        run.await(TestBed.LIMIT).requireClean();

        MigMigrationStatus status = bed.kept(run).getStatus();
        assertThat(status.getItinerary()).isEqualTo("Stage");
        assertThat(status.getPipeline())
                .extracting(PipelineStep::getName)
                .containsExactly("Prepare", "StageBackup", "DirectVolume", "Cleanup");
    }

    @Test
    void directImageMigration_ofACutover_hasSucceeded() {
        String runId = bed.cutover().requireClean().runId();

        DirectImageMigrationStatus status = bed.state
                .get(DirectImageMigration.class, bed.state.namespace(), runId + "-images")
                .orElseThrow()
                .getStatus();

        assertThat(status.getPhase()).isEqualTo("Completed");
        assertThat(status.getErrors()).isEmpty();
        assertThat(status.getStartTimestamp()).isNotNull();
        assertThat(status.getConditions())
                .extracting(Condition::getType, Condition::getCategory)
                .containsExactly(tuple("Succeeded", "Advisory"));
    }

    @Test
    void status_ofAStageWithNothingToCopy_warnsOfThat() {
        MigrationRun run = bed.migration(bed.planned()
                        .volumes(VolumeChoice.skip())
                        .excludeResources("pods")
                        .labelSelector("app=nothing-has-this")
                        .build())
                .stage();
        run.await(TestBed.LIMIT).requireSuccess();

        Condition noOp = condition(bed.kept(run).getStatus(), "StageNoOp").orElseThrow();
        assertThat(noOp.getCategory()).isEqualTo("Warn");
        assertThat(noOp.isDurable()).isTrue();
    }

    @Test
    void status_ofACutoverWhosePodsDoNotStart_namesTheirWorkloads() {
        bed.target.images().only("docker.example/", "new.example:5001/app/db");
        MigrationRun run = bed.migration().pendingLimit(Duration.ofSeconds(1)).cutover();
        run.await(TestBed.LIMIT).requireSuccess();

        MigMigrationStatus status = bed.kept(run).getStatus();
        assertThat(condition(status, "UnhealthyNamespaces").orElseThrow().getReason())
                .isEqualTo("ErrorsDetected");
        assertThat(types(status)).contains("SucceededWithWarnings");
        assertThat(status.getNamespaces())
                .extracting(UnhealthyNamespace::getName)
                .containsExactly(TestBed.APP);
        assertThat(status.getNamespaces().get(0).getWorkloads())
                .extracting(UnhealthyWorkload::getName, UnhealthyWorkload::getResources)
                .contains(tuple("deployments.apps", List.of("web")));
    }

    @Test
    void status_whileVolumesAreCopied_saysWhichStepOfHowMany() {
        bed.volumes.answer(request -> Script.running());
        MigrationRun run = bed.migration().cutover();
        bed.events.await(
                event -> event instanceof dev.mtc.api.PhaseWaiting waiting
                        && waiting.phase() == Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION,
                "waiting for volumes");
        bed.events.await(
                event -> event instanceof dev.mtc.api.TransferProgressed moved
                        && moved.item().state().equals("running"),
                "volumes running");

        MigMigrationStatus status = bed.kept(run).getStatus();
        assertThat(status.getPhase()).isEqualTo("WaitForDirectVolumeMigrationToComplete");
        Condition running = condition(status, "Running").orElseThrow();
        assertThat(running.getReason()).isEqualTo("WaitForDirectVolumeMigrationToComplete");
        assertThat(running.getMessage()).isEqualTo("Step: 20/" + run.progress().count());
        assertThat(run.progress().index()).isEqualTo(20);
        assertThat(step(status, "DirectVolume").getCompleted()).isNull();
        assertThat(step(status, "StageBackup").getCompleted()).isNotNull();
        assertThat(step(status, "Restore").getStarted()).isNull();
        assertThat(step(status, "Restore").getMessage()).isEqualTo("Not started");
        bed.volumes.release();
        run.await(TestBed.LIMIT).requireClean();
    }

    @Test
    void status_afterWarnings_isSucceededWithWarnings() {
        MigrationRun run = Migration.of(bed.plan())
                .state(bed.state)
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images))
                .cutover();
        run.await(TestBed.LIMIT).requireSuccess();

        MigMigrationStatus status = bed.kept(run).getStatus();
        assertThat(types(status))
                .contains("SucceededWithWarnings", "NotQuiesced")
                .doesNotContain("Succeeded");
        assertThat(condition(status, "NotQuiesced").orElseThrow().getCategory()).isEqualTo("Warn");
    }

    @Test
    void status_afterAFailure_saysWhereItFailedAndSkipsTheRest() {
        bed.volumes.answer(request -> new TransferStatus.Failed(
                TransferStatus.Failed.Kind.PERMANENT, "NoSpaceLeft", "the volume is full", ""));

        MigMigrationStatus status = bed.kept(bed.migration()
                        .onFailure(FailurePolicy.CLEAN_UP)
                        .cutover()
                        .await(TestBed.LIMIT)
                        .runId())
                .getStatus();

        assertThat(status.getItinerary()).isEqualTo("Failed");
        assertThat(status.getPhase()).isEqualTo("Completed");
        assertThat(types(status)).contains("Failed").doesNotContain("Succeeded", "Running", "SucceededWithWarnings");
        assertThat(condition(status, "Failed").orElseThrow().getReason())
                .isEqualTo("WaitForDirectVolumeMigrationToComplete");
        assertThat(status.getErrors()).isNotEmpty().allMatch(error -> error.contains("the volume is full"));
        assertThat(step(status, "DirectVolume").isFailed()).isTrue();
        assertThat(step(status, "DirectVolume").getMessage()).isEqualTo("Failed");
        assertThat(step(status, "Restore").isSkipped()).isTrue();
        assertThat(step(status, "Restore").getMessage()).isEqualTo("Skipped");
        assertThat(step(status, "CleanupUnquiesce").getCompleted()).isNotNull();
    }

    @Test
    void status_afterCancel_isCanceledAndSucceeded() {
        bed.volumes.answer(request -> Script.running());
        MigrationRun run = bed.migration().cutover();
        bed.events.awaitWaiting(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION);
        run.cancel();
        run.await(TestBed.LIMIT);

        MigMigration kept = bed.kept(run);
        assertThat(kept.getSpec().isCanceled()).isTrue();
        assertThat(kept.getStatus().getItinerary()).isEqualTo("Cancel");
        assertThat(types(kept.getStatus())).contains("Canceled", "Succeeded").doesNotContain("Canceling", "Running");
        assertThat(kept.getStatus().getObservedDigest()).isEqualTo(ObservedDigest.of(kept.getSpec()));
    }

    @Test
    void status_warnedInAnEarlierProcess_staysAWarning() {
        MortalStore store = new MortalStore(
                bed.state,
                resource -> resource instanceof MigMigration migration
                        && Phase.ENSURE_FINAL_RESTORE
                                .wireName()
                                .equals(migration.getStatus().getPhase()));
        String run = Migration.of(bed.plan())
                .state(store)
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images))
                .cutover()
                .await(TestBed.LIMIT)
                .runId();

        bed.migration().resume(run).await(TestBed.LIMIT).requireSuccess();

        assertThat(types(bed.kept(run).getStatus())).contains("SucceededWithWarnings", "NotQuiesced");
    }

    @Test
    void hooks_ofAPlan_areStepsOfThePipeline() {
        MigrationRun run = bed.migration(bed.planned()
                        .hook(HookPoint.PRE_RESTORE, Hook.call(hook -> {}))
                        .build())
                .cutover();
        run.await(TestBed.LIMIT).requireClean();

        assertThat(step(bed.kept(run).getStatus(), "PreRestoreHooks").getCompleted())
                .isNotNull();
    }
}
