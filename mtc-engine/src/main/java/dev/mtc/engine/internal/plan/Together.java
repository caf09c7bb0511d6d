package dev.mtc.engine.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Asks several things at the same time. Whoever waits for a question that nobody has begun asks it itself, so an executor
 * without a free thread slows things down but never blocks them.
 */
public final class Together {

    private Together() {}

    /** {@return all answers in the order of the questions; throws what the first failed one threw, when all have ended} */
    public static <T> List<T> ask(Executor executor, List<? extends Supplier<? extends T>> questions) {
        List<FutureTask<T>> tasks = new ArrayList<>();
        for (Supplier<? extends T> question : questions) {
            FutureTask<T> task = new FutureTask<>(question::get);
            tasks.add(task);
            executor.execute(task);
        }
        tasks.forEach(FutureTask::run);
        List<T> answers = new ArrayList<>();
        RuntimeException failure = null;
        for (FutureTask<T> task : tasks) {
            try {
                answers.add(task.get());
            } catch (InterruptedException e) {
                tasks.forEach(other -> other.cancel(true));
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while looking at the clusters", e);
            } catch (ExecutionException e) {
                failure = failure == null ? unchecked(e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return answers;
    }

    private static RuntimeException unchecked(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e.getCause());
    }
}
