package dev.mtc.transfer.internal;

import java.io.InputStream;
import java.util.Objects;
import java.util.Random;

/** Bytes that are made up as they are read, the same at each reading. */
public final class MadeUpBytes extends InputStream {

    private static final byte[] BLOCK = new byte[1024 * 1024];

    static {
        new Random(7).nextBytes(BLOCK);
    }

    private final long end;
    private long position;

    /**
     * Some of them.
     *
     * @param offset of the first one
     * @param end behind the last one
     */
    public MadeUpBytes(long offset, long end) {
        this.position = offset;
        this.end = end;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (position == end) {
            return -1;
        }
        int at = (int) (position % BLOCK.length);
        int count = (int) Math.min(Math.min(length, BLOCK.length - at), end - position);
        System.arraycopy(BLOCK, at, buffer, offset, count);
        // No two blocks are equal.
        if (at == 0 && count > 0) {
            buffer[offset] = (byte) (position / BLOCK.length);
        }
        position += count;
        return count;
    }
}
