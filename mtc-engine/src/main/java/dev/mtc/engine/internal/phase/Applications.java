package dev.mtc.engine.internal.phase;

import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.plan.Conversion;
import dev.mtc.engine.internal.plan.HandOver;
import dev.mtc.engine.internal.plan.PlannedVolume;
import dev.mtc.engine.internal.plan.PlannedVolumes;
import dev.mtc.engine.internal.plan.TargetClaims;
import dev.mtc.engine.internal.quiesce.Changes;
import dev.mtc.engine.internal.quiesce.EarlyEnd;
import dev.mtc.engine.internal.quiesce.PodTemplates;
import dev.mtc.engine.internal.quiesce.Quiesce;
import dev.mtc.engine.internal.quiesce.RunningPods;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.transfer.VolumeTransfers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Stops and starts the applications of one side. On the target only what the plan put there is touched. */
final class Applications {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final int LINES = 10;

    private Applications() {}

    private static Quiesce of(RunContext context, Side side) {
        return Quiesce.of(context.server(side), context.discovery(side), context.executor(), scope(context, side));
    }

    private static Quiesce.Scope scope(RunContext context, Side side) {
        List<String> namespaces = namespaces(context, side);
        if (Conversion.is(context.plan())) {
            Set<String> converted = converted(context);
            return new Quiesce.Scope(namespaces, "", workload -> PodTemplates.use(workload, converted));
        }
        return side == Side.SOURCE
                ? new Quiesce.Scope(namespaces, context.plan().labelSelector().orElse(""))
                : new Quiesce.Scope(namespaces, Labels.PLAN + "=" + context.planUid());
    }

    /** The claims that a conversion stops the users of: all of them where it goes back, else those that are not converted yet. */
    private static Set<String> converted(RunContext context) {
        Conversion conversion = Conversion.of(context);
        return context.migration().getSpec().isRollback() ? conversion.names() : Conversion.names(conversion.open());
    }

    /** Starts what uses claims of a conversion, converted or not; what it did not stop carries no note of that. */
    private static Quiesce toStart(RunContext context, Side side) {
        if (!Conversion.is(context.plan())) {
            return of(context, side);
        }
        Set<String> names = Conversion.of(context).names();
        return Quiesce.of(
                context.server(side),
                context.discovery(side),
                context.executor(),
                new Quiesce.Scope(namespaces(context, side), "", workload -> PodTemplates.use(workload, names)));
    }

    private static List<String> namespaces(RunContext context, Side side) {
        return context.plan().namespaces().stream()
                .map(side == Side.SOURCE ? NamespaceMapping::source : NamespaceMapping::target)
                .toList();
    }

    private static Set<String> claims(RunContext context, Side side) {
        if (Conversion.is(context.plan())) {
            return converted(context);
        }
        return PlannedVolumes.find(context).stream()
                .map(volume -> (side == Side.SOURCE ? volume.source() : volume.target()).toString())
                .collect(Collectors.toSet());
    }

    private static Set<String> moved(RunContext context) {
        return PlannedVolumes.find(context).stream()
                .filter(PlannedVolume::isMoved)
                .map(volume -> volume.source().toString())
                .collect(Collectors.toSet());
    }

    /** Notes what is worth a warning, and throws if something could not be changed. */
    private static void note(Changes changes, RunContext context) {
        context.journal().warnAll(changes.warnings());
        changes.failure().ifPresent(failure -> {
            throw failure;
        });
    }

    /**
     * The pods of a target that is given up: what they write goes with it. A rollback gives them their time, for they have
     * been in use and may write elsewhere, and it need not hurry.
     */
    private static Optional<EarlyEnd> early(RunContext context, Side side) {
        if (side == Side.SOURCE || context.migration().getSpec().isRollback()) {
            return Optional.empty();
        }
        List<PlannedVolume> volumes = PlannedVolumes.find(context);
        if (volumes.stream().anyMatch(PlannedVolume::isMoved)) {
            // What they write there is the source's own data.
            return Optional.empty();
        }
        Set<String> copies = volumes.stream()
                .filter(volume -> volume.copy().isPresent())
                .map(volume -> volume.target().toString())
                .collect(Collectors.toSet());
        return copies.isEmpty()
                ? Optional.empty()
                : Optional.of(EarlyEnd.find(
                        context.server(side),
                        context.discovery(side),
                        context.executor(),
                        new EarlyEnd.Copies(context.planUid(), namespaces(context, side), copies)));
    }

    private static VolumeTransfers cold(RunContext context) {
        return context.work(VolumeTransfers.Cold.class, VolumeTransfers.Cold::new)
                .pass();
    }

    /** {@return the pods of the source that came back after they had been stopped and use a volume that the target gets} */
    static List<String> backOnCopiedVolumes(RunContext context) {
        Set<String> copied = Conversion.is(context.plan())
                ? converted(context)
                : PlannedVolumes.find(context).stream()
                        .filter(PlannedVolume::isCarried)
                        .map(PlannedVolume::source)
                        .map(Object::toString)
                        .collect(Collectors.toSet());
        return copied.isEmpty() ? List.of() : of(context, Side.SOURCE).pods().using(copied);
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
                Forecasts.atStop(context);
            } else if (!context.migration().getSpec().isRollback()) {
                TargetClaims claims = new TargetClaims(context.server(Side.TARGET), context.planUid());
                cold(context).targets().forEach(claims::takeBack);
                HandOver.of(context).takeBack();
            }
            early(context, side).ifPresent(EarlyEnd::end);
            note(of(context, side).stop(), context);
            return Outcome.advance();
        }
    }

    /** Waits until applications are down. */
    static final class EnsureStopped implements PhaseHandler {
        private final Side side;

        EnsureStopped(Side side) {
            this.side = side;
        }

        @Override
        public Outcome run(RunContext context) {
            RunningPods pods = of(context, side).pods();
            Instant now = context.clock().instant();
            if (side == Side.TARGET) {
                List<String> remaining = remaining(pods.withoutEnded(now), context);
                if (remaining.isEmpty()) {
                    return Outcome.advance();
                }
                early(context, side).ifPresent(EarlyEnd::end);
                return waiting(remaining, List.of());
            }
            List<String> remaining = remaining(pods, context);
            Vigil vigil = context.work(Vigil.class, c -> new Vigil(now));
            if (vigil.isDue(now, remaining)) {
                Quiesce.StopAgain again = of(context, side).stopAgain();
                vigil.looked(now, remaining, again);
                note(again.changes(), context);
            }
            if (!remaining.isEmpty() || !vigil.isQuiet(now)) {
                return waiting(remaining, vigil.broughtBack());
            }
            List<String> onMoved = pods.bare(moved(context));
            return onMoved.isEmpty()
                    ? ofBarePods(pods.bare(claims(context, Side.SOURCE)), context)
                    : Outcome.fail(Problem.error(
                            "source pods " + String.join(", ", onMoved),
                            "PodNotQuiesced",
                            "they belong to no workload, so they would go on writing to a volume that is moved",
                            "delete them and run the migration again"));
        }

        private Outcome waiting(List<String> pods, List<String> broughtBack) {
            List<String> reasons = new ArrayList<>();
            if (!pods.isEmpty()) {
                reasons.add(pods.size() + (pods.size() == 1 ? " pod" : " pods") + " of the " + side.word()
                        + " still there, first " + pods.get(0));
            }
            reasons.addAll(broughtBack);
            List<String> lines = pods.stream()
                    .limit(LINES)
                    .map(pod -> "Pod " + pod + ": Running")
                    .toList();
            String reason = reasons.isEmpty() ? "whether what was stopped stays so" : String.join("; ", reasons);
            return new Outcome.Wait(LOOK_AGAIN, reason, lines);
        }

        /** On the source all pods must be gone; where only some are the plan's, those that use its volumes. */
        private List<String> remaining(RunningPods pods, RunContext context) {
            boolean all =
                    side == Side.SOURCE && context.plan().labelSelector().isEmpty() && !Conversion.is(context.plan());
            Set<String> claims = claims(context, side);
            return all ? pods.toAwait(claims) : pods.using(claims);
        }

        /** A pod that cannot be stopped goes on with the claim that it has, where a copy is to take the place of that. */
        private static Outcome ofBarePods(List<String> pods, RunContext context) {
            if (Conversion.is(context.plan()) && !pods.isEmpty()) {
                return Outcome.fail(Problem.error(
                        "source pods " + String.join(", ", pods),
                        "PodNotQuiesced",
                        "they belong to no workload, so they would go on with the claim that is converted",
                        "delete them and run the migration again"));
            }
            for (String pod : pods) {
                context.journal()
                        .warn(Problem.warning(
                                "source pods " + pod,
                                "PodNotQuiesced",
                                "it belongs to no workload, so it kept running while its volume was copied",
                                "delete the pod before the cut-over if it writes"));
            }
            return Outcome.advance();
        }
    }

    /** Scales applications up again. */
    static final class Start implements PhaseHandler {

        /** How long a cluster may take to act on a change that another one has to follow. */
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        private final Side side;

        Start(Side side) {
            this.side = side;
        }

        private record Begun(Instant at) {}

        @Override
        public Outcome run(RunContext context) {
            Quiesce quiesce = toStart(context, side);
            Changes changes = quiesce.start();
            note(changes, context);
            if (!changes.unfinished().isEmpty()) {
                Instant now = context.clock().instant();
                Instant begun = context.work(Begun.class, c -> new Begun(now)).at();
                if (now.isBefore(begun.plus(PATIENCE))) {
                    return Outcome.waitFor(
                            LOOK_AGAIN,
                            "the " + side.word() + " to scale " + String.join(", ", changes.unfinished())
                                    + " before pausing again");
                }
                note(quiesce.finishStart(), context);
            }
            if (side == Side.TARGET) {
                handOver(context);
                context.outage()
                        .started(context.clock().instant(), cold(context).took());
            }
            return Outcome.advance();
        }

        /** What an earlier run handed over stays its. */
        private static void handOver(RunContext context) {
            TargetClaims claims = new TargetClaims(context.server(Side.TARGET), context.planUid());
            cold(context).targets().stream()
                    .filter(claim ->
                            claims.find(claim).flatMap(claims::handedOverBy).isEmpty())
                    .forEach(claim -> claims.handOver(claim, context.runId()));
            HandOver.of(context).mark(context.runId());
        }
    }
}
