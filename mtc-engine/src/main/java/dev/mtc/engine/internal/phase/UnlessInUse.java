package dev.mtc.engine.internal.phase;

import dev.mtc.api.MtcException;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.plan.Conversion;
import dev.mtc.engine.internal.plan.HandOver;
import dev.mtc.engine.internal.plan.PlannedVolume;
import dev.mtc.engine.internal.plan.PlannedVolumes;
import dev.mtc.engine.internal.plan.TargetClaims;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a phase of the way back out where an earlier cut-over has put the target to use: a run that fails or is canceled
 * after that must not take the application, and what it has written since, back to the source. Only a rollback may.
 *
 * @param inner the phase
 */
record UnlessInUse(PhaseHandler inner) implements PhaseHandler {

    private static final Logger LOG = LoggerFactory.getLogger(UnlessInUse.class);

    /** What the marks on the target said when they were first looked at. */
    private record Use(@Nullable String runId) {
        static Use of(RunContext context) {
            return new Use(Stream.concat(HandOver.of(context).by().stream(), marksOnClaims(context))
                    .filter(runId -> !runId.equals(context.runId()))
                    .findFirst()
                    .orElse(null));
        }

        private static Stream<String> marksOnClaims(RunContext context) {
            TargetClaims claims = TargetClaims.of(context);
            return PlannedVolumes.find(context).stream()
                    .filter(PlannedVolume::isCarried)
                    .map(PlannedVolume::target)
                    .flatMap(claim -> claims.find(claim).flatMap(claims::handedOverBy).stream());
        }
    }

    /** Looks at the marks while the clusters can be reached, for later. */
    static void look(RunContext context) {
        context.work(Use.class, Use::of);
    }

    private static Optional<String> user(RunContext context) {
        if (context.migration().getSpec().isRollback()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(context.work(Use.class, Use::of).runId());
        } catch (MtcException e) {
            // A target that cannot be reached must not keep the source from being started again.
            LOG.debug("Whether the target of run {} is in use cannot be seen", context.runId(), e);
            return Optional.empty();
        }
    }

    @Override
    public Outcome run(RunContext context) {
        if (Conversion.is(context.plan())) {
            return inPlace(context);
        }
        Optional<String> user = user(context);
        if (user.isEmpty()) {
            return inner.run(context);
        }
        context.journal()
                .warn(Problem.warning(
                        "target cluster " + context.plan().to().name(),
                        "TargetInUse",
                        "its applications own the data since run " + user.get()
                                + ", so they were left running and those of the source stopped",
                        "run the migration again, or roll back to return to the source"));
        return Outcome.advance();
    }

    /** Where workloads only mount other claims they are started on whichever they mount; the claims in use stay. */
    private Outcome inPlace(RunContext context) {
        Conversion conversion = Conversion.of(context);
        Optional<String> user =
                context.migration().getSpec().isRollback() ? Optional.empty() : conversion.handedOverBy();
        if (!(inner instanceof ReturnVolumes)) {
            user.ifPresent(runId -> SwapReferences.warnInUse(context, runId));
            return user.isPresent() ? Outcome.advance() : inner.run(context);
        }
        Outcome started = inner.run(context);
        if (started instanceof Outcome.Advance && user.isEmpty()) {
            conversion.forget();
        }
        return started;
    }
}
