package dev.mtc.transfer.internal.registry;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The blobs of one image, worked off by the thread that asks for it and by as many helpers as the executor grants; none
 * of them is waited for unless it has begun a blob, so an executor with few threads slows down but never blocks.
 */
final class BlobQueue {

    /** Copies a blob. */
    @FunctionalInterface
    interface Copier {
        void copy(Descriptor blob) throws IOException;
    }

    private record Entry(Descriptor blob, CompletableFuture<Void> done) {}

    private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
    private final List<Entry> all;
    private final Copier copier;
    private final Halt halt;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    BlobQueue(List<Descriptor> blobs, Copier copier, Halt halt) {
        this.all = blobs.stream()
                .map(blob -> new Entry(blob, new CompletableFuture<>()))
                .toList();
        this.waiting.addAll(all);
        this.copier = copier;
        this.halt = halt;
    }

    /** Copies all blobs; after a failure the others are stopped, and no thread is at work any more when this returns. */
    void work(Executor executor, int threads) throws IOException {
        try {
            for (int i = 1; i < Math.min(threads, all.size()); i++) {
                executor.execute(this::drain);
            }
        } catch (RejectedExecutionException e) {
            // The executor is shutting down or full; this thread does it alone.
        }
        drain();
        CompletableFuture.allOf(all.stream().map(Entry::done).toArray(CompletableFuture[]::new))
                .join();
        Throwable first = failure.get();
        if (first instanceof IOException known) {
            throw known;
        }
        if (first != null) {
            throw new IllegalStateException("Unexpected failure: " + first, first);
        }
    }

    private void drain() {
        for (Entry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            try {
                if (failure.get() == null) {
                    copier.copy(entry.blob());
                }
            } catch (IOException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                halt.stop();
            } finally {
                entry.done().complete(null);
            }
        }
    }
}
