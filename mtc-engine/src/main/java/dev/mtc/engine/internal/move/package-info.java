/** Volumes that change clusters without being copied: given up on the source, taken over on the target, and back. */
@NullMarked
package dev.mtc.engine.internal.move;

import org.jspecify.annotations.NullMarked;
