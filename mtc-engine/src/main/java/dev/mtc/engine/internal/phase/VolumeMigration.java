package dev.mtc.engine.internal.phase;

import dev.mtc.api.Phase;
import dev.mtc.api.Problem;
import dev.mtc.api.RunRequest.Option;
import dev.mtc.api.Side;
import dev.mtc.api.model.v1alpha1.MigMigrationSpec;
import dev.mtc.engine.internal.move.VolumeMoves;
import dev.mtc.engine.internal.objects.RestoreResult;
import dev.mtc.engine.internal.objects.TargetNamespaces;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.transfer.VolumeTransfers;
import java.time.Duration;
import java.util.List;

/** Copies volumes: a hot pass while the applications may run, a cold pass in a cut-over. That moves volumes, too. */
final class VolumeMigration {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private VolumeMigration() {}

    /** {@return the pass that the migration is there for} */
    static VolumeTransfers of(RunContext context) {
        return isHot(context) ? hot(context) : cold(context);
    }

    static VolumeTransfers hot(RunContext context) {
        return context.work(VolumeTransfers.Hot.class, VolumeTransfers.Hot::new).pass();
    }

    private static VolumeTransfers cold(RunContext context) {
        return context.work(VolumeTransfers.Cold.class, VolumeTransfers.Cold::new)
                .pass();
    }

    /** Stops all passes that there are; {@return whether nothing is left of them} */
    static boolean stop(RunContext context) {
        boolean hotIsGone = hot(context).stop();
        return cold(context).stop() && hotIsGone;
    }

    /** A state migration that stops the applications is the cut-over of its data, any other one copies ahead. */
    private static boolean isHot(RunContext context) {
        MigMigrationSpec spec = context.migration().getSpec();
        return spec.isStage() || (spec.isMigrateState() && !spec.isQuiescePods());
    }

    /** Makes namespaces and claims on the target and starts copying. */
    static final class Create implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            Outcome prepared = prepare(context);
            if (!(prepared instanceof Outcome.Advance)) {
                return prepared;
            }
            of(context).create();
            warnOfUser(context);
            boolean quiesced = context.migration().getSpec().isQuiescePods();
            if (!isHot(context) && !quiesced) {
                context.journal()
                        .warn(Problem.warning(
                                "phase " + Phase.CREATE_DIRECT_VOLUME_MIGRATION_FINAL,
                                "NotQuiesced",
                                "volumes were copied while applications of the source may have written to them",
                                "call quiesce() on the migration (" + Option.QUIESCE + ")"));
            }
            return Outcome.advance();
        }
    }

    /** Makes what has to be on the target before any claim. */
    static Outcome prepare(RunContext context) {
        TargetNamespaces.Ensured namespaces = TargetNamespaces.of(
                        context.server(Side.TARGET), ObjectWork.settings(context), context.server(Side.SOURCE))
                .ensure();
        namespaces.outcomes().forEach(context.journal()::item);
        if (!namespaces.unready().isEmpty()) {
            return Outcome.waitFor(
                    LOOK_AGAIN, "the default ServiceAccount of target namespaces " + namespaces.unready());
        }
        RestoreResult classes = ObjectWork.storageClasses(context);
        classes.outcomes().forEach(context.journal()::item);
        return classes.errors().isEmpty() ? Outcome.advance() : new Outcome.Fail(classes.errors());
    }

    /** MTC lets a migration choose as whom its pods run; here that is up to the mover. */
    private static void warnOfUser(RunContext context) {
        MigMigrationSpec spec = context.migration().getSpec();
        if (Boolean.FALSE.equals(spec.getRunAsRoot()) || spec.getRunAsUser() != null || spec.getRunAsGroup() != null) {
            context.journal()
                    .warn(Problem.warning(
                            "spec",
                            "RunAsIgnored",
                            "runAsRoot, runAsUser and runAsGroup are not followed: movers choose the user of their pods",
                            "remove them"));
        }
    }

    /** Waits until the helpers of copied volumes are gone. */
    static final class AwaitHelpers implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            VolumeTransfers volumes = of(context);
            Outcome outcome = volumes.advance();
            return outcome instanceof Outcome.Advance && volumes.hasHelpers()
                    ? Outcome.waitFor(LOOK_AGAIN.multipliedBy(3), "helper pods are terminating")
                    : outcome;
        }
    }

    /** Waits until all volumes are copied, then moves those that are not. */
    static final class Await implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            Outcome outcome = of(context).advance();
            boolean wasCold = !isHot(context) && context.migration().getSpec().isQuiescePods();
            if (!(outcome instanceof Outcome.Advance) || !wasCold) {
                return outcome;
            }
            List<String> back = Applications.backOnCopiedVolumes(context);
            if (!back.isEmpty()) {
                return Outcome.fail(Problem.error(
                        "source pods " + String.join(", ", back),
                        "SourceNotQuiesced",
                        "they came back while the volumes that they use were copied, so the copy may be torn",
                        "stop or pause what starts them, an operator or autoscaler, and run the migration again"));
            }
            // All is copied: what has to be given up by the source is so last.
            Outcome moved =
                    context.migration().getSpec().isMigrateState() ? Outcome.advance() : VolumeMoves.advance(context);
            return moved instanceof Outcome.Advance ? outcome : moved;
        }
    }
}
