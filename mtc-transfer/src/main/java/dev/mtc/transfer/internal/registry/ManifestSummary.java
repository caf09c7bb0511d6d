package dev.mtc.transfer.internal.registry;

/**
 * What is known of a manifest without having read it.
 *
 * @param digest its name
 * @param sizeBytes its length
 */
record ManifestSummary(Digest digest, long sizeBytes) {}
