package dev.mtc.api;

import java.time.Instant;

/**
 * A phase is done.
 *
 * @param runId the run
 * @param at when
 * @param phase the phase
 * @param took from its start to its end
 * @since 0.1
 */
public record PhaseCompleted(String runId, Instant at, Phase phase, java.time.Duration took) implements MigrationEvent {

    @Override
    public String toString() {
        return "PhaseCompleted[" + runId + ": " + phase + " took " + took.toMillis() / 1000.0 + " s" + "]";
    }
}
