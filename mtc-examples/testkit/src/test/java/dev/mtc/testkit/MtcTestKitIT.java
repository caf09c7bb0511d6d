package dev.mtc.testkit;

import static dev.mtc.testkit.MtcAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.MigrationResult;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.VolumeChoice;
import dev.mtc.transfer.testing.FakeRegistry.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
                .didNotMove("shop/none");
        assertThat(kit.targetVolume("shop", "data").resolve("orders")).hasSize(200_000);
        assertThat(kit.targetRegistry().count(Operation.UPLOAD_START)).isGreaterThan(1);
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
    void assertion_thatDoesNotHold_showsTheReport() throws IOException {
        MigrationResult result = cutover(shop());

        assertThatThrownBy(() -> assertThat(result).moved("shop/none"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("to have moved shop/none")
                .hasMessageContaining("volume shop/data");
        assertThatThrownBy(() -> assertThat(result).failed()).hasMessageContaining("to have ended FAILED");
        assertThatThrownBy(() -> assertThat(result).warnedOf("Something")).isInstanceOf(AssertionError.class);
    }

    @Test
    void advance_movesTheClockOfRuns() throws IOException {
        Plan plan = shop();
        Instant before = Instant.now();
        kit.advance(Duration.ofDays(1));

        assertThat(cutover(plan).started()).isAfter(before.plus(Duration.ofHours(23)));
    }

    @Test
    void storage_isKeptInMemory() throws IOException {
        shop();
        Plan indirect = kit.plan("indirect")
                .via(kit.storage())
                .namespace("shop")
                .indirectImages()
                .build();

        assertThat(cutover(indirect)).endedClean().moved("shop/web:1");
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
