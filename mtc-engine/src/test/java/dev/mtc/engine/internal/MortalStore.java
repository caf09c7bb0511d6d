package dev.mtc.engine.internal;

import dev.mtc.api.StateStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A store that a process loses, as if it had ended: after a certain write, or when told, every call fails. */
final class MortalStore implements StateStore {

    private final StateStore store;
    private final Predicate<HasMetadata> last;
    private volatile boolean dead;

    MortalStore(StateStore store, Predicate<HasMetadata> last) {
        this.store = store;
        this.last = last;
    }

    void die() {
        dead = true;
    }

    private void requireAlive() {
        if (dead) {
            throw new IllegalStateException("This process has ended");
        }
    }

    @Override
    public String namespace() {
        return store.namespace();
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> kind, String namespace, String name) {
        requireAlive();
        return store.get(kind, namespace, name);
    }

    @Override
    public <T extends HasMetadata> List<T> list(Class<T> kind) {
        requireAlive();
        return store.list(kind);
    }

    @Override
    public <T extends HasMetadata> T create(T resource) {
        requireAlive();
        return store.create(resource);
    }

    @Override
    public <T extends HasMetadata> T update(T resource) {
        requireAlive();
        T updated = store.update(resource);
        if (last.test(resource)) {
            die();
        }
        return updated;
    }

    @Override
    public <T extends HasMetadata> void delete(Class<T> kind, String namespace, String name) {
        requireAlive();
        store.delete(kind, namespace, name);
    }

    @Override
    public void close() {
        // The store outlives the process.
    }
}
