package dev.mtc.engine.internal.phase;

import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.move.VolumeReturns;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;

/**
 * Takes moved volumes back before the applications of the source are started on them again. A target that cannot be reached
 * must not keep them stopped, unless its own may be running on the volumes.
 *
 * @param start starts the applications of the source
 */
record ReturnVolumes(PhaseHandler start) implements PhaseHandler {

    private static final String RESTORE = "Restore";

    @Override
    public Outcome run(RunContext context) {
        Outcome returned = returned(context);
        return returned instanceof Outcome.Advance ? start.run(context) : returned;
    }

    private static Outcome returned(RunContext context) {
        try {
            return VolumeReturns.advance(context);
        } catch (ClusterAccessException e) {
            if (hasBegunToRestore(context) || context.migration().getSpec().isRollback()) {
                throw e;
            }
            context.journal()
                    .warn(Problem.warning(
                            "target cluster " + context.plan().to().name(),
                            "VolumesNotReturned",
                            "moved volumes were not taken back (" + e.getMessage()
                                    + "); nothing runs on them there, so the source was started again",
                            "roll back when the target can be reached"));
            return Outcome.advance();
        }
    }

    private static boolean hasBegunToRestore(RunContext context) {
        return context.migration().getStatus().getPipeline().stream()
                .anyMatch(step -> step.getName().equals(RESTORE) && step.getStarted() != null);
    }
}
