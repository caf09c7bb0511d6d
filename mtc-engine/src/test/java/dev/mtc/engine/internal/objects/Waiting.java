package dev.mtc.engine.internal.objects;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for what clusters do in their own time. */
final class Waiting {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 200;

    private Waiting() {}

    /** Returns when a condition holds; fails after a minute. */
    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("It did not come about within " + LIMIT);
            }
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
