package dev.mtc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.MicrometerListener;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.testkit.MtcTestKit;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is measured of a run is what its result says. */
class MetersIT {

    private static final String SHOP =
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: orders, namespace: shop}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """;

    @RegisterExtension
    final MtcTestKit kit = MtcTestKit.create();

    @Test
    void run_isMeasuredAsItsResultTells() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        kit.deploy(SHOP);
        Files.write(kit.sourceVolume("shop", "orders").resolve("orders"), new byte[200_000]);
        Plan plan = kit.plan("shop").namespace("shop").build();

        MigrationResult result = kit.migration(plan)
                .listener(MicrometerListener.of(meters))
                .cutover()
                .await(Duration.ofMinutes(1))
                .requireSuccess();

        long moved = result.items().stream()
                .filter(item -> item.kind().equals("volume"))
                .mapToLong(ItemOutcome::movedBytes)
                .sum();
        assertThat(moved).isPositive();
        assertThat(meters.get("mtc.moved").tag("kind", "volume").counter().count())
                .isEqualTo(moved);
        assertThat(meters.get("mtc.transferred").tag("kind", "volume").counter().count())
                .isGreaterThanOrEqualTo(200_000);
        assertThat(meters.get("mtc.runs")
                        .tags("itinerary", "Final", "status", result.status().name())
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("mtc.phases").timers().stream()
                        .mapToLong(Timer::count)
                        .sum())
                .isGreaterThan(10);
        assertThat(meters.get("mtc.runs.active").longTaskTimer().activeTasks()).isZero();
    }
}
