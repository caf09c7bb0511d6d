package dev.mtc.engine.internal.phase;

import dev.mtc.api.Problem;
import dev.mtc.engine.internal.conversion.ReferenceSwap;
import dev.mtc.engine.internal.itinerary.Itinerary;
import dev.mtc.engine.internal.plan.Conversion;
import dev.mtc.engine.internal.plan.Conversion.Pair;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.util.List;
import java.util.Optional;

/**
 * Lets workloads mount converted claims and starts them; on the way back, those before, and leaves them stopped. Once all copies are
 * marked as handed over, which is before the first workload is started, only a rollback goes back: what is written from then on is
 * nowhere else.
 *
 * @param start starts the workloads that were stopped
 */
record SwapReferences(PhaseHandler start) implements PhaseHandler {

    @Override
    public Outcome run(RunContext context) {
        boolean isForth = Itinerary.Kind.STAGE
                .wireName()
                .equals(context.migration().getStatus().getItinerary());
        Conversion conversion = Conversion.of(context);
        return isForth ? forth(context, conversion) : back(context, conversion);
    }

    private Outcome forth(RunContext context, Conversion conversion) {
        if (conversion.handedOverBy().isEmpty()) {
            List<Pair> pairs = conversion.open();
            Optional<Pair> without =
                    pairs.stream().filter(pair -> pair.copy() == null).findFirst();
            if (without.isPresent()) {
                return Outcome.fail(Problem.error(
                        "target persistentvolumeclaims " + without.get().after(),
                        "ClaimMissing",
                        "it is gone, though " + without.get().before() + " was copied into it",
                        "run the migration again"));
            }
            Outcome swapped = ReferenceSwap.forth(context, pairs).advance();
            if (!(swapped instanceof Outcome.Advance)) {
                return swapped;
            }
            conversion.handOver();
        }
        return start.run(context);
    }

    private static Outcome back(RunContext context, Conversion conversion) {
        Optional<String> user =
                context.migration().getSpec().isRollback() ? Optional.empty() : conversion.handedOverBy();
        if (user.isPresent()) {
            warnInUse(context, user.get());
            return Outcome.advance();
        }
        List<Pair> pairs = conversion.revocable();
        Outcome swapped = ReferenceSwap.back(context, pairs).advance();
        if (swapped instanceof Outcome.Advance) {
            conversion.takeBack(pairs);
        }
        return swapped;
    }

    static void warnInUse(RunContext context, String user) {
        context.journal()
                .warn(Problem.warning(
                        "plan " + context.plan().name(),
                        "TargetInUse",
                        "workloads use the converted claims since run " + user + ", so they go on with those",
                        "roll back to return to the claims before"));
    }
}
