package dev.mtc.engine.internal.plan;

import dev.mtc.api.Hook;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.PlannedHook;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.run.RunContext;
import java.util.List;
import java.util.Optional;

/** Whether hooks that run as Jobs find the namespace and the account that they are to run with. */
final class HookChecks {

    private HookChecks() {}

    static List<Problem> problems(RunContext context) {
        return context.plan().hooks().stream()
                .filter(planned -> planned.hook() instanceof Hook.Job)
                .flatMap(planned -> problem(context, planned, (Hook.Job) planned.hook()).stream())
                .toList();
    }

    private static Optional<Problem> problem(RunContext context, PlannedHook planned, Hook.Job job) {
        Plan plan = context.plan();
        ApiServer server = context.server(job.side());
        String where = "hooks[" + planned.point().wireName() + "]";
        String cluster = "the " + job.side().word() + " cluster "
                + plan.cluster(job.side()).name();
        NamespaceMapping first = plan.namespaces().get(0);
        String namespace = job.namespace().orElse(job.side() == Side.SOURCE ? first.source() : first.target());
        if (server.find("/api/v1/namespaces/" + namespace).isEmpty()) {
            boolean isMadeByThePlan = job.side() == Side.TARGET
                    && plan.namespaces().stream()
                            .anyMatch(mapping -> mapping.target().equals(namespace));
            return isMadeByThePlan
                    ? Optional.empty()
                    : Optional.of(Problem.critical(
                            where,
                            "InvalidHookNSName",
                            "there is no namespace '" + namespace + "' on " + cluster,
                            "make it, or name another with inNamespace(…)"));
        }
        String account = job.serviceAccount().orElse("default");
        return server.find("/api/v1/namespaces/" + namespace + "/serviceaccounts/" + account)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Problem.critical(
                        where,
                        "InvalidHookSAName",
                        "there is no service account '" + account + "' in namespace " + namespace + " of " + cluster,
                        "make it, or name another with serviceAccount(…)"));
    }
}
