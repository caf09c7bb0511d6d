package dev.mtc.api;

import java.time.Instant;

/**
 * A phase begins.
 *
 * @param runId the run
 * @param at when
 * @param phase the phase
 * @param step its pipeline step
 * @param index its place in the itinerary, from 1
 * @param count the number of phases in the itinerary
 * @since 0.1
 */
public record PhaseStarted(String runId, Instant at, Phase phase, String step, int index, int count)
        implements MigrationEvent {

    @Override
    public String toString() {
        return "PhaseStarted[" + runId + ": " + index + "/" + count + " " + step + " " + phase + "]";
    }
}
