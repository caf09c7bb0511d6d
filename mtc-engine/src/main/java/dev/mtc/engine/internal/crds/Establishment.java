package dev.mtc.engine.internal.crds;

import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Remedy;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The time between a definition's creation and the first request that its kind answers. */
public final class Establishment {

    private static final long LOOK_AGAIN_MILLIS = 200;

    private Establishment() {}

    /**
     * Waits until all kinds are established and served.
     *
     * @throws ClusterAccessException if they are not in time, or cannot be asked for
     */
    public static void await(ApiServer host, List<ResourceType> types, Duration limit) {
        CompletableFuture<Boolean> all = new CompletableFuture<>();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "mtc-definitions");
            thread.setDaemon(true);
            return thread;
        });
        try {
            ScheduledFuture<?> looking = timer.scheduleWithFixedDelay(
                    () -> look(host, types, all), 0, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            all.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            looking.cancel(false);
        } catch (TimeoutException e) {
            throw notServed(host, "after " + limit.toSeconds() + " s not all of " + types + " are served", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notServed(host, "the wait for them was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            timer.shutdownNow();
        }
    }

    private static void look(ApiServer host, List<ResourceType> types, CompletableFuture<Boolean> all) {
        try {
            if (types.stream().allMatch(type -> isEstablished(host, type) && host.serves(type))) {
                all.complete(true);
            }
        } catch (RuntimeException e) {
            all.completeExceptionally(e);
        }
    }

    private static boolean isEstablished(ApiServer host, ResourceType type) {
        return host.find(Definitions.COLLECTION + "/" + type.resource()).stream()
                .flatMap(definition ->
                        definition.path("status").path("conditions").valueStream())
                .anyMatch(condition -> condition.path("type").asText().equals("Established")
                        && condition.path("status").asText().equals("True"));
    }

    private static ClusterAccessException notServed(ApiServer host, String why, Exception cause) {
        return new ClusterAccessException(
                Remedy.RETRY,
                "Custom resource definitions are on the " + host + ", but " + why
                        + "; look at their conditions with kubectl describe crd, then try again",
                0,
                cause);
    }
}
