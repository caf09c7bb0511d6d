package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.DirectoryStorage;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.StorageProvider;

/** Opens directories. */
public final class DirectoryStorageProvider implements StorageProvider {

    /** For {@link java.util.ServiceLoader}. */
    public DirectoryStorageProvider() {}

    @Override
    public String id() {
        return "directory";
    }

    @Override
    public boolean supports(Storage storage) {
        return storage instanceof DirectoryStorage;
    }

    @Override
    public ObjectStore open(Storage storage) {
        if (storage instanceof DirectoryStorage directory) {
            return new DirectoryObjectStore(directory.directory());
        }
        throw new IllegalArgumentException(storage + " is not a directory; ask supports first");
    }
}
