package dev.mtc.engine.internal.run;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * Long work of a phase on another thread. A phase starts it once and looks at it each time it is run.
 *
 * @param <T> what comes out
 */
public final class BackgroundJob<T> {

    private final FutureTask<T> task;

    private BackgroundJob(FutureTask<T> task) {
        this.task = task;
    }

    /** Starts a job. */
    public static <T> BackgroundJob<T> start(Executor executor, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        executor.execute(task);
        return new BackgroundJob<>(task);
    }

    /**
     * {@return what came out, empty while it runs}
     *
     * @throws RuntimeException what the work threw
     */
    public Optional<T> result() {
        if (!task.isDone()) {
            return Optional.empty();
        }
        try {
            return Optional.of(task.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("The work failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    /** {@return whether the work has ended} */
    public boolean isDone() {
        return task.isDone();
    }

    /** Asks the work to stop. */
    public void cancel() {
        task.cancel(true);
    }
}
