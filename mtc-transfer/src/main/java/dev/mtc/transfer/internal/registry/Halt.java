package dev.mtc.transfer.internal.registry;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tells all threads of one transfer to stop, those that wait or are blocked in a connection too. */
final class Halt {

    private final CompletableFuture<Void> told = new CompletableFuture<>();
    private final Set<Runnable> breakers = ConcurrentHashMap.newKeySet();

    /** Stops the transfer. */
    void stop() {
        told.complete(null);
        breakers.forEach(Runnable::run);
    }

    boolean isStopped() {
        return told.isDone();
    }

    /** Returns if the transfer may go on. */
    void check() throws StoppedException {
        if (isStopped()) {
            throw new StoppedException();
        }
    }

    /**
     * Has something run when the transfer is stopped, at once if it already is.
     *
     * @param breaker ends a blocking call of another thread
     * @return to be called when that is no longer needed
     */
    Runnable onStop(Runnable breaker) {
        breakers.add(breaker);
        if (isStopped()) {
            breaker.run();
        }
        return () -> breakers.remove(breaker);
    }

    /** Waits some time. */
    void pause(Duration time) throws StoppedException {
        waitFor(told, time);
        check();
    }

    /** Waits until something is done, in whatever way. */
    void await(CompletableFuture<?> other) throws StoppedException {
        CompletableFuture<?> first = CompletableFuture.anyOf(told, other.handle((value, error) -> ""));
        while (!waitFor(first, Duration.ofMinutes(1))) {
            check();
        }
        check();
    }

    private static boolean waitFor(CompletableFuture<?> future, Duration time) throws StoppedException {
        try {
            future.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }
}
