package dev.mtc.api;

/**
 * What the caller may do next about a problem.
 *
 * @since 0.1
 */
public enum Remedy {
    /** Correct the input (plan, credentials, permissions, cluster) and start again. */
    FIX_INPUT,
    /** Try again, the cause may pass by itself. */
    RETRY,
    /** Resume the migration from where it stopped. */
    RESUME,
    /** Roll the migration back, or resume it after the cause is removed. */
    ROLL_BACK,
    /** Look at the cluster before doing anything: a write may or may not have happened. */
    INSPECT
}
