package dev.mtc.transfer.internal.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A blob as it is read from an object store; goes on where it stopped if the connection breaks. */
final class StoredBlob extends InputStream {

    /** Breaks in a row, without a byte between them, that are survived. */
    private static final int MOST_BREAKS = 3;

    private final LayoutStore store;
    private final String key;
    private final long sizeBytes;
    private @Nullable InputStream in;
    private long position;
    private int breaks;

    /**
     * Opens a blob.
     *
     * @param offset how many of its bytes are left out
     */
    StoredBlob(LayoutStore store, Descriptor blob, long offset) throws IOException {
        this.store = store;
        this.key = LayoutKeys.blob(blob.digest());
        this.sizeBytes = blob.sizeBytes();
        this.position = offset;
        this.in = store.open(key, offset);
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
            try {
                InputStream open = in == null ? store.open(key, position) : in;
                in = open;
                int count = open.read(buffer, offset, length);
                if (count >= 0) {
                    position += count;
                    breaks = 0;
                    return count;
                }
                if (position >= sizeBytes) {
                    return -1;
                }
                broken(new IOException("it ended after " + position + " of " + sizeBytes + " bytes"));
            } catch (RegistryException | StoppedException e) {
                throw e;
            } catch (IOException e) {
                broken(e);
            }
        }
        return 0;
    }

    private void broken(IOException cause) throws IOException {
        close();
        store.halt().check();
        breaks++;
        if (breaks > MOST_BREAKS) {
            boolean isShort =
                    store.stat(key).filter(stat -> stat.sizeBytes() < sizeBytes).isPresent();
            Tried tried = new Tried("read " + key, store.description());
            throw isShort ? store.damaged(key, "" + cause.getMessage()) : Refusals.ofFailure(tried, cause);
        }
    }

    @Override
    public void close() throws IOException {
        InputStream open = in;
        in = null;
        if (open != null) {
            open.close();
        }
    }
}
