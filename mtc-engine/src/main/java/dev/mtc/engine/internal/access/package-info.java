/** What the accounts of a plan's clusters need to be allowed to do, as roles, and whether they are. */
@NullMarked
package dev.mtc.engine.internal.access;

import org.jspecify.annotations.NullMarked;
