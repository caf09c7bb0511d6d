package dev.mtc.transfer.internal.registry;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes of one transfer. Thread-safe. */
final class Tally {

    private static final long UNKNOWN = -1;

    private final AtomicLong moved = new AtomicLong();
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong total = new AtomicLong(UNKNOWN);

    /** Counts bytes that belong to the transfer. */
    void add(long bytes) {
        total.updateAndGet(known -> known == UNKNOWN ? bytes : known + bytes);
    }

    /** Counts bytes that were sent; negative if they were sent in vain. */
    void moved(long bytes) {
        moved.addAndGet(bytes);
    }

    /** Counts bytes that were there already. */
    void found(long bytes) {
        found.addAndGet(bytes);
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
