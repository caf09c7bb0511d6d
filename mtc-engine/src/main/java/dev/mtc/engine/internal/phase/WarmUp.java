package dev.mtc.engine.internal.phase;

import dev.mtc.api.MtcException;
import dev.mtc.api.Problem;
import dev.mtc.api.Remedy;
import dev.mtc.api.model.v1alpha1.MigMigrationSpec;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.transfer.VolumeTransfers;
import java.time.Duration;
import java.util.List;

/**
 * The pass of a cut-over before the applications are stopped: begins it, waits for it and removes its helpers, for the last
 * pass writes to the same volumes. What fails in it is no more than a warning, because the last pass copies everything that
 * is missing. In other migrations the phase only begins their own pass.
 *
 * @param own begins the pass of other migrations
 */
record WarmUp(PhaseHandler own) implements PhaseHandler {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);
    private static final int MAX_RETRIES = 5;

    /** How this process fares with the pass. */
    private static final class Fortune {
        private int retries;
        private boolean failed;
    }

    @Override
    public Outcome run(RunContext context) {
        MigMigrationSpec spec = context.migration().getSpec();
        if (spec.isStage() || spec.isMigrateState()) {
            return own.run(context);
        }
        Outcome prepared = VolumeMigration.prepare(context);
        if (!(prepared instanceof Outcome.Advance)) {
            return prepared;
        }
        VolumeTransfers hot = VolumeMigration.hot(context);
        Fortune fortune = context.work(Fortune.class, c -> new Fortune());
        Outcome outcome = fortune.failed ? Outcome.advance() : copy(hot, fortune, context);
        if (outcome instanceof Outcome.Wait) {
            return outcome;
        }
        boolean isClean = fortune.failed ? hot.stop() : !hot.hasHelpers();
        return isClean ? outcome : Outcome.waitFor(LOOK_AGAIN, "helpers of volume copies are terminating");
    }

    private static Outcome copy(VolumeTransfers hot, Fortune fortune, RunContext context) {
        try {
            hot.create();
            Outcome outcome = hot.advance();
            fortune.retries = 0;
            if (outcome instanceof Outcome.Fail fail) {
                warn(fail.problems(), fortune, context);
                return new Outcome.Advance(fail.progress());
            }
            return outcome;
        } catch (MtcException e) {
            if (e.remedy() == Remedy.RETRY && ++fortune.retries <= MAX_RETRIES) {
                return Outcome.waitFor(LOOK_AGAIN.multipliedBy(2), "copying again: " + e.getMessage());
            }
            warn(List.of(Problem.error("volumes", "Failed", String.valueOf(e.getMessage()), "")), fortune, context);
            return Outcome.advance();
        }
    }

    private static void warn(List<Problem> problems, Fortune fortune, RunContext context) {
        fortune.failed = true;
        problems.forEach(problem -> context.journal()
                .warn(Problem.warning(
                        problem.where(),
                        "WarmUpFailed",
                        "it was not copied before the applications were stopped (" + problem.code() + ": "
                                + problem.message() + "), so the copy after that took longer",
                        problem.fix())));
    }
}
