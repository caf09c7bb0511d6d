package dev.mtc.transfer.internal.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * A blob as it is read by who keeps it. Its last bytes only come after the digest of all of it is found right, and it
 * neither ends early nor is longer than announced, so that nobody keeps a whole blob with wrong content.
 */
final class CheckedContent extends FilterInputStream {

    /** Says what is wrong with the content. */
    @FunctionalInterface
    interface Complaint {
        IOException of(String why);
    }

    private final Descriptor blob;
    private final MessageDigest hash;
    private final LongConsumer passed;
    private final Complaint complaint;
    private final Halt halt;
    private long position;
    private boolean checked;

    /**
     * Checks a blob.
     *
     * @param in its content from the start
     * @param passed told how many bytes went through
     */
    CheckedContent(InputStream in, Descriptor blob, LongConsumer passed, Halt halt, Complaint complaint) {
        super(in);
        this.blob = blob;
        this.hash = blob.digest().newHash();
        this.passed = passed;
        this.halt = halt;
        this.complaint = complaint;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        halt.check();
        if (length == 0) {
            return 0;
        }
        int count = position == blob.sizeBytes() ? -1 : fill(buffer, offset, length);
        if (position == blob.sizeBytes() && !checked) {
            check();
        }
        if (count > 0) {
            passed.accept(count);
        }
        return count;
    }

    private int fill(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, (int) Math.min(length, blob.sizeBytes() - position));
        if (count < 0) {
            throw complaint.of("it is shorter than the " + blob.sizeBytes() + " bytes that the manifest says");
        }
        hash.update(buffer, offset, count);
        position += count;
        return count;
    }

    private void check() throws IOException {
        if (in.read() >= 0) {
            throw complaint.of("it is longer than the " + blob.sizeBytes() + " bytes that the manifest says");
        }
        if (!blob.digest().matches(hash)) {
            throw complaint.of("its content has another digest");
        }
        checked = true;
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("A blob that is checked cannot be skipped through");
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
