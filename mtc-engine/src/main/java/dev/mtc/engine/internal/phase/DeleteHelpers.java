package dev.mtc.engine.internal.phase;

import dev.mtc.engine.internal.hook.HookJobs;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Duration;
import java.util.List;

/** Removes what helps to move data, and Jobs of hooks that a run left which was never ended. */
final class DeleteHelpers {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private DeleteHelpers() {}

    /** Asks for their deletion. */
    static final class Begin implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            new Helpers(context).delete();
            HookJobs.delete(context);
            return Outcome.advance();
        }
    }

    /** Waits until their pods are gone. */
    static final class End implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            List<String> pods = new Helpers(context).remainingPods();
            return pods.isEmpty()
                    ? Outcome.advance()
                    : Outcome.waitFor(LOOK_AGAIN, pods.size() + " helper pods are terminating, first " + pods.get(0));
        }
    }

    /** Both in one. */
    static final class Whole implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            new Begin().run(context);
            return new End().run(context);
        }
    }
}
