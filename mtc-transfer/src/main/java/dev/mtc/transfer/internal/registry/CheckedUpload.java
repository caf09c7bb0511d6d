package dev.mtc.transfer.internal.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * A blob on its way. Its last buffer is only sent after the digest of all of it is found right, so a registry never gets
 * a whole blob with wrong content.
 */
final class CheckedUpload implements Body {

    /** Registries before object stores copy a finished upload to its place before they answer. */
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(10);

    private final Descriptor blob;
    private final ImageTarget.Opener content;
    private final LongConsumer written;
    private final Tried tried;
    private final Halt halt;
    private long sent;

    CheckedUpload(Descriptor blob, ImageTarget.Opener content, LongConsumer written, Tried tried, Halt halt) {
        this.blob = blob;
        this.content = content;
        this.written = written;
        this.tried = tried;
        this.halt = halt;
    }

    @Override
    public long length() {
        return blob.sizeBytes();
    }

    @Override
    public Duration answerWithin() {
        return ANSWER_WITHIN;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        takeBack();
        try (InputStream in = content.open()) {
            MessageDigest hash = blob.digest().newHash();
            byte[] buffer = new byte[(int) Math.min(Wire.BUFFER, blob.sizeBytes() + 1)];
            boolean last;
            do {
                halt.check();
                int count = fill(in, buffer, blob.sizeBytes() - sent);
                hash.update(buffer, 0, count);
                last = sent + count == blob.sizeBytes();
                if (last) {
                    check(in, hash);
                }
                out.write(buffer, 0, count);
                sent += count;
                written.accept(count);
            } while (!last);
        }
    }

    /** Tells that what was written so far counts no more, as the attempt failed. */
    void takeBack() {
        written.accept(-sent);
        sent = 0;
    }

    private int fill(InputStream in, byte[] buffer, long left) throws IOException {
        int wanted = (int) Math.min(buffer.length, left);
        int count = in.readNBytes(buffer, 0, wanted);
        if (count < wanted) {
            throw mismatch("it is shorter than the " + blob.sizeBytes() + " bytes that the manifest says");
        }
        return count;
    }

    private void check(InputStream in, MessageDigest hash) throws IOException {
        if (in.read() >= 0) {
            throw mismatch("it is longer than the " + blob.sizeBytes() + " bytes that the manifest says");
        }
        if (!blob.digest().matches(hash)) {
            throw mismatch("its content has another digest");
        }
    }

    private RegistryException mismatch(String why) {
        return RemoteRepository.damaged(tried, why);
    }
}
