package dev.mtc.api;

import java.time.Duration;

/**
 * A migration that is running or has ended. Thread-safe. Its threads are daemons and end with it.
 *
 * @since 0.1
 */
public interface MigrationRun {

    /**
     * The name under which a run's id is in SLF4J's diagnostic context (MDC) wherever work of the run is done: on its own
     * threads, on those of a given executor, and so in listeners, in-process hooks and movers.
     */
    String MDC_KEY = "mtc.run";

    /** {@return its id, the name of its MigMigration} */
    String id();

    /**
     * Waits for its end.
     *
     * @param limit how long to wait
     * @return how it ended, whatever way that is; see {@link MigrationResult#requireClean()}
     * @throws AwaitEndedException if the time is over or the thread is interrupted (its flag is set again); the run goes on
     */
    MigrationResult await(Duration limit);

    /**
     * Asks it to stop: the Cancel itinerary removes all helpers and starts the source's applications again. Returns at
     * once; {@link #await} tells when that is done, within 30 seconds. Has no effect on a run that has ended.
     */
    void cancel();

    /** {@return where it is} */
    Progress progress();

    /** {@return whether it has ended} */
    boolean isDone();
}
