package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanLimits;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whether a plan's namespaces are where they have to be, and may become what they are to become. */
final class NamespaceChecks {

    private static final String COLLECTION = "/api/v1/namespaces";
    private static final int SUGGESTIONS = 10;

    /** What OpenShift gives a namespace, and files of volumes are owned by. */
    private static final List<String> RANGES = List.of(
            "openshift.io/sa.scc.mcs", "openshift.io/sa.scc.supplemental-groups", "openshift.io/sa.scc.uid-range");

    private final RunContext context;
    private final Plan plan;
    private final ApiServer source;
    private final ApiServer target;

    NamespaceChecks(RunContext context) {
        this.context = context;
        this.plan = context.plan();
        this.source = context.server(Side.SOURCE);
        this.target = context.server(Side.TARGET);
    }

    static String where(NamespaceMapping mapping) {
        return "namespaces[" + mapping + "]";
    }

    List<Problem> problems(PlanLimits limits) {
        List<Problem> problems = new ArrayList<>();
        int count = plan.namespaces().size();
        if (count > limits.namespaces()) {
            problems.add(Problem.critical(
                    "namespaces",
                    "NamespaceLimitExceeded",
                    count + " namespaces are listed, " + limits.namespaces() + " are allowed",
                    "split the plan, or raise the limit"));
        }
        List<Supplier<List<Problem>>> questions = new ArrayList<>();
        plan.namespaces().forEach(mapping -> questions.add(() -> of(mapping)));
        Together.ask(context.executor(), questions).forEach(problems::addAll);
        return problems;
    }

    private List<Problem> of(NamespaceMapping mapping) {
        Optional<ObjectNode> from = source.find(COLLECTION + "/" + mapping.source());
        Optional<ObjectNode> to = target.find(COLLECTION + "/" + mapping.target());
        List<Problem> problems = new ArrayList<>();
        if (from.isEmpty()) {
            problems.add(Problem.critical(
                    where(mapping),
                    "NamespaceNotFoundOnSourceCluster",
                    "there is no namespace '" + mapping.source() + "' on the source cluster "
                            + plan.from().name(),
                    "correct the name" + known()));
        }
        if (to.isEmpty()) {
            mayBeMade(mapping).ifPresent(problems::add);
        } else if (to.get().path("metadata").has("deletionTimestamp")) {
            problems.add(Problem.error(
                    where(mapping),
                    "NamespaceTerminating",
                    "namespace '" + mapping.target() + "' is being deleted on the target cluster",
                    "wait until it is gone, or use another name"));
        } else {
            from.flatMap(namespace -> otherRanges(mapping, namespace, to.get())).ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<Problem> mayBeMade(NamespaceMapping mapping) {
        return ClusterCheck.mayDo(target, "", "create", "", "namespaces")
                ? Optional.empty()
                : Optional.of(Problem.critical(
                        where(mapping),
                        "NamespaceNotFoundOnDestinationCluster",
                        "there is no namespace '" + mapping.target() + "' on the target cluster "
                                + plan.to().name() + ", and the account may not make it",
                        "make it there, or let the account create namespaces"));
    }

    private static Optional<Problem> otherRanges(NamespaceMapping mapping, ObjectNode from, ObjectNode to) {
        JsonNode ours = from.path("metadata").path("annotations");
        JsonNode theirs = to.path("metadata").path("annotations");
        List<String> different = RANGES.stream()
                .filter(range -> ours.has(range) && !ours.path(range).equals(theirs.path(range)))
                .toList();
        return different.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.warning(
                                where(mapping),
                                "IntraClusterMigration",
                                "namespace '" + mapping.target() + "' exists on the target with other values of "
                                        + String.join(", ", different)
                                        + ", so its pods may not be allowed to read the files of migrated volumes",
                                "give it the annotations of the source, or use a namespace that does not exist yet")
                        .because("ConflictingPermissions"));
    }

    private String known() {
        try {
            Stream<JsonNode> first = StreamSupport.stream(
                    source.page(COLLECTION, "", "", 20 * SUGGESTIONS)
                            .path("items")
                            .spliterator(),
                    false);
            return first.map(
                            namespace -> namespace.path("metadata").path("name").asText())
                    .filter(name -> !name.startsWith("kube-") && !name.startsWith("openshift"))
                    .limit(SUGGESTIONS)
                    .collect(Collectors.joining(", ", "; the cluster has ", ""));
        } catch (ClusterAccessException e) {
            // The suggestion is not worth another problem: the account may be allowed less than all namespaces.
            return "";
        }
    }
}
