package dev.mtc.transfer.internal.restic;

import dev.mtc.api.spi.ClaimRef;
import dev.mtc.api.spi.VolumeMove;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a volume is in a repository. Each has a restic repository of its own, so that nobody but the pods of its transfer waits
 * for its locks, and what no plan needs is removed without touching what others need.
 *
 * @param plan what the plan is called there
 * @param namespace the namespace of the claim that it is the data of, which is the source's but on the way back
 * @param claim its name
 */
record VolumePlace(String plan, String namespace, String claim) {

    static final String ROOT = "volumes/";

    private static final Pattern KEY = Pattern.compile(
            ROOT + "(?<plan>[^/]+)/(?<namespace>[^/]+)/(?<claim>[^/]+)/(?:restic/.+|use\\.json|files\\.txt)");

    static VolumePlace of(VolumeMove move) {
        ClaimRef claim = move.storedAs() == null ? move.source() : move.storedAs();
        return new VolumePlace(Objects.requireNonNull(move.storedFor(), "storedFor"), claim.namespace(), claim.name());
    }

    /** {@return whose the object of a key is, empty if it is no volume's} */
    static Optional<VolumePlace> ofKey(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches()
                ? Optional.of(
                        new VolumePlace(matcher.group("plan"), matcher.group("namespace"), matcher.group("claim")))
                : Optional.empty();
    }

    static String ofPlan(String plan) {
        return ROOT + plan + "/";
    }

    /** {@return the start of all of its keys} */
    String prefix() {
        return ofPlan(plan) + namespace + "/" + claim + "/";
    }

    /** {@return the start of the keys of its restic repository, without the last slash} */
    String restic() {
        return prefix() + "restic";
    }

    /** {@return the key of what there is once in it, and first} */
    String config() {
        return restic() + "/config";
    }

    /** {@return the start of the keys of the locks in it} */
    String locks() {
        return restic() + "/locks/";
    }

    /** {@return the key of what tells who used it last} */
    String use() {
        return prefix() + "use.json";
    }

    /** {@return the key of the list of its files} */
    String files() {
        return prefix() + "files.txt";
    }

    /** {@return the claim for people} */
    String name() {
        return namespace + "/" + claim;
    }
}
