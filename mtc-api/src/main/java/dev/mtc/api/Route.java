package dev.mtc.api;

/** The way that images or volume data take. */
public enum Route {
    /** From cluster to cluster. */
    DIRECT,
    /** Through the replication repository. */
    INDIRECT
}
