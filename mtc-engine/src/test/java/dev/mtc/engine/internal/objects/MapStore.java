package dev.mtc.engine.internal.objects;

import dev.mtc.api.Remedy;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.StorageProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Objects in memory, as a store of any storage, which refuses what it is told to. */
public final class MapStore implements ObjectStore, StorageProvider {

    final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private volatile Predicate<String> refused = key -> false;

    /** Refuses these keys from now on, as a server does whose bucket is gone or whose credentials were changed. */
    public void refuse(Predicate<String> keys) {
        refused = keys;
    }

    private void check(String key) {
        if (refused.test(key)) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    "Cannot use '" + key + "' in memory: InvalidAccessKeyId; give credentials that are valid",
                    null);
        }
    }

    @Override
    public String id() {
        return "map";
    }

    @Override
    public boolean supports(Storage storage) {
        return true;
    }

    @Override
    public ObjectStore open(Storage storage) {
        return this;
    }

    @Override
    public ObjectStat put(String key, Content content) {
        check(key);
        try (InputStream bytes = content.open()) {
            objects.put(key, bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found(key).orElseThrow();
    }

    @Override
    public boolean putIfAbsent(String key, Content content) {
        check(key);
        return !objects.containsKey(key) && put(key, content).sizeBytes() >= 0;
    }

    @Override
    public InputStream open(String key, long offset) {
        check(key);
        byte[] bytes = Objects.requireNonNull(objects.get(key));
        return new ByteArrayInputStream(Arrays.copyOfRange(bytes, (int) offset, bytes.length));
    }

    @Override
    public Optional<ObjectStat> stat(String key) {
        check(key);
        return found(key);
    }

    private Optional<ObjectStat> found(String key) {
        return Optional.ofNullable(objects.get(key))
                .map(bytes -> new ObjectStat(key, bytes.length, "etag", Instant.EPOCH));
    }

    @Override
    public Stream<ObjectStat> list(String prefix) {
        check(prefix);
        return objects.keySet().stream().filter(key -> key.startsWith(prefix)).map(key -> found(key)
                .orElseThrow());
    }

    @Override
    public void delete(String key) {
        check(key);
        objects.remove(key);
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public void close() {}
}
