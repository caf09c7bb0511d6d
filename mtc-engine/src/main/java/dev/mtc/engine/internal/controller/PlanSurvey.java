package dev.mtc.engine.internal.controller;

import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.engine.internal.condition.ProblemConditions;
import dev.mtc.engine.internal.condition.Reach;
import dev.mtc.engine.internal.plan.PlanCheck;
import dev.mtc.engine.internal.run.PlanIdentity;
import dev.mtc.engine.internal.run.RunContext;
import java.util.List;

/** What a plan's clusters show: its problems as conditions, and what its status tells of namespaces and storage classes. */
final class PlanSurvey {

    private final List<Problem> problems;
    private final Reach reach;

    private PlanSurvey(List<Problem> problems, Reach reach) {
        this.problems = problems;
        this.reach = reach;
    }

    static PlanSurvey of(RunContext context) {
        List<Problem> problems = PlanCheck.problems(context);
        boolean reachable =
                problems.stream().noneMatch(problem -> problem.code().endsWith("ClusterNotReady"));
        Reach reach = reachable
                ? Reach.between(
                        PlanIdentity.clusterUid(context.server(Side.SOURCE)),
                        PlanIdentity.clusterUid(context.server(Side.TARGET)))
                : Reach.INTER_CLUSTER;
        return new PlanSurvey(problems, reach);
    }

    /** {@return whether the plan's clusters are one} */
    Reach reach() {
        return reach;
    }

    /** Writes it down. */
    void into(MigPlan plan, Conditions conditions) {
        ProblemConditions.of(problems).forEach(conditions::set);
        if (!conditions.hasBlocker()) {
            conditions.set(Condition.of(Category.REQUIRED, "PvsDiscovered")
                    .reason("Done")
                    .message("The `persistentVolumes` list has been updated with discovered PVs."));
            conditions.set(Condition.of(Category.REQUIRED, "StorageEnsured")
                    .reason("Done")
                    .message("The storage resources have been created."));
        }
    }
}
