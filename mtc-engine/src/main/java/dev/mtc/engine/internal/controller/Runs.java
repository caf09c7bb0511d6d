package dev.mtc.engine.internal.controller;

import dev.mtc.engine.internal.run.DrivenRun;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The migrations that this controller drives, by uid. Thread-safe. */
final class Runs implements AutoCloseable {

    private final Map<String, DrivenRun> runs = new HashMap<>();
    private boolean closed;

    /** {@return whether a migration is being driven} */
    synchronized boolean isDriven(String uid) {
        DrivenRun run = runs.get(uid);
        return run != null && !run.isDone();
    }

    /** Starts driving a migration, unless it is driven already. */
    synchronized void drive(String uid, Supplier<DrivenRun> start) {
        if (!closed && !isDriven(uid)) {
            runs.values().removeIf(DrivenRun::isDone);
            runs.put(uid, start.get());
        }
    }

    /** Asks a migration to stop, if it is driven. */
    synchronized void cancel(String uid) {
        DrivenRun run = runs.get(uid);
        if (run != null) {
            run.cancel();
        }
    }

    /** Leaves all migrations as they are. */
    @Override
    public synchronized void close() {
        closed = true;
        runs.values().forEach(DrivenRun::leave);
        runs.clear();
    }
}
