package dev.mtc.engine.internal.plan;

import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.MtcException;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanLimits;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.condition.Reach;
import dev.mtc.engine.internal.run.PlanIdentity;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks whether a plan can be carried out, changing nothing. The codes are MTC's condition types of a MigPlan, in the order in
 * which MTC looks; what does not depend on each other is asked at the same time. Later questions are left out while earlier
 * answers are critical.
 */
public final class PlanCheck {

    private final RunContext context;
    private final Plan plan;
    private final PlanLimits limits;

    private PlanCheck(RunContext context, PlanLimits limits) {
        this.context = context;
        this.plan = context.plan();
        this.limits = limits;
    }

    /** {@return everything that is wrong with the plan or worth a warning, conflicts of objects left out} */
    public static List<Problem> problems(RunContext context) {
        return problems(context, PlanLimits.none());
    }

    /** {@return the same for an installation that limits plans} */
    public static List<Problem> problems(RunContext context, PlanLimits limits) {
        return new PlanCheck(context, limits).problems();
    }

    /**
     * {@return what is wrong with the registries of the plan's clusters} Apart from the rest: a run finds out by itself, and
     * its image movers may reach what this process does not.
     */
    public static List<Problem> registries(RunContext context) {
        return RegistryChecks.unusable(context);
    }

    private List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(Supported.problems(plan));
        List<Supplier<List<Problem>>> partners =
                List.of(() -> connection(Side.SOURCE), () -> connection(Side.TARGET), this::storage);
        List<Supplier<List<Problem>>> places =
                List.of(this::reach, () -> new NamespaceChecks(context).problems(limits));
        List<Supplier<List<Problem>>> contents = new ArrayList<>(List.of(
                this::pods, () -> HookChecks.problems(context), () -> new VolumeChecks(context).problems(limits)));
        if (Conversion.is(plan)) {
            contents.add(() -> ConversionChecks.problems(context));
        } else {
            contents.add(() -> RegistryChecks.problems(context));
            contents.add(this::kinds);
        }
        for (List<Supplier<List<Problem>>> questions : List.of(partners, places, contents)) {
            List<Problem> found = Together.ask(context.executor(), questions).stream()
                    .flatMap(List::stream)
                    .toList();
            problems.addAll(found);
            if (found.stream().anyMatch(problem -> problem.severity() == Problem.Severity.CRITICAL)) {
                break;
            }
        }
        return List.copyOf(problems);
    }

    static String notReady(Side side) {
        return side == Side.SOURCE ? "SourceClusterNotReady" : "DestinationClusterNotReady";
    }

    private List<Problem> connection(Side side) {
        String where = side.word() + " cluster " + plan.cluster(side).name();
        try {
            return ClusterCheck.connection(context.server(side))
                    .map(problem -> Problem.critical(where, notReady(side), problem.message(), problem.fix()))
                    .stream()
                    .toList();
        } catch (MtcException e) {
            return List.of(AccessProblems.critical(where, notReady(side), e));
        } catch (RuntimeException e) {
            return List.of(Problem.critical(
                    where,
                    notReady(side),
                    "it cannot be reached: " + e.getMessage(),
                    "check its address and credentials"));
        }
    }

    private List<Problem> storage() {
        return plan.via().stream()
                .flatMap(storage -> StorageCheck.problems(storage, context.providers()).stream())
                .map(problem -> Problem.critical("via", "StorageNotReady", problem.message(), problem.fix()))
                .toList();
    }

    private List<Problem> reach() {
        if (Conversion.is(plan)) {
            return List.of();
        }
        Reach reach = Reach.between(
                PlanIdentity.clusterUid(context.server(Side.SOURCE)),
                PlanIdentity.clusterUid(context.server(Side.TARGET)));
        if (reach == Reach.INTER_CLUSTER) {
            return List.of();
        }
        return plan.namespaces().stream()
                .filter(mapping -> !mapping.isRename())
                .map(PlanCheck::keepsItsName)
                .toList();
    }

    private static Problem keepsItsName(NamespaceMapping mapping) {
        return Problem.critical(
                        NamespaceChecks.where(mapping),
                        "IntraClusterMigration",
                        "source and target are the same cluster and the namespace keeps its name",
                        "map it to another name, choose another target cluster, or give the same cluster as source and target"
                                + " to convert storage classes in it")
                .because("ConflictingNamespaces");
    }

    private List<Problem> pods() {
        return ifReadable(() -> {
            SourcePods pods = SourcePods.of(context);
            List<Problem> problems = new ArrayList<>(pods.nodeSelectors());
            problems.addAll(pods.tooMany(limits));
            problems.addAll(pods.notHealthy());
            return problems;
        });
    }

    private List<Problem> kinds() {
        List<Problem> problems = new ArrayList<>(KindChecks.unknown(plan, context.discovery(Side.SOURCE)));
        problems.addAll(KindChecks.incompatible(KindChecks.withoutPlace(context)));
        return problems;
    }

    /** An account that may not look at pods can still be enough to migrate without them. */
    private List<Problem> ifReadable(Supplier<List<Problem>> look) {
        try {
            return look.get();
        } catch (ClusterAccessException e) {
            if (e.status() != 403) {
                throw e;
            }
            Problem problem = AccessProblems.critical("source pods", "ResourceNotReadable", e);
            return List.of(Problem.warning(problem.where(), problem.code(), problem.message(), problem.fix()));
        }
    }

    /** {@return one line about the clusters, for a plan that is fine} */
    public static String summary(RunContext context) {
        return version(context.server(Side.SOURCE)) + " -> " + version(context.server(Side.TARGET)) + ", "
                + context.plan().namespaces().size() + " namespace"
                + (context.plan().namespaces().size() == 1 ? "" : "s");
    }

    private static String version(ApiServer server) {
        return server.get("/version").path("gitVersion").asText("unknown version");
    }
}
