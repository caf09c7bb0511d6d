package dev.mtc.testkit;

import dev.mtc.api.Storage;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.StorageProvider;
import dev.mtc.transfer.testing.MemoryObjectStore;

/** Opens the store of a kit; what is in it stays when it is closed. */
record KitStorage(Storage storage, MemoryObjectStore store) implements StorageProvider {

    @Override
    public String id() {
        return "testkit-storage";
    }

    @Override
    public boolean supports(Storage wanted) {
        return wanted.equals(storage);
    }

    @Override
    public ObjectStore open(Storage wanted) {
        return store;
    }
}
