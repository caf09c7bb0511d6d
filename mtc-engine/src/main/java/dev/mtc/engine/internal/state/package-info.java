/** State stores: the custom resources of a migration in memory or in a directory, written with fences. */
@NullMarked
package dev.mtc.engine.internal.state;

import org.jspecify.annotations.NullMarked;
