/** One run: the driver that walks an itinerary, what a phase may use, jobs in the background, events and the result. */
@NullMarked
package dev.mtc.engine.internal.run;

import org.jspecify.annotations.NullMarked;
