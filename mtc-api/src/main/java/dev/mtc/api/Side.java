package dev.mtc.api;

/**
 * One of the two clusters of a plan.
 *
 * @since 0.1
 */
public enum Side {
    /** The cluster that the application comes from. */
    SOURCE,
    /** The cluster that the application goes to. */
    TARGET;

    /** {@return the word used in messages, {@code source} or {@code target}} */
    public String word() {
        return this == SOURCE ? "source" : "target";
    }
}
