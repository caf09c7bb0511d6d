package dev.mtc.transfer.testing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Breaks after some bytes, like a connection. */
final class CutInputStream extends FilterInputStream {

    static final class CutException extends IOException {
        private static final long serialVersionUID = 1;

        CutException() {
            super("the connection was cut");
        }
    }

    private final Runnable onCut;
    private long left;

    CutInputStream(InputStream in, long bytes, Runnable onCut) {
        super(in);
        this.left = bytes;
        this.onCut = onCut;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0 && length > 0) {
            onCut.run();
            throw new CutException();
        }
        int read = in.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return super.skip(Math.min(bytes, left));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
