package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Reads a large object in pieces, some of which are fetched while earlier ones are read: one connection over a long way is slow.
 * Pieces ahead share the store's memory; without any left it reads one piece after the other. For one thread, but it may be
 * closed by another.
 */
final class S3ParallelInputStream extends InputStream {

    static final int PIECE = 4 * 1024 * 1024;

    /** How many pieces the streams of a store hold together, each one's current piece apart. */
    static final int AHEAD_OF_ALL = 8;

    private static final int AHEAD = 4;
    private static final int CHUNK = 64 * 1024;

    /**
     * What the reads of a store share.
     *
     * @param threads fetch pieces
     * @param ahead one permit for each piece that is fetched ahead
     */
    record Means(Executor threads, Semaphore ahead) {

        Means(Executor threads) {
            this(threads, new Semaphore(AHEAD_OF_ALL));
        }
    }

    private final S3InputStream first;
    private final Means means;
    private final long end;
    private final Deque<CompletableFuture<byte[]>> pieces = new ArrayDeque<>();
    private InputStream current;
    private long asked;
    private volatile boolean closed;

    private S3ParallelInputStream(S3InputStream first, Means means) {
        this.first = first;
        this.means = means;
        this.current = first;
        this.asked = first.end();
        this.end = first.objectLength();
    }

    /** {@return the object from an offset on, nothing if it ends before} */
    static InputStream open(S3Bucket bucket, String key, long offset, Means means) {
        S3InputStream first = S3InputStream.open(bucket, key, offset, PIECE).orElse(null);
        if (first == null) {
            return InputStream.nullInputStream();
        }
        return first.end() >= first.objectLength() ? first : new S3ParallelInputStream(first, means);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        askAhead();
        while (true) {
            int read = current.read(buffer, offset, length);
            if (read >= 0) {
                return read;
            }
            InputStream next = next();
            if (next == null) {
                return -1;
            }
            current = next;
        }
    }

    private synchronized void askAhead() {
        while (!closed && pieces.size() < AHEAD && asked < end && means.ahead().tryAcquire()) {
            long from = asked;
            long length = Math.min(PIECE, end - asked);
            try {
                pieces.add(CompletableFuture.supplyAsync(() -> fetch(from, (int) length), means.threads()));
            } catch (RejectedExecutionException e) {
                means.ahead().release();
                throw new IllegalStateException("The store was closed while " + first + " was read", e);
            }
            asked += length;
        }
    }

    private byte[] fetch(long from, int length) {
        byte[] bytes = new byte[length];
        try (InputStream in = S3InputStream.open(first, from, length)) {
            int filled = 0;
            int read = 0;
            while (filled < length && read >= 0 && !closed) {
                read = in.read(bytes, filled, Math.min(CHUNK, length - filled));
                filled += Math.max(read, 0);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable InputStream next() throws IOException {
        current.close();
        CompletableFuture<byte[]> ahead;
        long from;
        long length;
        synchronized (this) {
            if (closed) {
                throw new IOException("the stream is closed");
            }
            ahead = pieces.poll();
            from = asked;
            length = Math.min(PIECE, end - asked);
            if (ahead == null) {
                asked += length;
            }
        }
        if (ahead != null) {
            return new ByteArrayInputStream(arrived(ahead));
        }
        return length == 0 ? null : S3InputStream.open(first, from, length);
    }

    private byte[] arrived(CompletableFuture<byte[]> piece) {
        try {
            byte[] bytes = piece.get();
            means.ahead().release();
            return bytes;
        } catch (InterruptedException e) {
            releaseAfter(piece);
            Thread.currentThread().interrupt();
            throw new StorageAccessException(Remedy.RETRY, "Cannot read " + first + ": interrupted", e);
        } catch (ExecutionException e) {
            means.ahead().release();
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void releaseAfter(CompletableFuture<byte[]> piece) {
        CompletableFuture<byte[]> unused =
                piece.whenComplete((bytes, failure) -> means.ahead().release());
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            pieces.forEach(this::releaseAfter);
            pieces.clear();
        }
        current.close();
    }
}
