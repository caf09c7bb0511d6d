package dev.mtc.api;

/**
 * What a migration does after it failed.
 *
 * @since 0.1
 */
public enum FailurePolicy {
    /** Remove helpers, keep what arrived on the target, start the source again; the default. */
    CLEAN_UP,
    /** Leave everything as it is, for looking at it; resume or roll back later. */
    KEEP,
    /** Remove what arrived on the target and start the source again. */
    ROLL_BACK
}
