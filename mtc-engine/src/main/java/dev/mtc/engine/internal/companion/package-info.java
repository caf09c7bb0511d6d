/** Objects outside of namespaces that a plan brings along: which they are, and which of them a rollback may delete. */
@NullMarked
package dev.mtc.engine.internal.companion;

import org.jspecify.annotations.NullMarked;
