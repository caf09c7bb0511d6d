package dev.mtc.api;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A directory as a replication repository.
 *
 * @param name the name of its MigStorage
 * @param directory made when it is first written to
 * @since 0.1
 */
public record DirectoryStorage(String name, Path directory) implements Storage {

    public DirectoryStorage {
        Names.label("storage name", name);
        Objects.requireNonNull(directory, "directory");
    }

    /**
     * {@return a copy with another name}
     *
     * @param name an RFC 1123 label
     */
    public DirectoryStorage named(String name) {
        return new DirectoryStorage(name, directory);
    }

    @Override
    public String toString() {
        return "Storage[" + directory + "]";
    }
}
