package dev.mtc.engine.internal.phase;

import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.plan.PlannedImages;
import dev.mtc.engine.internal.plan.PlannedVolumes;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;

/** Says so when a stage has nothing to copy ahead of the cut-over: no volumes and no images (MTC's StageNoOp). */
final class StageWork implements PhaseHandler {

    @Override
    public Outcome run(RunContext context) {
        if (context.migration().getSpec().isStage() && !hasVolumes(context) && !hasImages(context)) {
            context.journal()
                    .warn(Problem.warning(
                            "plan " + context.plan().name(),
                            "StageNoOp",
                            "neither volumes nor images are to be copied, so there is nothing to do ahead of the cut-over",
                            "go on with the cut-over"));
        }
        return Outcome.advance();
    }

    private static boolean hasVolumes(RunContext context) {
        return PlannedVolumes.find(context.plan(), context.server(Side.SOURCE)).stream()
                .anyMatch(volume -> volume.copy().isPresent());
    }

    private static boolean hasImages(RunContext context) {
        return !PlannedImages.find(context.plan(), context.server(Side.SOURCE), context.discovery(Side.SOURCE))
                .isEmpty();
    }
}
