package dev.mtc.transfer.internal.rsync;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bytes between who writes and who reads. A writer waits while the queue is full, but not longer than its patience: the HTTP
 * client gives up on a connection from which nothing is taken for half a minute. What is written in spite of that is so little
 * that a reader may stand still for hours. Thread-safe.
 */
final class ByteQueue extends OutputStream {

    private static final int CAPACITY = 4 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int capacity;
    private final Duration patience;
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private long size;
    private int read;
    private boolean ended;

    ByteQueue() {
        this(CAPACITY, PATIENCE);
    }

    ByteQueue(int capacity, Duration patience) {
        this.capacity = capacity;
        this.patience = patience;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        awaitRoom();
        if (ended) {
            throw new IOException("nobody reads any more");
        }
        byte[] chunk = new byte[length];
        System.arraycopy(bytes, offset, chunk, 0, length);
        chunks.add(chunk);
        size += length;
        notifyAll();
    }

    private void awaitRoom() throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (size >= capacity && !ended) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    /** Reads as much as is there and fits; waits for something; {@return how many bytes, 0 at the end} */
    synchronized int read(byte[] into) throws InterruptedException {
        while (chunks.isEmpty() && !ended) {
            wait();
        }
        int count = 0;
        while (count < into.length && !chunks.isEmpty()) {
            byte[] first = chunks.element();
            int part = Math.min(first.length - read, into.length - count);
            System.arraycopy(first, read, into, count, part);
            count += part;
            read += part;
            if (read == first.length) {
                chunks.remove();
                read = 0;
            }
        }
        size -= count;
        notifyAll();
        return count;
    }

    /** Nothing more is written; what is there may still be read. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
