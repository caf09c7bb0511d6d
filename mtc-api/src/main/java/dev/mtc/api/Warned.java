package dev.mtc.api;

import java.time.Instant;

/**
 * Something was survived that the result will mention.
 *
 * @param runId the run
 * @param at when
 * @param problem what
 * @since 0.1
 */
public record Warned(String runId, Instant at, Problem problem) implements MigrationEvent {

    @Override
    public String toString() {
        return "Warned[" + runId + ": " + problem + "]";
    }
}
