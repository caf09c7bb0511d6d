package dev.mtc.transfer.testing;

import dev.mtc.transfer.testing.FakeRegistry.Operation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a fake registry is told to do wrong. */
final class RegistryFaults {

    /** Something that goes wrong with one request. */
    sealed interface Fault {}

    /**
     * It is refused.
     *
     * @param status with this status
     * @param retryAfter and this advice
     * @param body and these words
     */
    record Refuse(int status, @Nullable Duration retryAfter, String body) implements Fault {}

    /**
     * Its connection is cut.
     *
     * @param afterBytes after so many bytes
     */
    record Cut(long afterBytes) implements Fault {}

    /** Something that happens before a request. */
    private record Event(Operation operation, AtomicInteger left, Runnable action) {

        void tell(Operation now) {
            if (now == operation && left.decrementAndGet() == 0) {
                action.run();
            }
        }
    }

    private final Map<Operation, Queue<Fault>> faults = new EnumMap<>(Operation.class);
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final Map<Operation, CountDownLatch> held = new ConcurrentHashMap<>();
    private volatile int partsRefused;
    private final AtomicLong cuts = new AtomicLong();
    private volatile boolean cutUploadsLost;
    private volatile boolean mountsRefused;
    private volatile boolean rangesIgnored;
    private volatile boolean digestsOmitted;
    private volatile boolean redirectedForever;
    private volatile boolean blobsRedirected;
    private volatile boolean referrersKnown;

    RegistryFaults() {
        for (Operation operation : Operation.values()) {
            faults.put(operation, new ConcurrentLinkedQueue<>());
        }
    }

    void add(Operation operation, int times, Fault fault) {
        for (int i = 0; i < times; i++) {
            queue(operation).add(fault);
        }
    }

    /**
     * {@return what goes wrong with a request, null for nothing} Returns only when the request is not held back.
     *
     * @param operation its kind
     * @param bytes how many bytes it moves; a cut behind them is kept for a longer one
     */
    @Nullable
    Fault next(Operation operation, long bytes) {
        events.forEach(event -> event.tell(operation));
        CountDownLatch latch = held.get(operation);
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Queue<Fault> queue = queue(operation);
        synchronized (queue) {
            if (queue.peek() instanceof Cut cut) {
                if (cut.afterBytes() >= bytes) {
                    return null;
                }
                cuts.incrementAndGet();
            }
            return queue.poll();
        }
    }

    private Queue<Fault> queue(Operation operation) {
        return Objects.requireNonNull(faults.get(operation));
    }

    void when(Operation operation, int count, Runnable action) {
        events.add(new Event(operation, new AtomicInteger(count), action));
    }

    void refuseParts(int status) {
        partsRefused = status;
    }

    /** {@return the status that parts of blobs get, 0 if they are taken} */
    int partsRefused() {
        return partsRefused;
    }

    long cuts() {
        return cuts.get();
    }

    void hold(Operation operation) {
        held.put(operation, new CountDownLatch(1));
    }

    void release() {
        held.values().forEach(CountDownLatch::countDown);
        held.clear();
    }

    void loseCutUploads() {
        cutUploadsLost = true;
    }

    boolean cutUploadsLost() {
        return cutUploadsLost;
    }

    void refuseMounts() {
        mountsRefused = true;
    }

    boolean mountsRefused() {
        return mountsRefused;
    }

    void ignoreRanges() {
        rangesIgnored = true;
    }

    boolean rangesIgnored() {
        return rangesIgnored;
    }

    void omitDigests() {
        digestsOmitted = true;
    }

    boolean digestsOmitted() {
        return digestsOmitted;
    }

    void redirectForever() {
        redirectedForever = true;
    }

    boolean redirectedForever() {
        return redirectedForever;
    }

    void redirectBlobs() {
        blobsRedirected = true;
    }

    boolean blobsRedirected() {
        return blobsRedirected;
    }

    void knowReferrers() {
        referrersKnown = true;
    }

    boolean referrersKnown() {
        return referrersKnown;
    }
}
