package dev.mtc.api;

import java.time.Instant;
import java.util.Optional;

/**
 * Looks after what is kept in repositories of one kind. Found by {@link java.util.ServiceLoader}; thread-safe. All
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
     * Reads all that is there and compares it with what it was when it was written. Changes nothing.
     *
     * @param storage the repository, which migrations may be using
     * @return what was read, and what of it is damaged or missing
     */
    RepositoryFindings check(Storage storage);

    /**
     * Removes what no plan needs.
     *
     * @param storage the repository, which migrations may be using
     * @param unusedSince what was written or used after that stays
     * @return what was removed
     */
    RepositoryGarbage collectGarbage(Storage storage, Instant unusedSince);

    /**
     * {@return the key that was made for what is there because nobody gave one, if there is one}
     *
     * @param storage the repository
     */
    default Optional<Secret> madeKey(Storage storage) {
        return Optional.empty();
    }

    /**
     * Removes the key that was made, if the storage's own is the same.
     *
     * @param storage the repository, with the key
     * @throws StorageAccessException if another key was made
     */
    default void removeMadeKey(Storage storage) {
        // most keep nothing that needs one
    }

    /**
     * Forgets what a plan has; nothing but {@link #collectGarbage} removes it.
     *
     * @param storage the repository
     * @param plan what the plan is called there
     */
    void forget(Storage storage, String plan);
}
