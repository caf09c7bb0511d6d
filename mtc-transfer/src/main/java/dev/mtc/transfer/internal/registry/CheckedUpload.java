package dev.mtc.transfer.internal.registry;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A blob on its way, in one attempt or several that go on after each other. Its last buffer is only sent after the digest
 * of all of it is found right, so a registry never gets a whole blob with wrong content; if another process sent the
 * beginning, the registry's own check must do.
 */
final class CheckedUpload implements Body {

    /** Registries before object stores copy a finished upload to its place before they answer. */
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(10);

    private static final long CHECKPOINT_EVERY = 4L * 1024 * 1024;
    /** What was sent and did not arrive fitted into buffers on the way, far less than lies between this many. */
    private static final int MOST_CHECKPOINTS = 64;

    private final Descriptor blob;
    private final ImageTarget.Opener content;
    private final Sending sending;
    private final Tried tried;
    private final Halt halt;
    /** Digests of all before some positions. */
    private final NavigableMap<Long, MessageDigest> checkpoints = new TreeMap<>();

    private long offset;
    private long position;

    CheckedUpload(Descriptor blob, ImageTarget.Opener content, Sending sending, Tried tried, Halt halt) {
        this.blob = blob;
        this.content = content;
        this.sending = sending;
        this.tried = tried;
        this.halt = halt;
    }

    Descriptor blob() {
        return blob;
    }

    /** {@return how many bytes the registry has before this attempt} */
    long offset() {
        return offset;
    }

    /** {@return whether all of the content is checked here} */
    boolean isChecked() {
        return checkpoints.floorKey(offset) != null;
    }

    /** Has the next attempt go on where the registry has nothing yet. */
    void goOnAt(long offset) {
        if (offset == 0) {
            checkpoints.clear();
            checkpoints.put(0L, blob.digest().newHash());
        }
        this.offset = offset;
        count(offset);
    }

    /** Counts an attempt that failed as in vain, until the registry says how far it came. */
    void failed() {
        count(offset);
    }

    /** Counts all as sent. */
    void arrived() {
        count(blob.sizeBytes());
    }

    private void count(long reached) {
        sending.moved(reached - position);
        position = reached;
    }

    @Override
    public long length() {
        return blob.sizeBytes() - offset;
    }

    @Override
    public Duration answerWithin() {
        return ANSWER_WITHIN;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        count(offset);
        byte[] buffer = new byte[(int) Math.min(Wire.BUFFER, blob.sizeBytes() + 1)];
        try (Rest rest = new Rest()) {
            do {
                int count = rest.read(buffer);
                out.write(buffer, 0, count);
                rest.sent(count);
            } while (position < blob.sizeBytes());
        }
    }

    /** {@return the end of an upload whose bytes are all there} */
    Body end() {
        return new Body() {
            @Override
            public long length() {
                return 0;
            }

            @Override
            public void writeTo(OutputStream out) {}

            @Override
            public Duration answerWithin() {
                return ANSWER_WITHIN;
            }
        };
    }

    /** What the registry lacks, as it is read and checked. */
    final class Rest implements Closeable {

        private final InputStream in;
        private final @Nullable MessageDigest hash;

        /** Opens the content where the attempt goes on. */
        Rest() throws IOException {
            Long known = checkpoints.floorKey(offset);
            hash = known == null ? null : hashAt(known);
            in = content.open(known == null ? offset : known);
            try {
                if (hash != null) {
                    pass(in, offset - known, new byte[Wire.BUFFER], hash);
                }
            } catch (IOException e) {
                in.close();
                throw e;
            }
        }

        /** {@return how many bytes come next} The buffer is full unless they are the last, and then all are known to be right. */
        int read(byte[] buffer) throws IOException {
            halt.check();
            int count = fill(in, buffer, blob.sizeBytes() - position);
            if (hash != null) {
                hash.update(buffer, 0, count);
            }
            if (position + count == blob.sizeBytes()) {
                check(in, hash);
            }
            return count;
        }

        /** Counts bytes that were sent. */
        void sent(int count) {
            count(position + count);
            remember(hash);
        }

        /** Counts bytes that the registry says it has. */
        void arrived(int count) {
            sent(count);
            offset = position;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private MessageDigest hashAt(long checkpoint) {
        checkpoints.tailMap(checkpoint, false).clear();
        MessageDigest known = checkpoint == 0 ? null : checkpoints.get(checkpoint);
        try {
            return known == null ? blob.digest().newHash() : (MessageDigest) known.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("It was a clone itself", e);
        }
    }

    private void remember(@Nullable MessageDigest hash) {
        if (hash == null || position - checkpoints.lastKey() < CHECKPOINT_EVERY) {
            return;
        }
        try {
            checkpoints.put(position, (MessageDigest) hash.clone());
        } catch (CloneNotSupportedException e) {
            // Another attempt reads the content from an earlier position.
            return;
        }
        if (checkpoints.size() > MOST_CHECKPOINTS) {
            checkpoints.pollFirstEntry();
        }
    }

    /** Reads what the registry has already. */
    private void pass(InputStream in, long bytes, byte[] buffer, MessageDigest hash) throws IOException {
        for (long left = bytes; left > 0; ) {
            halt.check();
            int count = fill(in, buffer, left);
            hash.update(buffer, 0, count);
            left -= count;
        }
    }

    private int fill(InputStream in, byte[] buffer, long left) throws IOException {
        int wanted = (int) Math.min(buffer.length, left);
        int count = in.readNBytes(buffer, 0, wanted);
        if (count < wanted) {
            throw mismatch("it is shorter than the " + blob.sizeBytes() + " bytes that the manifest says");
        }
        return count;
    }

    private void check(InputStream in, @Nullable MessageDigest hash) throws IOException {
        if (in.read() >= 0) {
            throw mismatch("it is longer than the " + blob.sizeBytes() + " bytes that the manifest says");
        }
        if (hash != null && !blob.digest().matches(hash)) {
            throw mismatch("its content has another digest");
        }
    }

    private RegistryException mismatch(String why) {
        return RemoteRepository.damaged(tried, why);
    }
}
