package dev.mtc.api.spi;

/**
 * How large an image is.
 *
 * @param totalBytes all of it, layers that stay where they are left out
 * @param missingBytes what the target does not have yet
 */
public record ImageSize(long totalBytes, long missingBytes) {}
