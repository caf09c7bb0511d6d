package dev.mtc.transfer.internal.restic;

import dev.mtc.api.Remedy;
import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

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
        return given(storage).or(() -> made(store));
    }

    private static Optional<String> given(Storage storage) {
        Optional<Secret> given = storage instanceof S3Storage s3 ? s3.volumePassword() : Optional.empty();
        return given.map(Secret::reveal);
    }

    /** {@return the one that was made because nobody gave one, if there is one} */
    static Optional<String> made(ObjectStore store) {
        return store.stat(KEY).isPresent() ? Optional.of(read(store)) : Optional.empty();
    }

    /** Removes the one that was made, if whoever asks for it has it. */
    static void removeMade(Storage storage, ObjectStore store) {
        Optional<String> made = made(store);
        if (made.isPresent() && !made.equals(given(storage))) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    "Cannot remove " + KEY + " from " + store.description()
                            + ": volumePassword is not the key that is there, so nobody could read the volumes any more;"
                            + " give that key first (Repository.volumeKey)",
                    null);
        }
        store.delete(KEY);
    }

    private static String kept(ObjectStore store) {
        if (store.stat(KEY).isEmpty()) {
            requireNone(store);
            byte[] key = new byte[BYTES];
            new SecureRandom().nextBytes(key);
            store.putIfAbsent(KEY, Content.of(HexFormat.of().formatHex(key).getBytes(StandardCharsets.US_ASCII)));
        }
        return read(store);
    }

    /** Volumes that are there were stored with a password that somebody keeps; another one would not open them. */
    private static void requireNone(ObjectStore store) {
        try (Stream<ObjectStat> all = store.list(VolumePlace.ROOT)) {
            if (all.map(ObjectStat::key)
                    .flatMap(key -> VolumePlace.ofKey(key).stream().filter(place -> key.equals(place.config())))
                    .findAny()
                    .isPresent()) {
                throw new StorageAccessException(
                        Remedy.FIX_INPUT,
                        "There are volumes in " + store.description()
                                + " whose password was given or taken out of there;"
                                + " give it (S3Storage.volumePassword, or repository-password of the MigStorage's Secret)",
                        null);
            }
        }
    }

    private static String read(ObjectStore store) {
        try (InputStream in = store.open(KEY, 0)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + KEY + " in " + store.description() + ": " + e, e);
        }
    }
}
