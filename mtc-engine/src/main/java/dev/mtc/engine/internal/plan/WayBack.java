package dev.mtc.engine.internal.plan;

import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;

/** Whether what is to be brought back is newer than what it would replace. */
final class WayBack {

    private WayBack() {}

    /** {@return the claims that a plan has copied and that no application has taken over: the truth is still where they came from} */
    static List<Problem> problems(RunContext context, List<PlannedVolume> volumes) {
        TargetClaims claims = new TargetClaims(context.server(Side.SOURCE), context.planUid());
        List<Problem> problems = new ArrayList<>();
        for (PlannedVolume volume : volumes) {
            boolean isCopy = volume.claim().path("metadata").path("labels").has(Labels.PLAN);
            if (isCopy
                    && claims.handedOverBy(volume.claim()).isEmpty()
                    && claims.users(volume.source()).isEmpty()) {
                problems.add(Problem.error(
                        "volumes[" + volume.source() + "]",
                        "NotHandedOver",
                        "it is a copy that no application has taken over, so what it would replace, " + volume.target()
                                + ", is newer",
                        "cut the plan " + context.plan().reverses().orElse("") + " over first; an application that was"
                                + " started by hand on the copy has to run"));
            }
        }
        return problems;
    }
}
