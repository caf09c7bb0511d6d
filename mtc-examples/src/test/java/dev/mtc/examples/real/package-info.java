/** Whole migrations between two real clusters, which the {@code MTC_*} environment variables name. */
@NullMarked
package dev.mtc.examples.real;

import org.jspecify.annotations.NullMarked;
