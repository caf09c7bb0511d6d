package dev.mtc.engine.internal.phase;

import dev.mtc.api.Problem;
import dev.mtc.api.RunRequest.Option;
import dev.mtc.api.model.v1alpha1.MigMigrationSpec;
import dev.mtc.engine.internal.plan.PlannedImages;
import dev.mtc.engine.internal.plan.PlannedVolume;
import dev.mtc.engine.internal.plan.PlannedVolumes;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.util.List;

/**
 * Says so when a stage has nothing to copy ahead of the cut-over: no volumes and no images (MTC's StageNoOp). A state
 * migration without volumes fails.
 */
final class StageWork implements PhaseHandler {

    @Override
    public Outcome run(RunContext context) {
        MigMigrationSpec spec = context.migration().getSpec();
        if (spec.isMigrateState() && !hasVolumes(context)) {
            return Outcome.fail(Problem.error(
                    "plan " + context.plan().name(),
                    "NoStateToMigrate",
                    "no volume is to be copied, and a state migration copies nothing else",
                    "choose VolumeChoice.copy() for claims of the plan, or cut over instead"));
        }
        if (!spec.isStage() && !spec.isMigrateState() && !spec.isQuiescePods()) {
            List<String> moved = moved(context);
            if (!moved.isEmpty()) {
                return Outcome.fail(Problem.error(
                        "volumes " + moved,
                        "MoveNotQuiesced",
                        "they are to be moved, and applications of both clusters would write to them at once",
                        "call quiesce() on the migration (" + Option.QUIESCE + "), or use VolumeChoice.copy()"));
            }
        }
        if (spec.isStage() && !hasVolumes(context) && !hasImages(context)) {
            context.journal()
                    .warn(Problem.warning(
                            "plan " + context.plan().name(),
                            "StageNoOp",
                            "neither volumes nor images are to be copied, so there is nothing to do ahead of the cut-over",
                            "go on with the cut-over"));
        }
        return Outcome.advance();
    }

    private static List<String> moved(RunContext context) {
        return PlannedVolumes.find(context).stream()
                .filter(PlannedVolume::isMoved)
                .map(volume -> volume.source().toString())
                .toList();
    }

    private static boolean hasVolumes(RunContext context) {
        return PlannedVolumes.find(context).stream()
                .anyMatch(volume -> volume.copy().isPresent());
    }

    private static boolean hasImages(RunContext context) {
        return !PlannedImages.find(context).images().isEmpty();
    }
}
