package dev.mtc.engine.internal.cluster;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Waiting for work that was given to an executor. */
public final class Tasks {

    private Tasks() {}

    /** {@return what a task made, running it here if nobody has begun it} */
    public static <T> T await(FutureTask<T> task) {
        task.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw asUnchecked(e.getCause() == null ? e : e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException asUnchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }
}
