package dev.mtc.transfer.internal.registry;

/** Told how the writing of a blob goes on. Thread-safe. */
interface Sending {

    /** Counts bytes that were sent; negative if they were sent in vain. */
    void moved(long bytes);

    /** Takes a warning for the user. */
    void warn(String text);
}
