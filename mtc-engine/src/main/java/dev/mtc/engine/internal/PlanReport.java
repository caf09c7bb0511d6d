package dev.mtc.engine.internal;

import dev.mtc.api.CheckReport;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.MtcException;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.access.AccessCheck;
import dev.mtc.engine.internal.phase.ObjectWork;
import dev.mtc.engine.internal.plan.PlanCheck;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that can be said of a plan before it runs: permissions, MTC's conditions, registries, conflicts. */
final class PlanReport {

    private static final Logger LOG = LoggerFactory.getLogger(PlanReport.class);

    private PlanReport() {}

    static CheckReport of(RunContext context) {
        List<Problem> missing = permissions(context);
        List<Problem> problems = new ArrayList<>(missing);
        String summary = "";
        try {
            problems.addAll(PlanCheck.problems(context));
            if (problems.stream().noneMatch(Problem::blocks)) {
                problems.addAll(PlanCheck.registries(context));
                try (ObjectWork objects = new ObjectWork(context)) {
                    problems.addAll(objects.conflicts());
                }
                summary = PlanCheck.summary(context);
            }
        } catch (ClusterAccessException e) {
            boolean isExpected = e.status() == 403 && !missing.isEmpty();
            if (!isExpected) {
                throw e;
            }
            LOG.debug("The plan cannot be checked further without the missing permissions", e);
        }
        return new CheckReport("Plan " + context.plan().name(), summary, problems);
    }

    private static List<Problem> permissions(RunContext context) {
        try {
            return AccessCheck.problems(context);
        } catch (MtcException e) {
            LOG.debug("Permissions cannot be asked for; the check of the clusters says why", e);
            return List.of();
        }
    }
}
