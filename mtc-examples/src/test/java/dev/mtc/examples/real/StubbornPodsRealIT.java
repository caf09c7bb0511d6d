package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Plan;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cut-over that is canceled when its pods run on the target and would take three minutes to end. */
class StubbornPodsRealIT {

    private static final Logger LOG = LoggerFactory.getLogger(StubbornPodsRealIT.class);
    private static final String NAME = "mtc-stubborn-it";
    private static final Duration LIMIT = Duration.ofMinutes(4);
    /** What the pods are given to end, see stubborn-application.yaml. */
    private static final Duration GRACE = Duration.ofMinutes(3);

    private RealNamespace source;
    private RealNamespace target;

    @BeforeEach
    void open() {
        source = RealNamespace.onSource(NAME).delete().create();
        target = RealNamespace.onTarget(NAME).delete();
        source.apply(SeedText.of("stubborn-application.yaml", Map.of("NAMESPACE", NAME)));
        awaitReady(source);
    }

    @AfterEach
    void close() {
        for (RealNamespace namespace : new RealNamespace[] {source, target}) {
            namespace.delete();
            namespace.close();
        }
    }

    private static void awaitReady(RealNamespace namespace) {
        namespace.awaitDeployment("queue");
        namespace.awaitStatefulSet("db");
    }

    @Test
    void cancel_whenPodsOfTheTargetIgnoreTerm_bringsTheSourceBackBeforeTheirGraceEnds() throws Exception {
        CompletableFuture<Void> running = new CompletableFuture<>();
        Plan plan = Plan.named("stubborn-it")
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace(NAME)
                .hook(HookPoint.POST_RESTORE, Hook.call(hook -> {
                    awaitReady(target);
                    running.complete(null);
                    new CompletableFuture<Void>().join();
                }))
                .build();
        MigrationRun run = Migration.of(plan).quiesce().cutover();
        running.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        long begin = System.nanoTime();
        run.cancel();
        MigrationResult result = run.await(LIMIT);
        Duration canceled = Duration.ofNanos(System.nanoTime() - begin);
        awaitReady(source);
        Duration back = Duration.ofNanos(System.nanoTime() - begin);

        LOG.info("Canceled after {}, the source is back after {}", canceled, back);
        assertThat(result.status()).as(result.report().toText()).isEqualTo(MigrationResult.Status.CANCELED);
        assertThat(canceled).as(result.report().toText()).isLessThan(GRACE);
        assertThat(back).isLessThan(GRACE);
        assertThat(target.client().pods().inNamespace(NAME).list().getItems()).noneMatch(StubbornPodsRealIT::runs);
    }

    /** A kubelet 1.20 may keep the object of a pod for a minute after its containers have ended. */
    private static boolean runs(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                || pod.getStatus().getContainerStatuses().stream()
                        .anyMatch(container -> container.getState().getRunning() != null);
    }
}
