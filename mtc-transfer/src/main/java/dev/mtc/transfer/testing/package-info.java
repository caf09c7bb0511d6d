/** What tests of migrations need besides clusters: a registry in this process, with switches for faults. */
@NullMarked
package dev.mtc.transfer.testing;

import org.jspecify.annotations.NullMarked;
