package dev.mtc.transfer.internal.restic;

import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The list of the files that a restic repository had when a pass was stored, by which a later look finds what is gone: restic's
 * own lists are encrypted. There is none while a pod may change the repository.
 */
final class VolumeContent {

    private VolumeContent() {}

    /** Writes the list of what is there now. */
    static void note(ObjectStore store, VolumePlace place) {
        String names;
        try (Stream<ObjectStat> files = store.list(place.restic() + "/")) {
            names = files.map(ObjectStat::key)
                    .filter(key -> !key.startsWith(place.locks()))
                    .map(key -> key.substring(place.restic().length() + 1))
                    .collect(Collectors.joining("\n"));
        }
        store.put(place.files(), Content.of(names.getBytes(StandardCharsets.UTF_8)));
    }

    /** Takes the list away before a pod changes what is there. */
    static void forget(ObjectStore store, VolumePlace place) {
        store.delete(place.files());
    }

    /** {@return the keys of the files that have to be there, empty if that is not known} */
    static Optional<Set<String>> of(ObjectStore store, VolumePlace place) {
        if (store.stat(place.files()).isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = store.open(place.files(), 0)) {
            String names = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(
                    names.lines().map(name -> place.restic() + "/" + name).collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + place.files() + " in " + store.description() + ": " + e, e);
        }
    }
}
