/**
 * The itineraries as tables: which phases in which order under which flags, how long each may take, and in what they differ
 * from MTC's. They are printed in {@code docs/itineraries.md}.
 */
@NullMarked
package dev.mtc.engine.internal.itinerary;

import org.jspecify.annotations.NullMarked;
