package dev.mtc.api;

import java.time.Instant;

/**
 * The run has ended; the last event.
 *
 * @param runId the run
 * @param at when
 * @param result how
 * @since 0.1
 */
public record Ended(String runId, Instant at, MigrationResult result) implements MigrationEvent {

    @Override
    public String toString() {
        return "Ended[" + result + "]";
    }
}
