/** Tests of the registry mover against the fake registry, and against real ones. */
@NullMarked
package dev.mtc.transfer.internal.registry;

import org.jspecify.annotations.NullMarked;
