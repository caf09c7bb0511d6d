package dev.mtc.api;

import java.time.Instant;

/**
 * Something is being moved; at most two of these a second for each item.
 *
 * @param runId the run
 * @param at when
 * @param item what is moved and how far it is
 * @since 0.1
 */
public record TransferProgressed(String runId, Instant at, Progress.Item item) implements MigrationEvent {

    @Override
    public String toString() {
        return "TransferProgressed[" + runId + ": " + EventText.of(item) + "]";
    }
}
