package dev.mtc.engine.internal.phase;

import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Duration;
import java.util.function.Predicate;

/** Stops copies and removes what they needed. */
final class StopTransfers implements PhaseHandler {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private final String what;
    private final Predicate<RunContext> stop;

    /**
     * Stops some copies.
     *
     * @param stop asks them to stop and says whether nothing is left of them
     */
    StopTransfers(String what, Predicate<RunContext> stop) {
        this.what = what;
        this.stop = stop;
    }

    @Override
    public Outcome run(RunContext context) {
        return stop.test(context)
                ? Outcome.advance()
                : Outcome.waitFor(LOOK_AGAIN, "helpers of " + what + " copies are terminating");
    }
}
