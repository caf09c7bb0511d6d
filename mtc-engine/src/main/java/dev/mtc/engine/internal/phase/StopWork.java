package dev.mtc.engine.internal.phase;

import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Duration;

/**
 * Ends what the run still does on other threads. Objects must not be applied any more while the applications of the
 * target are stopped or removed, or some would run on both sides.
 */
final class StopWork implements PhaseHandler {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    @Override
    public Outcome run(RunContext context) {
        RunHooks.stop(context);
        return context.work(ObjectWork.class, ObjectWork::new).isApplying()
                ? Outcome.waitFor(LOOK_AGAIN, "objects that are just being applied")
                : Outcome.advance();
    }
}
