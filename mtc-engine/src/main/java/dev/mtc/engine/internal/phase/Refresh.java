package dev.mtc.engine.internal.phase;

import dev.mtc.api.Problem;
import dev.mtc.engine.internal.plan.PlanCheck;
import dev.mtc.engine.internal.run.BackgroundJob;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Checks the plan again on its clusters. Warnings about the plan are those of {@code Plan.check()} and not repeated as ones of
 * the migration, which would otherwise end with warnings that it cannot do anything about; so it is in MTC, too.
 */
final class Refresh {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private Refresh() {}

    private static final class Check {
        private final BackgroundJob<List<Problem>> job;

        private Check(RunContext context) {
            job = BackgroundJob.start(context.executor(), () -> PlanCheck.problems(context));
        }
    }

    /** Starts the check. */
    static final class Start implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            context.work(Check.class, Check::new);
            return Outcome.advance();
        }
    }

    /** Waits for what the check says. */
    static final class Await implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            Optional<List<Problem>> problems =
                    context.work(Check.class, Check::new).job.result();
            if (problems.isEmpty()) {
                return Outcome.waitFor(
                        LOOK_AGAIN, "the check of plan " + context.plan().name());
            }
            List<Problem> blocking =
                    problems.get().stream().filter(Problem::blocks).toList();
            return blocking.isEmpty() ? Outcome.advance() : new Outcome.Fail(blocking);
        }
    }
}
