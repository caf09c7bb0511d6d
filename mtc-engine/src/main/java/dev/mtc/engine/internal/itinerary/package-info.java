/** The itineraries as tables: which phases in which order under which flags, and how long each may take. */
@NullMarked
package dev.mtc.engine.internal.itinerary;

import org.jspecify.annotations.NullMarked;
