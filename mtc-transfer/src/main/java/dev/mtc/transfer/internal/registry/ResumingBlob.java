package dev.mtc.transfer.internal.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A blob as it is read from a registry; goes on where it stopped if the connection breaks. */
final class ResumingBlob extends InputStream {

    /** Consecutive breaks with less than {@link #PROGRESS} between them that are survived. */
    private static final int MOST_BREAKS = 5;

    private static final int PARTIAL = 206;
    private static final long PROGRESS = 1024 * 1024;

    private final RemoteRepository source;
    private final Descriptor blob;
    private @Nullable Answer answer;
    private @Nullable InputStream in;
    private long position;
    private int breaks;
    private long lastBreak;

    /**
     * Opens a blob.
     *
     * @param offset how many of its bytes are left out
     */
    ResumingBlob(RemoteRepository source, Descriptor blob, long offset) throws IOException {
        this.source = source;
        this.blob = blob;
        this.position = offset;
        this.lastBreak = offset;
        connect();
    }

    private InputStream connect() throws IOException {
        Answer opened = source.openAt(blob.digest(), position);
        answer = opened;
        long end = opened.length() + (opened.status() == PARTIAL ? position : 0);
        if (opened.length() >= 0 && end < blob.sizeBytes()) {
            throw source.damaged(blob.digest(), "it has " + end + " bytes instead of " + blob.sizeBytes());
        }
        InputStream body = opened.body();
        in = body;
        return body;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        while (length > 0) {
            InputStream open = in;
            try {
                int count = (open == null ? connect() : open).read(buffer, offset, length);
                if (count >= 0) {
                    position += count;
                    return count;
                }
                if (position >= blob.sizeBytes()) {
                    return -1;
                }
                broken(new IOException("it ended after " + position + " of " + blob.sizeBytes() + " bytes"));
            } catch (RegistryException | StoppedException e) {
                throw e;
            } catch (IOException e) {
                broken(e);
            }
        }
        return 0;
    }

    private void broken(IOException cause) throws IOException {
        disconnect();
        breaks = position - lastBreak >= PROGRESS ? 1 : breaks + 1;
        lastBreak = position;
        if (breaks > MOST_BREAKS) {
            throw source.lost(blob.digest(), cause);
        }
        source.retries().pause(breaks);
    }

    private void disconnect() {
        if (answer != null) {
            answer.abort();
        }
        answer = null;
        in = null;
    }

    @Override
    public void close() {
        if (answer != null && position >= blob.sizeBytes()) {
            answer.close();
            answer = null;
        }
        disconnect();
    }
}
