/**
 * Copies images from registry to registry over the OCI distribution protocol: one class per endpoint, one for login, one
 * for retries, and the copy itself, which streams blobs and checks their digests on the way.
 */
@NullMarked
package dev.mtc.transfer.internal.registry;

import org.jspecify.annotations.NullMarked;
