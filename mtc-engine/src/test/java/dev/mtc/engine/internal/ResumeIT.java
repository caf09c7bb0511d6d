package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.TransferProgressed;
import dev.mtc.api.model.v1alpha1.DirectImageMigration;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.spi.TransferStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that another process goes on with. */
class ResumeIT {

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private Migration another() {
        return Migration.of(bed.plan())
                .state(bed.state)
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images));
    }

    private MigrationResult lost(Predicate<HasMetadata> last) {
        MigrationResult result = bed.migration()
                .state(new MortalStore(bed.state, last))
                .cutover()
                .await(TestBed.LIMIT);
        assertThat(result.status()).as(result.report().toText()).isEqualTo(Status.FAILED);
        assertThat(result.errors()).extracting(Problem::code).contains("StateLost");
        return result;
    }

    private static Predicate<HasMetadata> enters(Phase phase) {
        return resource -> resource instanceof MigMigration migration
                && phase.wireName().equals(migration.getStatus().getPhase());
    }

    @Test
    void resume_whileAnotherProcessDrives_takesTheRunOverAndFinishesTheRest() throws InterruptedException {
        bed.volumes.answer(request -> request.toString().equals("app/data-db-1") ? Script.running() : Script.SUCCESS);
        MigrationRun first = bed.migration().cutover();
        bed.events.await(
                event -> event instanceof TransferProgressed moved
                        && moved.item().name().equals("app/data-db-0")
                        && moved.item().state().equals("done"),
                "data-db-0 done");

        MigrationRun second = another().resume(first.id());
        MigrationResult ofFirst = first.await(TestBed.LIMIT);
        bed.volumes.release();
        MigrationResult ofSecond = second.await(TestBed.LIMIT);

        assertThat(ofFirst.status()).isEqualTo(Status.FAILED);
        assertThat(ofFirst.errors()).extracting(Problem::code).containsExactly("TakenOver");
        assertThat(ofSecond.requireClean().runId()).isEqualTo(first.id());
        assertThat(bed.volumes.starts.values()).allMatch(count -> count.get() == 1);
        assertThat(bed.images.starts.values()).allMatch(count -> count.get() == 1);
        assertThat(bed.volumes.canceled).isEmpty();
        assertThat(TestBed.deployment(bed.target, "web").getStatus().getReadyReplicas())
                .isEqualTo(2);
        bed.assertSourceStopped();
        TestBed.assertNoThreadOf(first.id());
    }

    @Test
    void resume_afterAVolumeFailedAndTheProcessEnded_fails() {
        TransferStatus broken = new TransferStatus.Failed(
                TransferStatus.Failed.Kind.PERMANENT, "NoSpaceLeft", "the volume is full", "");
        bed.volumes.answer(request -> broken);
        String run = lost(resource -> resource instanceof DirectVolumeMigration volumes
                        && volumes.getStatus().additionalProperties().toString().contains("FAILED"))
                .runId();

        MigrationResult result = another().resume(run).await(TestBed.LIMIT);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.errors()).isNotEmpty().allMatch(error -> error.message()
                .contains("the volume is full"));
        assertThat(TestBed.annotation(TestBed.claim(bed.target, "data-db-0"), "handed-over-by"))
                .isEmpty();
        bed.assertSourceRuns();
    }

    @Test
    void resume_ofTransfersWithNotes_findsWhatMoversNoted() {
        bed.volumes.begin(context -> context.note("far end", "7 blocks"));
        bed.volumes.answer(request -> Script.running());
        String run = lost(resource -> resource instanceof DirectVolumeMigration volumes
                        && ("" + volumes.getMetadata().getAnnotations()).contains("7 blocks"))
                .runId();
        bed.volumes.release();

        another().resume(run).await(TestBed.LIMIT).requireClean();

        assertThat(bed.volumes.polledWith.note("far end")).contains("7 blocks");
    }

    @Test
    void resume_ofImagesWithNotesOfTheirUploads_findsThem() {
        bed.images.begin(context -> context.note("upload new.example:5001/app/web", "7 MiB"));
        bed.images.answer(request -> Script.running());
        String run = lost(resource -> resource instanceof DirectImageMigration images
                        && ("" + images.getMetadata().getAnnotations()).contains("7 MiB"))
                .runId();
        bed.images.begin(context -> {});
        bed.images.release();

        another().resume(run).await(TestBed.LIMIT).requireClean();

        assertThat(bed.images.polledWith.note("upload new.example:5001/app/web"))
                .contains("7 MiB");
    }

    @Test
    void resume_thenCancel_startsTheSource() {
        bed.volumes.answer(request -> Script.running());
        String run = lost(enters(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION)).runId();
        bed.assertSourceStopped();

        Events events = new Events();
        MigrationRun second = another().listener(events).resume(run);
        events.awaitWaiting(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION);
        second.cancel();

        assertThat(second.await(TestBed.LIMIT).status()).isEqualTo(Status.CANCELED);
        bed.assertSourceRuns();
    }

    @Test
    void resume_ofAnEndedRun_returnsHowItEnded() {
        MigrationResult succeeded = bed.cutover().requireClean();
        MigrationResult rolledBack = bed.migration().rollback().await(TestBed.LIMIT);
        bed.images.answer(request ->
                new TransferStatus.Failed(TransferStatus.Failed.Kind.PERMANENT, "Gone", "the image is gone", ""));
        MigrationResult failed = bed.cutover();

        assertThat(another().resume(succeeded.runId()).await(TestBed.LIMIT).status())
                .isEqualTo(Status.SUCCEEDED);
        MigrationResult again = another().resume(rolledBack.runId()).await(TestBed.LIMIT);
        assertThat(again.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(again.itinerary()).isEqualTo("Rollback");
        MigrationResult failedAgain = another().resume(failed.runId()).await(TestBed.LIMIT);
        assertThat(failedAgain.status()).isEqualTo(Status.FAILED);
        assertThat(failedAgain.errors()).first().asString().contains("the image is gone");
        assertThat(bed.volumes.started()).isEqualTo(2);
    }

    @Test
    void resume_ofAnUnknownRun_namesTheKnownOnes() {
        String known = bed.cutover().runId();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> another().resume("no-such-run"))
                .withMessageContainingAll("no-such-run", known);
    }

    @Test
    void resume_withAnotherPlan_namesBoth() {
        String run = bed.cutover().runId();
        Plan other = Plan.named("other")
                .from(bed.sourceCluster())
                .to(bed.targetCluster())
                .namespace(TestBed.APP)
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Migration.of(other).state(bed.state).resume(run))
                .withMessageContainingAll(run, "'app'", "'other'");
    }
}
