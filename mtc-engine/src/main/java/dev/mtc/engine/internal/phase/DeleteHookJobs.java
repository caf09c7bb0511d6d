package dev.mtc.engine.internal.phase;

import dev.mtc.api.MtcException;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.hook.HookJobs;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the Jobs of hooks. What does not go becomes a warning: it must not make a migration fail that has succeeded. */
final class DeleteHookJobs implements PhaseHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteHookJobs.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private record Begun(Instant at) {}

    @Override
    public Outcome run(RunContext context) {
        Instant now = context.clock().instant();
        Instant begun = context.work(Begun.class, c -> new Begun(now)).at();
        try {
            List<String> left = HookJobs.delete(context);
            if (left.isEmpty()) {
                return Outcome.advance();
            }
            if (now.isBefore(begun.plus(PATIENCE))) {
                return Outcome.waitFor(LOOK_AGAIN, left.size() + " hooks are terminating, first " + left.get(0));
            }
            warn(context, "still there after " + PATIENCE.toSeconds() + " s: " + String.join(", ", left));
        } catch (MtcException e) {
            if (context.isStopping()) {
                throw e;
            }
            LOG.debug("Jobs of hooks of run {} cannot be removed", context.runId(), e);
            warn(context, String.valueOf(e.getMessage()));
        }
        return Outcome.advance();
    }

    private static void warn(RunContext context, String what) {
        context.journal()
                .warn(Problem.warning(
                        "hooks", "HookJobsRemain", what, "delete these Jobs; the next run of the plan does so too"));
    }
}
