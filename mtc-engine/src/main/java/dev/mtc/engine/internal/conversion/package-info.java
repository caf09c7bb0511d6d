/** Lets workloads mount other claims, for storage conversions. */
@NullMarked
package dev.mtc.engine.internal.conversion;

import org.jspecify.annotations.NullMarked;
