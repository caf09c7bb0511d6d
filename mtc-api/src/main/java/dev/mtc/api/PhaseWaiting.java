package dev.mtc.api;

import java.time.Instant;

/**
 * A phase waits for something; reported when the reason changes.
 *
 * @param runId the run
 * @param at when
 * @param phase the phase
 * @param reason what it waits for
 * @since 0.1
 */
public record PhaseWaiting(String runId, Instant at, Phase phase, String reason) implements MigrationEvent {

    @Override
    public String toString() {
        return "PhaseWaiting[" + runId + ": " + phase + " waits: " + reason.lines().findFirst().orElse("") + "]";
    }
}
