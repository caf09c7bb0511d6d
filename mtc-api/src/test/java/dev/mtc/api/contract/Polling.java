package dev.mtc.api.contract;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again and again until what is seen is what is awaited. */
public final class Polling {

    private Polling() {}

    /**
     * {@return the first value that fits}
     *
     * @param <T> what is looked at
     * @param look gets a value
     * @param fits whether it is the awaited one
     * @param limit how long to look
     * @throws AssertionError if none comes in time; it names the last one seen
     */
    public static <T> T until(Supplier<T> look, Predicate<T> fits, Duration limit) {
        CompletableFuture<T> found = new CompletableFuture<>();
        CompletableFuture<Object> last = CompletableFuture.completedFuture("nothing");
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "polling");
            thread.setDaemon(true);
            return thread;
        });
        try {
            scheduler.scheduleWithFixedDelay(
                    () -> {
                        try {
                            T value = look.get();
                            last.obtrudeValue(value);
                            if (fits.test(value)) {
                                found.complete(value);
                            }
                        } catch (RuntimeException | AssertionError e) {
                            found.completeExceptionally(e);
                        }
                    },
                    0,
                    200,
                    TimeUnit.MILLISECONDS);
            return found.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("Not within " + limit + "; last seen: " + last.join(), e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            scheduler.shutdownNow();
        }
    }
}
