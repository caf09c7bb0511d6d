package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.Side;
import dev.mtc.api.StateStore;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.engine.testing.EmbeddedCluster;
import dev.mtc.engine.testing.RecordedRequest;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that are canceled in a phase that waits. */
class CancelIT {

    private static final Duration PROMISED = Duration.ofSeconds(30);

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private MigrationResult canceled(MigrationRun run, Phase phase) {
        bed.events.awaitWaiting(phase);
        run.cancel();
        run.cancel();
        MigrationResult result = run.await(PROMISED);
        assertThat(result.status()).as(result.report().toText()).isEqualTo(Status.CANCELED);
        return result;
    }

    /** The application runs on the source and not on the target. */
    private void assertBack() {
        bed.assertSourceRuns();
        assertThat(bed.target.settle(TestBed.LIMIT)).isTrue();
        List<Deployment> deployments = bed.target
                .client()
                .apps()
                .deployments()
                .inNamespace(TestBed.APP)
                .list()
                .getItems();
        assertThat(deployments)
                .allSatisfy(deployment ->
                        assertThat(deployment.getSpec().getReplicas()).isZero());
    }

    private static List<String> endedEarly(EmbeddedCluster cluster) {
        return cluster.requests().stream()
                .filter(request -> request.verb().equals("DELETE")
                        && request.resource().equals("pods")
                        && request.query().contains("gracePeriodSeconds=2"))
                .map(RecordedRequest::path)
                .toList();
    }

    @Test
    void rollback_ofWhatHasBeenInUse_givesPodsTheirTime() {
        bed.cutover().requireClean();

        bed.migration().rollback().await(TestBed.LIMIT).requireClean();

        assertThat(endedEarly(bed.target)).isEmpty();
        bed.assertSourceRuns();
    }

    private void assertNotHandedOver() {
        assertThat(TestBed.annotation(TestBed.claim(bed.target, "data-db-0"), "handed-over-by"))
                .isEmpty();
    }

    @Test
    void cancel_whileImagesAreCopied_stopsThem() {
        bed.images.answer(request -> Script.running());
        MigrationRun run = bed.migration().cutover();

        canceled(run, Phase.WAIT_FOR_DIRECT_IMAGE_MIGRATION);

        assertThat(bed.images.canceled).hasSize(2);
        assertThat(bed.images.cleaned).hasSize(2);
        assertThat(bed.events.started()).doesNotContain(Phase.QUIESCE_SOURCE_APPLICATIONS);
        assertBack();
    }

    @Test
    void cancel_whileVolumesAreCopied_stopsThemAndRemovesHelpers() {
        bed.volumes.answer(request -> Script.running());
        MigrationRun run = bed.migration().cutover();
        bed.events.awaitWaiting(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION);
        MoverContext mover = bed.volumes.contexts.get(0);
        Pod helper = new PodBuilder()
                .withNewMetadata()
                .withNamespace(TestBed.APP)
                .withName("helper")
                .withLabels(mover.labels())
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("helper")
                .withImage("docker.example/helper:1")
                .endContainer()
                .endSpec()
                .build();
        mover.client(Side.SOURCE).resource(helper).create();

        canceled(run, Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION);

        assertThat(bed.volumes.canceled).containsExactlyInAnyOrder("app/data-db-0", "app/data-db-1");
        assertThat(bed.volumes.cleaned).containsExactlyInAnyOrder("app/data-db-0", "app/data-db-1");
        assertThat(bed.source
                        .client()
                        .pods()
                        .inNamespace(TestBed.APP)
                        .withName("helper")
                        .get())
                .isNull();
        assertNotHandedOver();
        assertBack();
    }

    @Test
    void cancel_whilePodsOfTheSourceStop_startsThemAgain() {
        Pod held = bed.source
                .client()
                .pods()
                .inNamespace(TestBed.APP)
                .withLabel("app", "web")
                .list()
                .getItems()
                .get(0);
        bed.source.client().resource(held).edit(pod -> new PodBuilder(pod)
                .editMetadata()
                .addToFinalizers("example.com/held")
                .endMetadata()
                .build());
        MigrationRun run = bed.migration().cutover();

        canceled(run, Phase.ENSURE_SRC_QUIESCED);

        assertThat(bed.volumes.started()).isZero();
        bed.source.client().pods().resource(held).edit(pod -> new PodBuilder(pod)
                .editMetadata()
                .withResourceVersion(null)
                .withFinalizers(List.of())
                .endMetadata()
                .build());
        assertBack();
    }

    @ParameterizedTest
    @EnumSource(HookPoint.class)
    void cancel_whileAHookRuns_interruptsIt(HookPoint point) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Plan plan = bed.planned()
                .hook(point, Hook.call(hook -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                }))
                .build();
        MigrationRun run = bed.migration(plan).cutover();
        Phase phase = Phase.ofWireName(point.wireName() + "Hooks");
        assertThat(begun.await(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();

        canceled(run, phase);

        assertThat(interrupted.await(5, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        assertBack();
    }

    @Test
    void cancel_whileObjectsAreApplied_letsNothingStartOnTheTarget() {
        bed.target.faults().delay("POST", "*", Duration.ofMillis(700));
        MigrationRun run = bed.migration().cutover();

        canceled(run, Phase.FINAL_RESTORE_CREATED);

        assertBack();
        assertNotHandedOver();
    }

    @Test
    void cancel_whileTheTargetIsVerified_stopsTheTarget() {
        bed.target.images().only("docker.example/");
        MigrationRun run = bed.migration().cutover();

        canceled(run, Phase.VERIFICATION);

        assertThat(endedEarly(bed.target))
                .as("those with a volume, which are waited for")
                .contains("/api/v1/namespaces/app/pods/db-0")
                .allMatch(path -> path.contains("/db-"));
        assertThat(endedEarly(bed.source))
                .as("pods of the source have their time")
                .isEmpty();
        assertNotHandedOver();
        assertBack();
    }

    @Test
    void cancel_whenTheTargetIsInUse_leavesItInCharge() {
        String first = bed.cutover().requireClean().runId();
        bed.images.answer(request -> Script.running());
        Events second = new Events();
        MigrationRun run =
                bed.migration().state(StateStore.memory()).listener(second).cutover();
        second.awaitWaiting(Phase.WAIT_FOR_DIRECT_IMAGE_MIGRATION);

        run.cancel();

        assertThat(run.await(PROMISED).status()).isEqualTo(Status.CANCELED);
        bed.assertSourceStopped();
        assertThat(TestBed.deployment(bed.target, "web").getSpec().getReplicas())
                .isEqualTo(2);
        assertThat(TestBed.annotation(TestBed.claim(bed.target, "data-db-0"), "handed-over-by"))
                .isEqualTo(first);
    }

    @Test
    void cancel_ofAStage_leavesTheSourceRunning() {
        bed.volumes.answer(request -> Script.running());
        MigrationRun run = dev.mtc.api.Migration.of(bed.plan())
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images))
                .listener(bed.events)
                .stage();

        canceled(run, Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION);

        assertThat(bed.volumes.canceled).hasSize(2);
        assertBack();
    }

    @Test
    void cancel_afterTheEnd_changesNothing() {
        MigrationRun run = bed.migration().cutover();
        MigrationResult result = run.await(TestBed.LIMIT).requireClean();

        run.cancel();

        assertThat(run.await(TestBed.LIMIT)).isSameAs(result);
        assertThat(bed.kept(run).getSpec().isCanceled()).isFalse();
    }
}
