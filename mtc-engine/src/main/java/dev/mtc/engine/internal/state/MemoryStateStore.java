package dev.mtc.engine.internal.state;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Resources in memory, gone with the process. */
final class MemoryStateStore extends FencedStateStore {

    private final Map<ResourceKey, String> resources = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private long version;

    MemoryStateStore() {
        super(ResourceText.json(), Clock.systemUTC());
    }

    @Override
    Optional<String> read(ResourceKey key) {
        return Optional.ofNullable(resources.get(key));
    }

    @Override
    void write(ResourceKey key, String resource) {
        resources.put(key, resource);
    }

    @Override
    void remove(ResourceKey key) {
        resources.remove(key);
    }

    @Override
    long nextVersion(long atLeast) {
        return ++version;
    }

    @Override
    Stream<ResourceKey> keys(String kind) {
        return resources.keySet().stream().filter(key -> key.kind().equals(kind));
    }

    @Override
    String place(ResourceKey key) {
        return key.toString();
    }

    @Override
    <R> R exclusively(Supplier<R> action) {
        writing.lock();
        try {
            return action.get();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public String toString() {
        return "StateStore[memory: " + resources.size() + " resources]";
    }
}
