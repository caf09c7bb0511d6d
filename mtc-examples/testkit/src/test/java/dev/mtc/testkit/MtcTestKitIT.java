package dev.mtc.testkit;

import static dev.mtc.testkit.MtcAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.Clusters;
import dev.mtc.api.MigrationListener;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.PhaseWaiting;
import dev.mtc.api.Plan;
import dev.mtc.api.VolumeChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MtcTestKitIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String SHOP =
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, namespace: shop}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - {name: web, image: "REGISTRY/shop/web:1", volumeMounts: [{name: data, mountPath: /data}]}
                  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
            """;

    @RegisterExtension
    final MtcTestKit kit = MtcTestKit.create().versions("1.27", "1.31");

    private Plan shop() throws IOException {
        kit.sourceRegistry().putImage("shop/web:1", 300_000);
        kit.deploy(SHOP);
        Files.write(kit.sourceVolume("shop", "data").resolve("orders"), new byte[200_000]);
        return kit.plan("shop")
                .namespace("shop")
                .volumes(VolumeChoice.copy().verify())
                .build();
    }

    private MigrationResult cutover(Plan plan) {
        return kit.migration(plan).quiesce().verify().cutover().await(LIMIT);
    }

    @Test
    void cutover_whileConnectionsAreCut_movesEverything() throws IOException {
        Plan plan = shop();
        kit.cutConnectionAfter(100_000);

        MigrationResult result = cutover(plan);

        assertThat(result)
                .endedClean()
                .moved("shop/data", "shop/web:1", "deployments.apps shop/web")
                .proved("shop/data")
                .doesNotMention("shop/none");
        assertThat(kit.targetVolume("shop", "data").resolve("orders")).hasSize(200_000);
        assertThat(kit.volumes().cuts()).isEqualTo(1);
        assertThat(kit.targetRegistry().cuts()).isEqualTo(1);
        assertThat(cutover(plan)).succeeded().changedNothing();
    }

    @Test
    void failOn_phase_failsThereOnceAndTheSourceRunsOn() throws IOException {
        Plan plan = shop();
        kit.failOn(Phase.ENSURE_SRC_QUIESCED);

        assertThat(cutover(plan)).failedIn(Phase.ENSURE_SRC_QUIESCED).failedWith("Failed");
        kit.source().settle(LIMIT);
        assertThat(kit.source().client().pods().inNamespace("shop").list().getItems())
                .hasSize(1);
        assertThat(cutover(plan)).endedClean();
    }

    @Test
    void advance_whileAPodDoesNotEnd_isADeadlineExceeded() throws IOException {
        Plan plan = shop();
        kit.source()
                .client()
                .pods()
                .inNamespace("shop")
                .resources()
                .forEach(pod -> pod.edit(held -> {
                    held.getMetadata().setFinalizers(List.of("example.org/hold"));
                    return held;
                }));

        MigrationRun run = kit.migration(plan)
                .quiesce()
                .listener(onceWaitingIn(Phase.ENSURE_SRC_QUIESCED, () -> kit.advance(Duration.ofHours(1))))
                .cutover();

        assertThat(run).failedIn(Phase.ENSURE_SRC_QUIESCED).failedWith("DeadlineExceeded");
        assertThat(kit.targetVolume("shop", "data")).isEmptyDirectory();
    }

    @Test
    void advance_whileAnImageIsMissing_isAWarning() throws IOException {
        Plan plan = shop();
        kit.target().images().only("elsewhere.example/");

        MigrationRun run = kit.migration(plan)
                .quiesce()
                .verify()
                .listener(onceWaitingIn(Phase.VERIFICATION, () -> kit.advance(Duration.ofHours(1))))
                .cutover();

        assertThat(run).succeeded().warnedOf("UnhealthyNamespaces");
    }

    private static MigrationListener onceWaitingIn(Phase phase, Runnable action) {
        AtomicBoolean isDone = new AtomicBoolean();
        return MigrationListener.on(PhaseWaiting.class, waiting -> {
            if (waiting.phase() == phase && !isDone.getAndSet(true)) {
                action.run();
            }
        });
    }

    @Test
    void target_imagesOfTheSourcesRegistry_areNotPulled() throws IOException {
        shop();
        Plan withoutImages = Plan.named("shop")
                .from(Clusters.of("source", kit.source().client()))
                .to(Clusters.of("target", kit.target().client()))
                .namespace("shop")
                .volumes(VolumeChoice.skip())
                .build();

        MigrationRun run = kit.migration(withoutImages)
                .quiesce()
                .verify()
                .pendingLimit(Duration.ofSeconds(1))
                .cutover();

        assertThat(run).warnedOf("UnhealthyNamespaces").didNotMove("shop/data");
    }

    @Test
    void storage_whileItIsCut_takesImagesAlong() throws IOException {
        shop();
        kit.cutConnectionAfter(100_000);
        Plan indirect = kit.plan("indirect")
                .via(kit.storage())
                .namespace("shop")
                .indirectImages()
                .build();

        assertThat(cutover(indirect)).endedClean().moved("shop/web:1");
        assertThat(kit.store().cuts()).isEqualTo(1);
        assertThat(kit.store().list("").count()).isPositive();
        assertThat(Path.of(kit.storage().toString())).doesNotExist();
    }

    @Test
    void kit_outsideATest_saysSo() {
        assertThatThrownBy(() -> MtcTestKit.create().source())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }
}
