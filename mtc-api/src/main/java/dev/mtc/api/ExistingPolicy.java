package dev.mtc.api;

/**
 * What happens to an object that is on the target already, differs, and was not put there by the same plan.
 *
 * @since 0.1
 */
public enum ExistingPolicy {
    /** The check finds it and the migration does not start; the default. */
    FAIL,
    /** It stays as it is, and the result says so. */
    SKIP,
    /** It is changed by server-side apply with field manager {@code mtc}. */
    UPDATE
}
