package dev.mtc.engine.internal.phase;

import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.plan.PlannedVolumes;
import dev.mtc.engine.internal.plan.TargetClaims;
import dev.mtc.engine.internal.quiesce.Quiesce;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.transfer.VolumeTransfers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Stops and starts the applications of one side. On the target only what the plan put there is touched. */
final class Applications {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private Applications() {}

    private static Quiesce of(RunContext context, Side side) {
        List<String> namespaces = context.plan().namespaces().stream()
                .map(side == Side.SOURCE ? NamespaceMapping::source : NamespaceMapping::target)
                .toList();
        String selector =
                side == Side.SOURCE ? context.plan().labelSelector().orElse("") : Labels.PLAN + "=" + context.planUid();
        return new Quiesce(context.server(side), context.discovery(side), namespaces, selector);
    }

    /** Scales applications down. */
    static final class Stop implements PhaseHandler {
        private final Side side;

        Stop(Side side) {
            this.side = side;
        }

        @Override
        public Outcome run(RunContext context) {
            if (side == Side.SOURCE) {
                UnlessInUse.look(context);
                context.journal().sourceQuiesced(context.clock().instant());
            } else if (!context.migration().getSpec().isRollback()) {
                TargetClaims claims = new TargetClaims(context.server(Side.TARGET), context.planUid());
                cold(context).targets().forEach(claims::takeBack);
            }
            of(context, side).stop();
            return Outcome.advance();
        }
    }

    private static VolumeTransfers cold(RunContext context) {
        return context.work(VolumeTransfers.Cold.class, VolumeTransfers.Cold::new)
                .pass();
    }

    /** Waits until applications are down. */
    static final class EnsureStopped implements PhaseHandler {
        private final Side side;

        EnsureStopped(Side side) {
            this.side = side;
        }

        @Override
        public Outcome run(RunContext context) {
            List<String> pods = stillThere(context);
            if (!pods.isEmpty()) {
                return Outcome.waitFor(
                        LOOK_AGAIN,
                        pods.size() + (pods.size() == 1 ? " pod" : " pods") + " of the " + side.word()
                                + " still there, first " + pods.get(0));
            }
            if (side == Side.SOURCE) {
                warnAboutBarePods(context);
            }
            return Outcome.advance();
        }

        /** On the source all pods must be gone; where only some are the plan's, those that use its volumes. */
        private List<String> stillThere(RunContext context) {
            boolean all = side == Side.SOURCE && context.plan().labelSelector().isEmpty();
            Quiesce quiesce = of(context, side);
            return all ? quiesce.stillRunning() : quiesce.stillUsing(claims(context, side));
        }

        private static Set<String> claims(RunContext context, Side side) {
            return PlannedVolumes.find(context.plan(), context.server(Side.SOURCE)).stream()
                    .map(volume -> (side == Side.SOURCE ? volume.source() : volume.target()).toString())
                    .collect(Collectors.toSet());
        }

        private static void warnAboutBarePods(RunContext context) {
            for (String pod : of(context, Side.SOURCE).barePodsUsing(claims(context, Side.SOURCE))) {
                context.journal()
                        .warn(Problem.warning(
                                "source pods " + pod,
                                "PodNotQuiesced",
                                "it belongs to no workload, so it kept running while its volume was copied",
                                "delete the pod before the cut-over if it writes"));
            }
        }
    }

    /** Scales applications up again. */
    static final class Start implements PhaseHandler {
        private final Side side;

        Start(Side side) {
            this.side = side;
        }

        @Override
        public Outcome run(RunContext context) {
            of(context, side).start();
            if (side == Side.TARGET) {
                TargetClaims claims = new TargetClaims(context.server(Side.TARGET), context.planUid());
                cold(context).targets().stream()
                        .filter(claim ->
                                claims.find(claim).flatMap(claims::handedOverBy).isEmpty())
                        .forEach(claim -> claims.handOver(claim, context.runId()));
            }
            return Outcome.advance();
        }
    }
}
