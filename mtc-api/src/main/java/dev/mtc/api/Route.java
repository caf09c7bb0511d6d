package dev.mtc.api;

/**
 * The way that images or volume data take.
 *
 * @since 0.1
 */
public enum Route {
    /** From cluster to cluster. */
    DIRECT,
    /** Through the replication repository. */
    INDIRECT
}
