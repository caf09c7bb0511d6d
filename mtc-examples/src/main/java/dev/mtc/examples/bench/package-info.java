/** Measurements of mtc beside what others need for the same work. They look into the engine, whose parts they time one by one. */
@NullMarked
package dev.mtc.examples.bench;

import org.jspecify.annotations.NullMarked;
