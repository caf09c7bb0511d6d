package dev.mtc.transfer.internal.restic;

import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The password of the restic repositories in a repository. */
final class VolumePassword {

    /** Where it is if nobody gave one; volumes have deeper keys. */
    static final String KEY = VolumePlace.ROOT + "key";

    private static final int BYTES = 32;

    private VolumePassword() {}

    /** {@return the one that was given; else the one in the repository, made if there is none} */
    static String of(S3Storage storage, ObjectStore store) {
        return storage.volumePassword().map(Secret::reveal).orElseGet(() -> kept(store));
    }

    /** {@return the one that was given; else the one in the repository, if there is one} */
    static Optional<String> known(Storage storage, ObjectStore store) {
        Optional<Secret> given = storage instanceof S3Storage s3 ? s3.volumePassword() : Optional.empty();
        return given.map(Secret::reveal)
                .or(() -> store.stat(KEY).isPresent() ? Optional.of(read(store)) : Optional.empty());
    }

    private static String kept(ObjectStore store) {
        if (store.stat(KEY).isEmpty()) {
            byte[] key = new byte[BYTES];
            new SecureRandom().nextBytes(key);
            store.putIfAbsent(KEY, Content.of(HexFormat.of().formatHex(key).getBytes(StandardCharsets.US_ASCII)));
        }
        return read(store);
    }

    private static String read(ObjectStore store) {
        try (InputStream in = store.open(KEY, 0)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + KEY + " in " + store.description() + ": " + e, e);
        }
    }
}
