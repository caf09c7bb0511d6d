package dev.mtc.engine.internal.state;

import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Resources as YAML files {@code <plural>.<group>/<namespace>/<name>.yaml}. A file is replaced by renaming a finished,
 * flushed one over it, so a reader sees the old or the new resource, never a part, whenever the process is killed.
 */
final class DirectoryStateStore extends FencedStateStore {

    private static final String SUFFIX = ".yaml";

    /** Only the owner of the write lock touches it, so one name is enough and a left-over is simply overwritten. */
    private static final String UNFINISHED = ".unfinished";

    private final Path directory;
    private final WriteLock lock;

    private DirectoryStateStore(Path directory, WriteLock lock) {
        super(ResourceText.yaml(), Clock.systemUTC());
        this.directory = directory;
        this.lock = lock;
    }

    static DirectoryStateStore open(Path directory) {
        try {
            DurableDirectories.create(directory);
            Path real = directory.toRealPath();
            return new DirectoryStateStore(real, WriteLock.in(real));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The state directory " + directory + " cannot be written: " + e
                            + "; give a directory that this user may write",
                    e);
        }
    }

    @Override
    Optional<String> read(ResourceKey key) {
        try {
            return Optional.of(Files.readString(file(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", key, e);
        }
    }

    @Override
    void write(ResourceKey key, String resource) {
        Path file = file(key);
        Path parent = directory.resolve(key.kind()).resolve(key.namespace());
        Path unfinished = parent.resolve(UNFINISHED);
        try {
            DurableDirectories.create(parent);
            try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
                out.write(resource.getBytes(StandardCharsets.UTF_8));
                out.getFD().sync();
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableDirectories.flush(parent);
        } catch (IOException e) {
            throw failed("write", key, e);
        }
    }

    @Override
    void remove(ResourceKey key) {
        Path file = file(key);
        try {
            if (Files.deleteIfExists(file)) {
                DurableDirectories.flush(directory.resolve(key.kind()).resolve(key.namespace()));
            }
        } catch (IOException e) {
            throw failed("delete", key, e);
        }
    }

    @Override
    long nextVersion(long atLeast) {
        return lock.nextVersion(atLeast);
    }

    @Override
    Stream<ResourceKey> keys(String kind) {
        return names(directory.resolve(kind), ResourceKey::isNamespace).stream()
                .flatMap(namespace ->
                        names(directory.resolve(kind).resolve(namespace), name -> name.endsWith(SUFFIX)).stream()
                                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                                .filter(ResourceKey::isName)
                                .map(name -> new ResourceKey(kind, namespace, name)));
    }

    private static List<String> names(Path directory, Predicate<String> wanted) {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString())
                    .filter(wanted)
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT, "Cannot list the state directory " + directory + ": " + e, e);
        }
    }

    @Override
    String place(ResourceKey key) {
        return file(key).toString();
    }

    @Override
    <R> R exclusively(Supplier<R> action) {
        return lock.holding(action);
    }

    @Override
    public String toString() {
        return "StateStore[" + directory + "]";
    }

    private Path file(ResourceKey key) {
        return directory.resolve(key.kind()).resolve(key.namespace()).resolve(key.name() + SUFFIX);
    }

    private StorageAccessException failed(String verb, ResourceKey key, IOException e) {
        return new StorageAccessException(
                Remedy.FIX_INPUT,
                "Cannot " + verb + " " + key + " in " + file(key) + ": " + e
                        + "; check the directory's permissions and free space",
                e);
    }
}
