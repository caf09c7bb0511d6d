package dev.mtc.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Looks after what migrations leave in a repository: what is there, whether it is whole, and the removal of what no plan
 * needs. {@link Backups} reads the captures in it. Every call does I/O. Immutable.
 *
 * @since 0.1
 */
public final class Repository {

    private final Storage storage;

    private Repository(Storage storage) {
        this.storage = storage;
    }

    /**
     * {@return the repository in a storage}
     *
     * @param storage as plans have it in {@link PlanBuilder#via}
     */
    public static Repository of(Storage storage) {
        return new Repository(Objects.requireNonNull(storage, "storage"));
    }

    /**
     * {@return what is in it}
     *
     * @throws StorageAccessException if it cannot be read
     * @throws IllegalStateException if nothing on the class path looks after repositories
     */
    public RepositoryInventory inventory() {
        return keepers().stream()
                .map(keeper -> keeper.inventory(storage))
                .reduce(new RepositoryInventory(List.of(), 0, 0), RepositoryInventory::and);
    }

    /**
     * Reads all that plans have and compares it with what it was when it was written: images and layers with their digests,
     * captured objects with the hash in their description, files of restic repositories with their names, which are hashes,
     * and with the list that the last pass left; the password of the volumes must open their keys. It changes nothing and may
     * run beside migrations. What is found names the key, whose it is and what to do: errors where a plan needs it, else
     * warnings.
     *
     * @return what is damaged or missing
     * @throws StorageAccessException if the storage fails for good
     */
    public CheckReport check() {
        RepositoryFindings findings = keepers().stream()
                .map(keeper -> keeper.check(storage))
                .reduce(RepositoryFindings.NONE, RepositoryFindings::and);
        return new CheckReport(toString(), findings.summary(), findings.problems());
    }

    /**
     * Removes what no plan needs: what no plan has named since it was {@linkplain #forget forgotten}, what the newest run
     * of its plan has not used, captures of objects that killed runs left half, and uploads that nobody has completed.
     * Anything written or used within the given time stays, so this may run beside migrations that take no longer than that.
     *
     * @param unusedFor at least as long as any migration takes, for example a day
     * @return what was removed
     * @throws StorageAccessException if it cannot be read, or if something in it is damaged so that it is not known what is
     *     needed; what was removed until then stays removed
     */
    public RepositoryGarbage collectGarbage(Duration unusedFor) {
        if (unusedFor.isNegative()) {
            throw new IllegalArgumentException("The time " + unusedFor + " is negative; use a day, for example");
        }
        Instant before = Instant.now().minus(unusedFor);
        return keepers().stream()
                .map(keeper -> keeper.collectGarbage(storage, before))
                .reduce(new RepositoryGarbage(0, 0), RepositoryGarbage::and);
    }

    /**
     * Forgets what a plan has, which is then no longer needed unless other plans need it. Does nothing if it has nothing. A
     * migration of the plan brings it anew.
     *
     * @param plan what the plan is called in {@link #inventory}
     * @throws StorageAccessException if it cannot be written
     */
    public void forget(String plan) {
        Objects.requireNonNull(plan, "plan");
        keepers().forEach(keeper -> keeper.forget(storage, plan));
    }

    /**
     * {@return the key of the volumes that was made at first use and lies beside them in the repository, empty if there is none}
     * To keep it elsewhere, give it to the storage of all plans with {@link S3Storage#volumePassword}, for example from the key
     * {@code repository-password} of a MigStorage's Secret, then call {@link #removeVolumeKey}. What is stored stays readable.
     *
     * @throws StorageAccessException if it cannot be read
     */
    public Optional<Secret> volumeKey() {
        return keepers().stream()
                .flatMap(keeper -> keeper.madeKey(storage).stream())
                .findFirst();
    }

    /**
     * Removes the key of the volumes from the repository. From then on nobody reads the volumes by reading the repository, and
     * only storages with this key as {@link S3Storage#volumePassword} can use them, as this repository's has to. No migration
     * may be under way that does not have it. Does nothing if there is none.
     *
     * @throws StorageAccessException if this repository's storage has no or another password, or cannot be written
     */
    public void removeVolumeKey() {
        keepers().forEach(keeper -> keeper.removeMadeKey(storage));
    }

    private static List<RepositoryKeeper> keepers() {
        List<RepositoryKeeper> keepers =
                ServiceLoader.load(RepositoryKeeper.class, Repository.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        if (keepers.isEmpty()) {
            throw new IllegalStateException(
                    "Nothing on the class path looks after repositories; add the dependency dev.mtc:mtc-transfer");
        }
        return keepers;
    }

    @Override
    public String toString() {
        return "Repository[" + storage + "]";
    }
}
