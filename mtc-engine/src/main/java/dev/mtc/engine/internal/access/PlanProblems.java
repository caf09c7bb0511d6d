package dev.mtc.engine.internal.access;

import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.MtcException;
import dev.mtc.api.PlanLimits;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.plan.PlanCheck;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with a plan whoever asks, a program or a controller: missing permissions, then MTC's conditions of a plan. */
public final class PlanProblems {

    private static final Logger LOG = LoggerFactory.getLogger(PlanProblems.class);
    private static final int FORBIDDEN = 403;

    private PlanProblems() {}

    /** {@return all of it, as far as the permissions allow to look} */
    public static List<Problem> of(RunContext context, PlanLimits limits) {
        List<Problem> missing = permissions(context);
        List<Problem> problems = new ArrayList<>(missing);
        try {
            problems.addAll(PlanCheck.problems(context, limits));
        } catch (ClusterAccessException e) {
            if (!isForMissingPermission(e, missing)) {
                throw e;
            }
            LOG.debug("The plan cannot be checked further without the missing permissions", e);
        }
        return List.copyOf(problems);
    }

    /** {@return whether something was refused for want of a permission that is among the problems} */
    public static boolean isForMissingPermission(ClusterAccessException e, List<Problem> problems) {
        return e.status() == FORBIDDEN
                && problems.stream().anyMatch(problem -> problem.code().equals(AccessCheck.MISSING));
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
