package dev.mtc.transfer.internal.restic;

import dev.mtc.api.Problem;
import dev.mtc.api.RepositoryFindings;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.transfer.internal.objectstore.StoredContent;
import dev.mtc.transfer.internal.restic.VolumeSurvey.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the restic repositories of volumes without restic: the names of their files are the SHA-256 of their contents, but
 * for {@code config}, which is sealed with the key that the password opens. Used once.
 */
final class VolumeCheck {

    private static final String DAMAGED = "DamagedContent";
    private static final String MISSING = "MissingContent";

    private final ObjectStore store;
    private final @Nullable String password;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> damaged = new HashSet<>();
    private long objects;
    private long bytes;

    private VolumeCheck(ObjectStore store, @Nullable String password) {
        this.store = store;
        this.password = password;
    }

    /**
     * {@return what is wrong with the volumes in a repository}
     *
     * @param password of all of them, null if it is not known
     */
    static RepositoryFindings of(ObjectStore store, @Nullable String password) {
        VolumeCheck check = new VolumeCheck(store, password);
        VolumeSurvey.of(store).forEach(check::look);
        return new RepositoryFindings(check.objects, check.bytes, check.problems);
    }

    private void look(Volume volume) {
        VolumePlace place = volume.place();
        Optional<Set<String>> expected = VolumeContent.of(store, place);
        Set<String> there = keys(place.restic() + "/");
        there.forEach(key -> read(key, volume));
        expected.ifPresent(names -> missing(names, there, volume));
        if (there.contains(place.config())) {
            open(volume);
        }
    }

    private Set<String> keys(String prefix) {
        try (Stream<ObjectStat> all = store.list(prefix)) {
            return all.map(ObjectStat::key).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private void read(String key, Volume volume) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        if (key.startsWith(volume.place().locks()) || !name.matches("[0-9a-f]{64}")) {
            return;
        }
        MessageDigest hash = sha256();
        OptionalLong length = StoredContent.hash(store, key, hash);
        if (length.isPresent()) {
            objects++;
            bytes += length.getAsLong();
            if (!HexFormat.of().formatHex(hash.digest()).equals(name)) {
                damaged.add(key);
                wrong(key, DAMAGED, "its SHA-256 is another than its name", volume);
            }
        }
    }

    /** A pass that began meanwhile has taken the list away and may remove files. */
    private void missing(Set<String> expected, Set<String> there, Volume volume) {
        Set<String> gone = expected.stream()
                .filter(key -> !there.contains(key))
                .filter(key -> store.stat(key).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!gone.isEmpty()
                && VolumeContent.of(store, volume.place())
                        .filter(expected::equals)
                        .isPresent()) {
            gone.forEach(key -> wrong(key, MISSING, "it was there after the last pass and is not now", volume));
        }
    }

    private void open(Volume volume) {
        VolumePlace place = volume.place();
        if (password == null) {
            problems.add(new Problem(
                    severity(volume),
                    place.restic(),
                    "WrongPassword",
                    VolumePassword.KEY + " is gone and no password is given, so nobody can read " + name(volume),
                    "give the password (S3Storage.volumePassword) or put the key back; else " + anew(volume)));
            return;
        }
        Set<String> files = keys(place.restic() + "/keys/");
        if (files.isEmpty()) {
            wrong(place.restic() + "/keys/", MISSING, "there is no key", volume);
        }
        files.removeAll(damaged);
        if (!files.isEmpty()) {
            open(files, password, volume);
        }
    }

    private void open(Set<String> files, String given, Volume volume) {
        VolumePlace place = volume.place();
        List<ResticKey> keys = new ArrayList<>();
        try {
            for (String key : files) {
                ResticKey.open(content(key), given).ifPresent(keys::add);
            }
            if (keys.isEmpty()) {
                problems.add(new Problem(
                        severity(volume),
                        place.restic(),
                        "WrongPassword",
                        "the password does not open " + name(volume),
                        "give the one that it was stored with (S3Storage.volumePassword); else " + anew(volume)));
            } else if (keys.get(0).unsealed(content(place.config())).isEmpty()) {
                wrong(place.config(), DAMAGED, "its code does not fit", volume);
            }
        } catch (IOException e) {
            wrong(place.restic() + "/keys/", DAMAGED, "a key cannot be read: " + e.getMessage(), volume);
        }
    }

    private byte[] content(String key) {
        try (InputStream in = store.open(key, 0)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + key + " in " + store.description() + ": " + e, e);
        }
    }

    private void wrong(String key, String code, String what, Volume volume) {
        problems.add(new Problem(severity(volume), key, code, what + "; it belongs to " + name(volume), anew(volume)));
    }

    private static Problem.Severity severity(Volume volume) {
        return volume.use() == null ? Problem.Severity.WARN : Problem.Severity.ERROR;
    }

    private static String name(Volume volume) {
        return "volume " + volume.place().name() + " of plan " + volume.place().plan();
    }

    private static String anew(Volume volume) {
        return volume.use() == null
                ? "no plan needs it: collect garbage"
                : "forget plan " + volume.place().plan()
                        + " and collect garbage, then run its migration again, which stores everything anew";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
