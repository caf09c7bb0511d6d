package dev.mtc.engine.internal.phase;

import dev.mtc.api.Problem;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.engine.internal.condition.Reach;
import dev.mtc.engine.internal.plan.Conversion;
import dev.mtc.engine.internal.run.Admission;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Duration;
import java.util.List;

/**
 * Waits until no other migration of the plan that the state knows goes before this one, and refuses one that comes after a
 * cut-over (MTC specification 3.8). What else keeps a migration from running is checked with the plan.
 */
final class AwaitTurn implements PhaseHandler {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    @Override
    public Outcome run(RunContext context) {
        MigMigration self = context.migration();
        List<MigMigration> samePlan = context.store().list(MigMigration.class).stream()
                .filter(other -> isOfPlan(other, context.plan().name()))
                .toList();
        List<Condition> obstacles = Admission.of(self, samePlan, readyPlan(context), reach(context));
        if (obstacles.stream().anyMatch(obstacle -> obstacle.getType().equals("HasFinalMigration"))) {
            return Outcome.fail(Problem.error(
                    "plan " + context.plan().name(),
                    "HasFinalMigration",
                    "it was cut over already, as this state knows",
                    "roll it back first, or make a new plan"));
        }
        List<Problem> wrong = obstacles.stream()
                .filter(obstacle -> obstacle.getType().equals("InvalidSpec") || Admission.isFinal(obstacle))
                .map(obstacle -> Problem.error(
                        "migration " + context.runId(), "InvalidSpec", String.valueOf(obstacle.getMessage()), ""))
                .toList();
        if (!wrong.isEmpty()) {
            return new Outcome.Fail(wrong);
        }
        return obstacles.isEmpty()
                ? Outcome.advance()
                : Outcome.waitFor(
                        LOOK_AGAIN,
                        "other migrations of the plan go first: " + open(self, samePlan)
                                + "; resume or cancel one that no process drives");
    }

    private static Reach reach(RunContext context) {
        return Conversion.is(context.plan()) ? Reach.INTRA_CLUSTER : Reach.INTER_CLUSTER;
    }

    private static boolean isOfPlan(MigMigration migration, String plan) {
        ObjectReference reference = migration.getSpec().getMigPlanRef();
        return reference != null && plan.equals(reference.getName());
    }

    /** The plan as far as the order of its migrations depends on it. */
    private static MigPlan readyPlan(RunContext context) {
        MigPlan plan = new MigPlan();
        plan.setMetadata(new ObjectMetaBuilder()
                .withNamespace(context.store().namespace())
                .withName(context.plan().name())
                .build());
        plan.getStatus().getConditions().add(Condition.of(Category.REQUIRED, Conditions.READY));
        return plan;
    }

    private static List<String> open(MigMigration self, List<MigMigration> samePlan) {
        return samePlan.stream()
                .filter(other -> !Admission.isComplete(other))
                .map(other -> other.getMetadata().getName())
                .filter(name -> !name.equals(self.getMetadata().getName()))
                .toList();
    }
}
