package dev.mtc.transfer.internal.objectstore;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * The parts that a store's multipart uploads hold in memory, bounded over all of them: many large objects are often put at
 * once. Each part is on its way or being filled by its own upload, so none waits for another for ever. Thread-safe.
 */
final class PartBuffers {

    private final Semaphore memory = new Semaphore(PartSizes.MEMORY, true);
    private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();

    /** {@return room for a part} Waits until there is memory for it. */
    byte[] take(int size) throws InterruptedException {
        memory.acquire(held(size));
        byte[] reused = spare.poll();
        return reused != null && reused.length == size ? reused : new byte[size];
    }

    /** Counts a part that somebody else made room for. */
    void add(byte[] part) throws InterruptedException {
        memory.acquire(held(part.length));
    }

    /** Takes a part back. The last one takes all others along, so that an idle store holds nothing. */
    void giveBack(byte[] part) {
        spare.add(part);
        memory.release(held(part.length));
        if (memory.availablePermits() == PartSizes.MEMORY) {
            spare.clear();
        }
    }

    private static int held(int size) {
        return Math.min(size, PartSizes.MEMORY);
    }
}
