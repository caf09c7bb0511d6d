/** Talking to API servers: connections, one place for requests, retries and errors, and API discovery. */
@NullMarked
package dev.mtc.engine.internal.cluster;

import org.jspecify.annotations.NullMarked;
