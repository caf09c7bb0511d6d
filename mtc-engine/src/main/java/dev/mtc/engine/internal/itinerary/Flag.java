package dev.mtc.engine.internal.itinerary;

/** What decides whether a row of an itinerary is entered. Looked at when the row is about to be entered. */
public enum Flag {
    /** The migration stops the source's applications. */
    QUIESCE,
    /** The cut-over copies volumes once before it stops the source's applications. */
    WARM,
    /** The migration changes storage classes within its cluster, or takes that back. */
    STORAGE_CONVERSION,
    /** The migration waits for the target's applications to be ready. */
    VERIFY,
    /** The plan copies images from registry to registry and has some. */
    DIRECT_IMAGE,
    /** The plan copies images through its repository and has some. */
    INDIRECT_IMAGE,
    /** The plan copies volume data, straight or through its repository, or moves volumes, and has some. */
    DIRECT_VOLUME,
    /** A hook is set before anything is copied. */
    HAS_PRE_BACKUP_HOOKS,
    /** A hook is set after all data is copied. */
    HAS_POST_BACKUP_HOOKS,
    /** A hook is set before objects are applied. */
    HAS_PRE_RESTORE_HOOKS,
    /** A hook is set after the target's applications were started. */
    HAS_POST_RESTORE_HOOKS,
    /** A hook runs as a Job. */
    HAS_HOOK_JOBS,
    /** Stopping the source's applications had begun. */
    QUIESCE_BEGUN,
    /** Applying objects on the target had begun. */
    RESTORE_BEGUN,
    /** Helpers are removed after a failure. */
    CLEAN_UP,
    /** What arrived on the target is removed after a failure. */
    ROLL_BACK
}
