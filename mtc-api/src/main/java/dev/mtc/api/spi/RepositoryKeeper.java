package dev.mtc.api.spi;

import dev.mtc.api.Provider;
import dev.mtc.api.RepositoryGarbage;
import dev.mtc.api.RepositoryInventory;
import java.time.Instant;

/**
 * Looks after what the movers of one kind keep in repositories. Found by {@link java.util.ServiceLoader}; thread-safe. All
 * methods throw {@link dev.mtc.api.StorageAccessException} if the store fails for good.
 */
public interface RepositoryKeeper extends Provider {

    /**
     * {@return what is there by plan}
     *
     * @param store the repository
     */
    RepositoryInventory inventory(ObjectStore store);

    /**
     * Removes what no plan needs.
     *
     * @param store the repository, which migrations may be using
     * @param unusedSince what was written or used after that stays
     * @return what was removed
     */
    RepositoryGarbage collectGarbage(ObjectStore store, Instant unusedSince);

    /**
     * Forgets what a plan has; nothing but {@link #collectGarbage} removes it.
     *
     * @param store the repository
     * @param plan what the plan is called there
     */
    void forget(ObjectStore store, String plan);
}
