package dev.mtc.engine.internal.plan;

import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.Plan;
import dev.mtc.api.PlannedHook;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.hook.HookSite;
import dev.mtc.engine.internal.run.RunContext;
import java.util.List;
import java.util.Optional;

/**
 * Whether hooks that run as Jobs find the namespace and the account that they are to run with, and may be made there. A
 * namespace of the target that the plan brings is made by the run if need be, with its default account; other accounts are
 * there for the last hook, if the source has them.
 */
final class HookChecks {

    private final RunContext context;
    private final Plan plan;
    private final HookPoint point;
    private final HookSite site;
    private final ApiServer server;

    private HookChecks(RunContext context, HookPoint point, Hook.Job job) {
        this.context = context;
        this.plan = context.plan();
        this.point = point;
        this.site = HookSite.of(plan, job);
        this.server = context.server(site.side());
    }

    static List<Problem> problems(RunContext context) {
        return context.plan().hooks().stream()
                .filter(planned -> planned.hook() instanceof Hook.Job)
                .flatMap(planned -> of(context, planned).problem().stream())
                .toList();
    }

    private static HookChecks of(RunContext context, PlannedHook planned) {
        return new HookChecks(context, planned.point(), (Hook.Job) planned.hook());
    }

    private Optional<Problem> problem() {
        boolean isThere = server.find(site.namespacePath()).isPresent();
        if (!isThere && site.origin(plan).isEmpty()) {
            return Optional.of(wrong(
                    "InvalidHookNSName",
                    "there is no namespace '" + site.namespace() + "' on " + cluster(),
                    "make it, or name another with inNamespace(…)"));
        }
        boolean hasAccount = isThere
                ? server.find(site.accountPath()).isPresent()
                : site.account().equals(HookSite.DEFAULT_ACCOUNT);
        if (!hasAccount && !isAccountBrought()) {
            return Optional.of(wrong(
                    "InvalidHookSAName",
                    "there is no service account '" + site.account() + "' in namespace " + site.namespace() + " of "
                            + cluster() + " when the hook runs",
                    "make it, or name another with serviceAccount(…)"));
        }
        return ClusterCheck.mayDo(server, site.namespace(), "create", "batch", "jobs")
                ? Optional.empty()
                : Optional.of(Problem.error(
                        where(),
                        "HookNotPermitted",
                        "the account may not make Jobs in namespace " + site.namespace() + " of " + cluster(),
                        "give it that right, or name another namespace with inNamespace(…)"));
    }

    private boolean isAccountBrought() {
        return point == HookPoint.POST_RESTORE
                && site.origin(plan)
                        .flatMap(namespace -> context.server(Side.SOURCE).find(site.accountPath(namespace)))
                        .isPresent();
    }

    private Problem wrong(String code, String message, String fix) {
        return Problem.critical(where(), code, message, fix);
    }

    private String where() {
        return "hooks[" + point.wireName() + "]";
    }

    private String cluster() {
        return "the " + site.side().word() + " cluster "
                + plan.cluster(site.side()).name();
    }
}
