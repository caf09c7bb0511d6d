package dev.mtc.api;

/**
 * How the data of a volume is copied, MTC's {@code copyMethod}.
 *
 * @since 0.1
 */
public enum CopyMethod {
    /** File by file. */
    FILESYSTEM,
    /** Block by block, for volumes of mode Block. */
    BLOCK,
    /** By a snapshot of the storage system. */
    SNAPSHOT
}
