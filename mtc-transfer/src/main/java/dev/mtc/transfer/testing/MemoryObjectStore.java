package dev.mtc.transfer.testing;

import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.transfer.internal.objectstore.ObjectKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * An object store in memory that fails on demand. Thread-safe.
 *
 * @since 0.1
 */
public final class MemoryObjectStore implements ObjectStore {

    private static final class Stored {
        private final byte[] bytes;
        private final ObjectStat stat;

        Stored(byte[] bytes, ObjectStat stat) {
            this.bytes = bytes;
            this.stat = stat;
        }

        ObjectStat stat() {
            return stat;
        }
    }

    private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>(ObjectKeys.ORDER);
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final Deque<Long> cuts = new ArrayDeque<>();
    private final AtomicLong broken = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();

    private MemoryObjectStore() {}

    /** {@return a new store without objects} */
    public static MemoryObjectStore empty() {
        return new MemoryObjectStore();
    }

    /**
     * Lets the next call fail, whichever it is; called again, the one after it.
     *
     * @param failure what it throws
     * @return this
     */
    public MemoryObjectStore failNext(RuntimeException failure) {
        synchronized (failures) {
            failures.add(failure);
        }
        return this;
    }

    /**
     * Breaks the next transfer off: the next stream that is opened throws after so many bytes, or the next object that is
     * put is read so far and then not stored. Transfers that are known to have fewer bytes go through and do not count. Called
     * again, the one after it.
     *
     * @param bytes how many bytes still pass, at least 0
     * @return this
     */
    public MemoryObjectStore cutAfterBytes(long bytes) {
        ObjectKeys.requireOffset(bytes);
        synchronized (cuts) {
            cuts.add(bytes);
        }
        return this;
    }

    /** {@return how many transfers were broken off so far} */
    public long cuts() {
        return broken.get();
    }

    @Override
    public ObjectStat put(String key, Content content) {
        ObjectKeys.require(key);
        failIfAsked();
        Stored stored = stored(key, content);
        objects.put(key, stored);
        return stored.stat();
    }

    @Override
    public boolean putIfAbsent(String key, Content content) {
        ObjectKeys.require(key);
        failIfAsked();
        return !objects.containsKey(key) && objects.putIfAbsent(key, stored(key, content)) == null;
    }

    private Stored stored(String key, Content content) {
        OptionalLong cut = nextCut(content.length().orElse(Long.MAX_VALUE));
        try (InputStream opened = content.open();
                InputStream in = cut.isPresent() ? cut(opened, cut.getAsLong()) : opened) {
            byte[] bytes = in.readAllBytes();
            if (content.length().orElse(bytes.length) != bytes.length) {
                throw new IOException("it has " + bytes.length + " bytes instead of the announced "
                        + content.length().getAsLong());
            }
            String etag = Long.toString(writes.incrementAndGet());
            return new Stored(bytes, new ObjectStat(key, bytes.length, etag, Instant.now()));
        } catch (CutInputStream.CutException e) {
            throw new StorageAccessException(
                    Remedy.RETRY, "Cannot put " + key + " in " + description() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what is to become " + key + ": " + e.getMessage(), e);
        }
    }

    @Override
    public InputStream open(String key, long offset) {
        ObjectKeys.require(key);
        ObjectKeys.requireOffset(offset);
        failIfAsked();
        Stored stored = objects.get(key);
        if (stored == null) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    "Cannot open " + key + " in " + description() + ": there is no such object",
                    null);
        }
        int from = (int) Math.min(offset, stored.bytes.length);
        InputStream in = new ByteArrayInputStream(stored.bytes, from, stored.bytes.length - from);
        OptionalLong cut = nextCut(stored.bytes.length - from);
        return cut.isPresent() ? cut(in, cut.getAsLong()) : in;
    }

    private InputStream cut(InputStream in, long bytes) {
        return new CutInputStream(in, bytes, broken::incrementAndGet);
    }

    @Override
    public Optional<ObjectStat> stat(String key) {
        ObjectKeys.require(key);
        failIfAsked();
        return Optional.ofNullable(objects.get(key)).map(Stored::stat);
    }

    @Override
    public Stream<ObjectStat> list(String prefix) {
        ObjectKeys.requirePrefix(prefix);
        failIfAsked();
        return objects.tailMap(prefix, true).values().stream().map(Stored::stat).takeWhile(stat -> stat.key()
                .startsWith(prefix));
    }

    @Override
    public void delete(String key) {
        ObjectKeys.require(key);
        failIfAsked();
        objects.remove(key);
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public String toString() {
        return "ObjectStore[memory: " + objects.size() + " objects]";
    }

    /** Does nothing: the objects stay readable. */
    @Override
    public void close() {
        // so that a test can look at what was left
    }

    private void failIfAsked() {
        RuntimeException failure;
        synchronized (failures) {
            failure = failures.poll();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private OptionalLong nextCut(long bytes) {
        synchronized (cuts) {
            return cuts.isEmpty() || cuts.element() > bytes ? OptionalLong.empty() : OptionalLong.of(cuts.remove());
        }
    }
}
