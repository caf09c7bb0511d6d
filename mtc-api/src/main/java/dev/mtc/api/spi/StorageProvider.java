package dev.mtc.api.spi;

import dev.mtc.api.Provider;
import dev.mtc.api.Storage;

/**
 * Opens one kind of storage.
 *
 * @since 0.1
 */
public interface StorageProvider extends Provider {

    /**
     * {@return whether it can open this storage}
     *
     * @param storage the storage
     */
    boolean supports(Storage storage);

    /**
     * Opens a storage. Nothing is written.
     *
     * @param storage the storage
     * @return the open store; the caller closes it
     * @throws dev.mtc.api.StorageAccessException if it cannot be opened
     */
    ObjectStore open(Storage storage);
}
