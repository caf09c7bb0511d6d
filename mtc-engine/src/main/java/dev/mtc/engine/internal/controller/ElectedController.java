package dev.mtc.engine.internal.controller;

import dev.mtc.api.ControllerRequest;
import dev.mtc.api.PlanInvalidException;
import dev.mtc.api.Problem;
import dev.mtc.api.RunningController;
import dev.mtc.engine.internal.crds.Definitions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A controller that works while it leads. */
public final class ElectedController implements RunningController {

    private static final int THREADS = 4;

    private final ControllerRequest request;
    private final RunDriver driver;
    private final Host host;
    private final ScheduledExecutorService threads;
    private final Leadership leadership;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Shift shift;
    private boolean closed;

    private ElectedController(ControllerRequest request, RunDriver driver) {
        this.request = request;
        this.driver = driver;
        this.host = new Host(request);
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newScheduledThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "mtc-controller-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.leadership = new Leadership(host.client(), request, threads, this::begin, this::end);
    }

    /**
     * Starts a controller.
     *
     * @throws PlanInvalidException if custom resource definitions on the host do not fit
     */
    public static ElectedController start(ControllerRequest request, RunDriver driver) {
        ElectedController controller = new ElectedController(request, driver);
        try {
            List<Problem> problems = Definitions.ensure(controller.host.server());
            if (problems.stream().anyMatch(Problem::blocks)) {
                throw new PlanInvalidException("Host cluster " + request.host().name(), problems);
            }
            controller.leadership.begin();
            return controller;
        } catch (RuntimeException e) {
            controller.close();
            throw e;
        }
    }

    private void begin() {
        lock.lock();
        try {
            if (!closed && shift == null) {
                shift = Shift.begin(request, host, driver, threads);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        Shift ended;
        lock.lock();
        try {
            ended = shift;
            shift = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (ended != null) {
            ended.close();
        }
    }

    @Override
    public String identity() {
        return request.identity();
    }

    @Override
    public boolean isLeader() {
        lock.lock();
        try {
            return shift != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitLeadership(Duration limit) {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (shift == null && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return shift != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        end();
        leadership.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        host.close();
    }

    @Override
    public String toString() {
        return "Controller[" + request.identity() + ": " + (isLeader() ? "working" : "waiting") + "]";
    }
}
