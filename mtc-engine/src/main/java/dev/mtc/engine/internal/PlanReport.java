package dev.mtc.engine.internal;

import dev.mtc.api.CheckReport;
import dev.mtc.api.PlanLimits;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.access.PlanProblems;
import dev.mtc.engine.internal.phase.ObjectWork;
import dev.mtc.engine.internal.plan.Conversion;
import dev.mtc.engine.internal.plan.PlanCheck;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;

/** Everything that can be said of a plan before it runs: permissions, MTC's conditions, registries, conflicts. */
final class PlanReport {

    private PlanReport() {}

    static CheckReport of(RunContext context) {
        List<Problem> problems = new ArrayList<>(PlanProblems.of(context, PlanLimits.none()));
        String summary = "";
        if (problems.stream().noneMatch(Problem::blocks)) {
            if (!Conversion.is(context.plan())) {
                problems.addAll(PlanCheck.registries(context));
                try (ObjectWork objects = new ObjectWork(context)) {
                    problems.addAll(objects.conflicts());
                }
            }
            summary = PlanCheck.summary(context);
        }
        return new CheckReport("Plan " + context.plan().name(), summary, problems);
    }
}
