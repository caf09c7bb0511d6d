package dev.mtc.engine.internal.objects;

import dev.mtc.engine.internal.cluster.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/**
 * Runs tasks on an executor, a bounded number at a time. Whoever waits while there are tasks that have not begun runs one itself,
 * so an executor without a free thread slows things down but never blocks them. Used by one thread.
 */
public final class Lanes {

    /** Tasks at a time that a busy API server bears well. */
    static final int WIDTH = 16;

    private final List<Lane> inFlight = new ArrayList<>();
    private final Semaphore ended = new Semaphore(0);
    private final Executor executor;
    private final IntSupplier width;

    private Lanes(Executor executor, IntSupplier width) {
        this.executor = executor;
        this.width = width;
    }

    /** {@return lanes on an executor, sixteen wide} */
    public static Lanes on(Executor executor) {
        return new Lanes(executor, () -> WIDTH);
    }

    /**
     * {@return lanes on an executor}
     *
     * @param executor runs the tasks
     * @param width how many at a time; asked before each task
     */
    static Lanes on(Executor executor, IntSupplier width) {
        return new Lanes(executor, width);
    }

    /** Begins a task as soon as there is room; throws what an earlier task threw. */
    public void run(Runnable task) {
        awaitAtMost(Math.max(1, width.getAsInt()) - 1);
        Lane next = new Lane(task);
        inFlight.add(next);
        executor.execute(next);
    }

    /** Waits until all tasks have ended; throws what one of them threw. */
    public void drain() {
        awaitAtMost(0);
    }

    private void awaitAtMost(int tasks) {
        while (true) {
            ended.drainPermits();
            removeEnded();
            if (inFlight.size() <= tasks) {
                return;
            }
            if (!runOneHere()) {
                ended.acquireUninterruptibly();
            }
        }
    }

    private void removeEnded() {
        List<Lane> done = inFlight.stream().filter(Lane::isDone).toList();
        inFlight.removeAll(done);
        done.forEach(Tasks::await);
    }

    private boolean runOneHere() {
        for (Lane lane : inFlight) {
            if (!lane.begun.get()) {
                lane.run();
                return true;
            }
        }
        return false;
    }

    /** One task. */
    private final class Lane extends FutureTask<Void> {

        private final AtomicBoolean begun = new AtomicBoolean();

        Lane(Runnable task) {
            super(task, null);
        }

        @Override
        public void run() {
            if (begun.compareAndSet(false, true)) {
                super.run();
            }
        }

        @Override
        protected void done() {
            ended.release();
        }
    }
}
