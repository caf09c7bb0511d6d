package dev.mtc.transfer.internal.registry;

import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What one transfer came to. Thread-safe. */
final class Tally implements Sending {

    private static final long UNKNOWN = -1;

    private final AtomicLong moved = new AtomicLong();
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong total = new AtomicLong(UNKNOWN);
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

    /** Counts bytes that belong to the transfer. */
    void add(long bytes) {
        total.updateAndGet(known -> known == UNKNOWN ? bytes : known + bytes);
    }

    @Override
    public void moved(long bytes) {
        moved.addAndGet(bytes);
    }

    /** Counts bytes that were there already. */
    void found(long bytes) {
        found.addAndGet(bytes);
    }

    @Override
    public void warn(String text) {
        warnings.add(text);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    long movedBytes() {
        return moved.get();
    }

    long doneBytes() {
        return moved.get() + found.get();
    }

    OptionalLong totalBytes() {
        long known = total.get();
        return known == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(known);
    }
}
