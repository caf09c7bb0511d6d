package dev.mtc.api;

/**
 * When a hook runs within a cut-over (spec of MTC, hook phases).
 *
 * @since 0.1
 */
public enum HookPoint {
    /** Before anything is copied. */
    PRE_BACKUP("PreBackup"),
    /** After all data is copied. */
    POST_BACKUP("PostBackup"),
    /** After all data is copied, before the objects are made on the target. */
    PRE_RESTORE("PreRestore"),
    /** After the applications of the target were started. */
    POST_RESTORE("PostRestore");

    private final String wireName;

    HookPoint(String wireName) {
        this.wireName = wireName;
    }

    /** {@return MTC's name of it} */
    public String wireName() {
        return wireName;
    }
}
