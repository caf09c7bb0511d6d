/**
 * The volume mover by way of a bucket: a pod beside the source's claim backs it up with restic, then one beside the target's
 * claim restores it. The clusters need not reach each other.
 */
@NullMarked
package dev.mtc.transfer.internal.restic;

import org.jspecify.annotations.NullMarked;
