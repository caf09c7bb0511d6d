package dev.mtc.engine.internal.objects;

import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * Runs tasks on an executor, a bounded number at a time. Whoever waits for a task that has not begun runs it itself, so an
 * executor without a free thread slows things down but never blocks them. Used by one thread.
 */
public final class Lanes {

    /** Tasks at a time that a busy API server bears well. */
    static final int WIDTH = 16;

    private final ArrayDeque<FutureTask<Void>> inFlight = new ArrayDeque<>();
    private final Executor executor;
    private final int width;

    private Lanes(Executor executor, int width) {
        this.executor = executor;
        this.width = width;
    }

    /** {@return lanes on an executor, sixteen wide} */
    public static Lanes on(Executor executor) {
        return new Lanes(executor, WIDTH);
    }

    /** Begins a task as soon as there is room; throws what an earlier task threw. */
    public void run(Runnable task) {
        if (inFlight.size() >= width) {
            finish(inFlight.remove());
        }
        FutureTask<Void> next = new FutureTask<>(task, null);
        inFlight.add(next);
        executor.execute(next);
    }

    /** Waits until all tasks have ended; throws what one of them threw. */
    public void drain() {
        while (!inFlight.isEmpty()) {
            finish(inFlight.remove());
        }
    }

    private static void finish(FutureTask<Void> task) {
        await(task);
    }

    /** {@return what a task made, running it here if nobody has begun it} */
    static <T> T await(FutureTask<T> task) {
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
