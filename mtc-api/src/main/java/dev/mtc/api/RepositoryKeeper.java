package dev.mtc.api;

import java.time.Instant;

/**
 * Looks after what the movers of one kind keep in repositories. Found by {@link java.util.ServiceLoader}; thread-safe. All
 * methods throw {@link StorageAccessException} if the storage fails for good.
 *
 * @since 0.1
 */
public interface RepositoryKeeper extends Provider {

    /**
     * {@return what is there by plan}
     *
     * @param storage the repository
     */
    RepositoryInventory inventory(Storage storage);

    /**
     * Removes what no plan needs.
     *
     * @param storage the repository, which migrations may be using
     * @param unusedSince what was written or used after that stays
     * @return what was removed
     */
    RepositoryGarbage collectGarbage(Storage storage, Instant unusedSince);

    /**
     * Forgets what a plan has; nothing but {@link #collectGarbage} removes it.
     *
     * @param storage the repository
     * @param plan what the plan is called there
     */
    void forget(Storage storage, String plan);
}
