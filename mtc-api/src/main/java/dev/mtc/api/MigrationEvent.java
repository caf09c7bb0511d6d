package dev.mtc.api;

import java.time.Instant;

/**
 * Something that happened in a run. Immutable.
 *
 * @since 0.1
 */
public sealed interface MigrationEvent
        permits PhaseStarted, PhaseWaiting, PhaseCompleted, TransferProgressed, Warned, Ended {

    /** {@return the run} */
    String runId();

    /** {@return when it happened} */
    Instant at();
}
