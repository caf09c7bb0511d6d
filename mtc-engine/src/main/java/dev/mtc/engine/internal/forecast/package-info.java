/** How long a cut-over is likely to take, from what earlier runs measured. */
@org.jspecify.annotations.NullMarked
package dev.mtc.engine.internal.forecast;
