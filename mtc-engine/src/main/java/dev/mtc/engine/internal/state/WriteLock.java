package dev.mtc.engine.internal.state;

import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one writer at a time into a directory, among all processes and all stores of this one. The operating system frees
 * it when its owner dies. Its file also counts the versions that were given out.
 */
final class WriteLock {

    private static final String FILE = ".lock";
    private static final int DIGITS = 18;

    private final Path file;

    /**
     * A file lock belongs to the whole process, so threads need a monitor besides: one that all stores of the directory
     * share, whichever class loader they are from. That is what an interned text is, without a static table.
     */
    private final String monitor;

    private @Nullable RandomAccessFile held;

    private WriteLock(Path file) {
        this.file = file;
        this.monitor = ("dev.mtc.state " + file).intern();
    }

    /** {@return the lock of a directory; its file is opened once, so that a read-only directory is found early} */
    static WriteLock in(Path directory) throws IOException {
        WriteLock lock = new WriteLock(directory.resolve(FILE));
        // closing any descriptor of a file frees the whole process's lock on it, so not while another store holds it
        synchronized (lock.monitor) {
            lock.open().close();
        }
        return lock;
    }

    <R> R holding(Supplier<R> action) {
        synchronized (monitor) {
            try (RandomAccessFile locked = acquire()) {
                held = locked;
                return action.get();
            } catch (IOException e) {
                throw new StorageAccessException(
                        Remedy.FIX_INPUT,
                        "Cannot lock " + file + ": " + e
                                + "; keep the state on a file system with locks that this user may write",
                        e);
            } finally {
                held = null;
            }
        }
    }

    /** Closing what this returns frees the lock. An interrupt waits: state is saved while a run is being stopped. */
    @SuppressWarnings("resource") // closed with its file
    private RandomAccessFile acquire() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                RandomAccessFile opened = open();
                try {
                    opened.getChannel().lock();
                    return opened;
                } catch (ClosedByInterruptException | FileLockInterruptionException e) {
                    opened.close();
                    interrupted |= Thread.interrupted();
                } catch (IOException | RuntimeException e) {
                    opened.close();
                    throw e;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RandomAccessFile open() throws IOException {
        return new RandomAccessFile(file.toFile(), "rw");
    }

    /**
     * {@return a version greater than all before} After a power cut the count may have fallen back; then it is still
     * greater than the given one, and uids tell deleted resources from new ones of their name.
     */
    long nextVersion(long atLeast) {
        RandomAccessFile opened = held;
        if (opened == null) {
            throw new IllegalStateException("Not holding " + file);
        }
        try {
            long next = Math.max(count(opened), atLeast) + 1;
            opened.seek(0);
            opened.write(String.format("%0" + DIGITS + "d%n", next).getBytes(StandardCharsets.US_ASCII));
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot count versions in " + file + ": " + e, e);
        }
    }

    private static long count(RandomAccessFile opened) throws IOException {
        byte[] digits = new byte[DIGITS];
        opened.seek(0);
        int read = Math.max(0, opened.read(digits));
        String text = new String(digits, 0, read, StandardCharsets.US_ASCII);
        return text.matches("[0-9]{" + DIGITS + "}") ? Long.parseLong(text) : 0;
    }
}
