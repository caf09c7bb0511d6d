package dev.mtc.engine.internal;

import dev.mtc.api.MigrationEvent;
import dev.mtc.api.MigrationListener;
import dev.mtc.api.Phase;
import dev.mtc.api.PhaseStarted;
import dev.mtc.api.PhaseWaiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Keeps the events of a run and lets tests wait for one. */
final class Events implements MigrationListener {

    private final Lock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<MigrationEvent> all = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean overlapped;

    @Override
    public void onEvent(MigrationEvent event) {
        if (inside.incrementAndGet() > 1) {
            overlapped = true;
        }
        lock.lock();
        try {
            all.add(event);
            grown.signalAll();
        } finally {
            lock.unlock();
            inside.decrementAndGet();
        }
    }

    List<MigrationEvent> all() {
        lock.lock();
        try {
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    boolean haveOverlapped() {
        return overlapped;
    }

    List<Phase> started() {
        return all().stream()
                .filter(PhaseStarted.class::isInstance)
                .map(event -> ((PhaseStarted) event).phase())
                .toList();
    }

    /** Waits until a phase says that it waits. */
    void awaitWaiting(Phase phase) {
        await(event -> event instanceof PhaseWaiting waiting && waiting.phase() == phase, "waiting " + phase);
    }

    void await(Predicate<MigrationEvent> which, String what) {
        long left = Duration.ofSeconds(30).toNanos();
        lock.lock();
        try {
            while (all.stream().noneMatch(which)) {
                left = grown.awaitNanos(left);
                if (left <= 0) {
                    throw new AssertionError(
                            "No event " + what + " after " + TimeUnit.SECONDS.toSeconds(30) + " s, but " + all);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }
}
