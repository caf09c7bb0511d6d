package dev.mtc.engine.testing;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which the controllers of a cluster work, and the count of what they still have to do. */
final class ControlLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);

    private final ScheduledThreadPoolExecutor thread;
    private final Store store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition atRest = lock.newCondition();
    private int pending;

    ControlLoop(String name, Store store) {
        this.store = store;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread loop = new Thread(work, "mtc-" + name + "-controllers");
            loop.setDaemon(true);
            return loop;
        });
    }

    /** Lets a controller see every change from now on, in order. */
    void observe(Consumer<Change> controller) {
        store.observe(change -> later(Duration.ZERO, () -> controller.accept(change)));
    }

    /** Has something looked at after a long time, for which {@link #settle} does not wait. */
    void muchLater(Duration delay, Runnable work) {
        try {
            var unused = thread.schedule(() -> later(Duration.ZERO, work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The cluster is being closed", e);
        }
    }

    void later(Duration delay, Runnable work) {
        count(1);
        try {
            var unused = thread.schedule(() -> run(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The cluster is being closed.
            count(-1);
        }
    }

    boolean settle(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (pending > 0 && left > 0) {
                left = atRest.awaitNanos(left);
            }
            return pending == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (ApiError e) {
            // The object is gone or changed: that is another change, and looked at then.
            LOG.debug("A controller's write was refused: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("A controller of the embedded cluster failed", e);
        } finally {
            count(-1);
        }
    }

    private void count(int more) {
        lock.lock();
        try {
            pending += more;
            if (pending == 0) {
                atRest.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
