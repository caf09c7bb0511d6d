/** Stand-ins for what lies outside, with switches for faults, for the tests of programs that use mtc or extend it. */
@NullMarked
package dev.mtc.transfer.testing;

import org.jspecify.annotations.NullMarked;
