package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.Remedy;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.StorageProvider;
import java.util.ServiceLoader;

/** Opens storages with what is on the class path. */
public final class Stores {

    private Stores() {}

    /**
     * {@return an open storage; the caller closes it}
     *
     * @throws StorageAccessException if nothing opens it
     */
    public static ObjectStore open(Storage storage) {
        return ServiceLoader.load(StorageProvider.class, Stores.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.supports(storage))
                .findFirst()
                .orElseThrow(() -> new StorageAccessException(
                        Remedy.FIX_INPUT,
                        "Nothing on the class path opens " + storage + "; add the dependency that brings it",
                        null))
                .open(storage);
    }
}
