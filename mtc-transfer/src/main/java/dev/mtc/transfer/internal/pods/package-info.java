/** What movers of volumes have in common: pods that mount claims, how they are, and what they say of a tree of files. */
@NullMarked
package dev.mtc.transfer.internal.pods;

import org.jspecify.annotations.NullMarked;
