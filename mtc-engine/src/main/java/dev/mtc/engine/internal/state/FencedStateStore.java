package dev.mtc.engine.internal.state;

import dev.mtc.api.Remedy;
import dev.mtc.api.StateStore;
import dev.mtc.api.StorageAccessException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an API server does to metadata: stamps what is new, and refuses an update of anything but the newest version.
 * Subclasses keep texts by key.
 */
abstract class FencedStateStore implements StateStore {

    /** As often as an API server tries; 27 million names make even a second try rare. */
    private static final int NAME_TRIES = 8;

    private final ResourceText text;
    private final Clock clock;
    private volatile boolean closed;

    FencedStateStore(ResourceText text, Clock clock) {
        this.text = text;
        this.clock = clock;
    }

    /** {@return the newest text of a resource} Always a whole one, also while it is being replaced. */
    abstract Optional<String> read(ResourceKey key);

    /** Replaces a resource's text. Called within {@link #exclusively}. */
    abstract void write(ResourceKey key, String resource);

    /** Deletes a resource's text if there is one. Called within {@link #exclusively}. */
    abstract void remove(ResourceKey key);

    /** {@return a number greater than any given before} Called within {@link #exclusively}. */
    abstract long nextVersion(long atLeast);

    /** {@return the keys of a kind; the caller closes it} */
    abstract Stream<ResourceKey> keys(String kind);

    /** {@return where a resource is kept, for messages} */
    abstract String place(ResourceKey key);

    /** Runs an action while no other thread, store or process writes. */
    abstract <R> R exclusively(Supplier<R> action);

    @Override
    public final <T extends HasMetadata> Optional<T> get(Class<T> kind, String namespace, String name) {
        requireOpen();
        return decoded(kind, ResourceKey.of(kind, namespace, name));
    }

    @Override
    public final <T extends HasMetadata> List<T> list(Class<T> kind) {
        requireOpen();
        try (Stream<ResourceKey> keys = keys(ResourceKey.kindOf(kind))) {
            // one deleted in the meantime is simply not there any more
            return keys.sorted().flatMap(key -> decoded(kind, key).stream()).toList();
        }
    }

    @Override
    public final <T extends HasMetadata> T create(T resource) {
        requireOpen();
        T made = text.copy(resource);
        ObjectMeta meta = made.getMetadata();
        if (meta != null && meta.getResourceVersion() != null) {
            throw new IllegalArgumentException("The " + resource.getKind() + " '" + meta.getName()
                    + "' has a resourceVersion already; clear it to create, or call update");
        }
        return exclusively(() -> {
            name(made);
            ResourceKey key = ResourceKey.of(made);
            if (read(key).isPresent()) {
                throw new Conflict(place(key) + " exists already; update it, or choose another name");
            }
            made.getMetadata().setUid(UUID.randomUUID().toString());
            made.getMetadata()
                    .setCreationTimestamp(
                            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
            return written(key, made, 0);
        });
    }

    @Override
    public final <T extends HasMetadata> T update(T resource) {
        requireOpen();
        ResourceKey key = ResourceKey.of(resource);
        String expected = resource.getMetadata().getResourceVersion();
        if (expected == null) {
            throw new IllegalArgumentException(
                    "The update of " + key + " has no resourceVersion; change what was read from the store");
        }
        T made = text.copy(resource);
        return exclusively(() -> {
            ObjectMeta stored = decoded(resource.getClass(), key)
                    .orElseThrow(() -> new Conflict(place(key) + " is gone; it was read as version " + expected))
                    .getMetadata();
            requireNewest(key, resource.getMetadata(), stored);
            made.getMetadata().setUid(stored.getUid());
            made.getMetadata().setCreationTimestamp(stored.getCreationTimestamp());
            return written(key, made, Long.parseLong(expected));
        });
    }

    @Override
    public final <T extends HasMetadata> void delete(Class<T> kind, String namespace, String name) {
        requireOpen();
        ResourceKey key = ResourceKey.of(kind, namespace, name);
        exclusively(() -> {
            remove(key);
            return key;
        });
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The state store is closed; close it after the last run that uses it");
        }
    }

    private <T extends HasMetadata> T written(ResourceKey key, T resource, long version) {
        resource.getMetadata().setResourceVersion(Long.toString(nextVersion(version)));
        write(key, text.encode(resource));
        return resource;
    }

    private void name(HasMetadata resource) {
        ObjectMeta meta = resource.getMetadata();
        if (meta == null || meta.getName() != null || meta.getGenerateName() == null) {
            return;
        }
        for (int i = 0; i < NAME_TRIES; i++) {
            meta.setName(GeneratedNames.next(meta.getGenerateName()));
            if (read(ResourceKey.of(resource)).isEmpty()) {
                return;
            }
        }
    }

    private static void requireNewest(ResourceKey key, ObjectMeta given, ObjectMeta stored) {
        if (!given.getResourceVersion().equals(stored.getResourceVersion())) {
            throw new Conflict("The update of " + key + " came second: it was read as version "
                    + given.getResourceVersion() + ", stored is " + stored.getResourceVersion()
                    + "; read it again, another driver may own it");
        }
        if (given.getUid() != null && !given.getUid().equals(stored.getUid())) {
            throw new Conflict("The update of " + key + " is for another resource of that name: uid " + given.getUid()
                    + ", stored is " + stored.getUid() + "; read it again");
        }
    }

    private <T extends HasMetadata> Optional<T> decoded(Class<T> kind, ResourceKey key) {
        return read(key).map(stored -> decoded(kind, key, stored));
    }

    private <T extends HasMetadata> T decoded(Class<T> kind, ResourceKey key, String stored) {
        T resource;
        try {
            resource = text.decode(kind, stored);
        } catch (RuntimeException e) {
            throw unreadable(key, "is not a " + kind.getSimpleName() + ": " + e.getMessage(), e);
        }
        ObjectMeta meta = resource == null ? null : resource.getMetadata();
        if (meta == null
                || !key.name().equals(meta.getName())
                || !key.namespace().equals(meta.getNamespace())) {
            throw unreadable(key, "holds another resource or none", null);
        }
        if (meta.getResourceVersion() == null || !meta.getResourceVersion().matches("[0-9]{1,18}")) {
            throw unreadable(key, "has no numeric metadata.resourceVersion", null);
        }
        return resource;
    }

    private StorageAccessException unreadable(ResourceKey key, String why, @Nullable Throwable cause) {
        return new StorageAccessException(
                Remedy.FIX_INPUT,
                "Cannot read " + key + ": " + place(key) + " " + why + "; restore it from a copy or remove it",
                cause);
    }
}
