package dev.mtc.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * Looks after what indirect migrations leave in a repository for the next ones: what is there, and the removal of what no
 * plan needs. Captured objects are no part of it; {@link Backups} lists them. Every call does I/O. Immutable.
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
     * Removes what no plan needs: what no plan has named since it was {@linkplain #forget forgotten}, and what the newest run
     * of its plan has not used. Anything written or used within the given time stays, so this may run beside migrations that
     * take no longer than that.
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
