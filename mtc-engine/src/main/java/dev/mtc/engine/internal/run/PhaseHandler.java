package dev.mtc.engine.internal.run;

/** Does one phase. May be run again at any time with the same effect; never sleeps, never writes the migration's status. */
@FunctionalInterface
public interface PhaseHandler {

    /**
     * Looks, acts, and says what is to happen next.
     *
     * @throws dev.mtc.api.MtcException if something cannot be done; one that may pass is tried again by the driver
     */
    Outcome run(RunContext context);
}
