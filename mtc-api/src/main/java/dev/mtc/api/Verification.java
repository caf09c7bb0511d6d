package dev.mtc.api;

/**
 * How much of a copied volume is compared on both sides once nothing writes to it any more. Names, types, modes, owners, sizes,
 * times, targets of links, hard links, extended attributes and ACLs always are.
 *
 * @since 0.1
 */
public enum Verification {
    /** The contents of all files, too. */
    FULL,
    /** The contents of a random tenth of the files, of a hundred at least. */
    SAMPLED,
    /** No contents. */
    METADATA
}
