package dev.mtc.transfer.internal.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;

/** Keeps all streams of a run together below a rate. Thread-safe. */
final class Throttle {

    private static final long SECOND = 1_000_000_000;

    /** Reads are cut to this part of a second's bytes, so that streams take turns. */
    private static final int TURNS = 20;

    private final OptionalLong bytesPerSecond;
    private final long start = System.nanoTime();
    /** When the bytes that were handed out so far are used up, in nanoseconds since the start. */
    private long paidUntil;

    /**
     * Makes one.
     *
     * @param bytesPerSecond the rate, empty for none
     */
    Throttle(OptionalLong bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /**
     * {@return a stream that can be read no faster}
     *
     * @param in what is read
     * @param halt ends the waiting
     */
    InputStream slow(InputStream in, Halt halt) {
        return bytesPerSecond.isEmpty() ? in : new Slowed(in, bytesPerSecond.getAsLong(), halt);
    }

    private void take(long bytes, long rate, Halt halt) throws IOException {
        long wait;
        synchronized (this) {
            long now = System.nanoTime() - start;
            wait = paidUntil - now;
            paidUntil = Math.max(paidUntil, now) + bytes * SECOND / rate;
        }
        if (wait > 0) {
            halt.pause(Duration.ofNanos(wait));
        }
    }

    private final class Slowed extends FilterInputStream {

        private final long rate;
        private final Halt halt;
        private final int most;

        Slowed(InputStream in, long rate, Halt halt) {
            super(in);
            this.rate = rate;
            this.halt = halt;
            this.most = (int) Math.max(1, Math.min(Wire.BUFFER, rate / TURNS));
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            if (next >= 0) {
                take(1, rate, halt);
            }
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, Math.min(length, most));
            if (count > 0) {
                take(count, rate, halt);
            }
            return count;
        }
    }
}
