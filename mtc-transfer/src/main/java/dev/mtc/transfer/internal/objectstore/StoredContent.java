package dev.mtc.transfer.internal.objectstore;

import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.OptionalLong;

/** Objects that are read to their end for nothing but their hash. */
public final class StoredContent {

    private StoredContent() {}

    /**
     * {@return the length of an object, all of which went into a hash; empty if it was deleted meanwhile}
     *
     * @throws StorageAccessException if it is there and cannot be read
     */
    public static OptionalLong hash(ObjectStore store, String key, MessageDigest hash) {
        try (InputStream in = new DigestInputStream(store.open(key, 0), hash)) {
            return OptionalLong.of(in.transferTo(OutputStream.nullOutputStream()));
        } catch (IOException e) {
            StorageAccessException failed = new StorageAccessException(
                    Remedy.RETRY, "Cannot read " + key + " in " + store.description() + ": " + e + "; try again", e);
            return unlessGone(store, key, failed);
        } catch (StorageAccessException e) {
            return unlessGone(store, key, e);
        }
    }

    private static OptionalLong unlessGone(ObjectStore store, String key, StorageAccessException failure) {
        if (store.stat(key).isEmpty()) {
            return OptionalLong.empty();
        }
        throw failure;
    }
}
