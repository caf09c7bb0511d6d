package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.PlanLimits;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.api.model.v1alpha1.UnhealthyNamespace;
import dev.mtc.engine.internal.cluster.Pages;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What the pods of a plan's source namespaces tell: their number, their health, the nodes they ask for. */
public final class SourcePods {

    private static final int NAMED = 5;
    /** Labels that nodes of every cluster have. */
    private static final Set<String> COMMON_SELECTORS =
            Set.of("node-role.kubernetes.io/compute", "kubernetes.io/arch", "kubevirt.io/schedulable");

    private final List<Found> namespaces;

    private SourcePods(List<Found> namespaces) {
        this.namespaces = namespaces;
    }

    /** What was found in one namespace. */
    private static final class Found {
        private final NamespaceMapping mapping;
        private final Map<String, String> complaints = new TreeMap<>();
        private final Set<String> selectors = new TreeSet<>();
        private long running;

        private Found(NamespaceMapping mapping) {
            this.mapping = mapping;
        }

        private void note(ObjectNode pod) {
            PodHealth.complaint(pod)
                    .ifPresent(complaint ->
                            complaints.put(pod.path("metadata").path("name").asText(), complaint));
            if (pod.path("status").path("phase").asText().equals("Running")) {
                running++;
                for (Map.Entry<String, JsonNode> selector :
                        pod.path("spec").path("nodeSelector").properties()) {
                    if (!COMMON_SELECTORS.contains(selector.getKey())) {
                        selectors.add(
                                selector.getKey() + "=" + selector.getValue().asText());
                    }
                }
            }
        }
    }

    /** {@return a look at the pods of all source namespaces, page by page} */
    public static SourcePods of(RunContext context) {
        ResourceType pods = context.discovery(Side.SOURCE).versions("pods").get(0);
        List<Supplier<Found>> questions = new ArrayList<>();
        for (NamespaceMapping mapping : context.plan().namespaces()) {
            questions.add(() -> {
                Found found = new Found(mapping);
                Pages.of(context.server(Side.SOURCE), pods, mapping.source(), "")
                        .forEach(found::note);
                return found;
            });
        }
        return new SourcePods(Together.ask(context.executor(), questions));
    }

    /** {@return the unhealthy pods, for the status of a plan} */
    public List<UnhealthyNamespace> unhealthy() {
        Map<String, List<String>> pods = new LinkedHashMap<>();
        namespaces.forEach(found -> pods.put(found.mapping.source(), List.copyOf(found.complaints.keySet())));
        return PodHealth.status(pods);
    }

    List<Problem> nodeSelectors() {
        return namespaces.stream()
                .filter(found -> !found.selectors.isEmpty())
                .map(found -> Problem.warning(
                        NamespaceChecks.where(found.mapping),
                        "NamespacesHaveNodeSelectors",
                        "running pods want nodes with " + String.join(", ", found.selectors),
                        "label nodes of the target so, or take the node selectors away with a transform"))
                .toList();
    }

    List<Problem> tooMany(PlanLimits limits) {
        long running = namespaces.stream().mapToLong(found -> found.running).sum();
        return running <= limits.pods()
                ? List.of()
                : List.of(Problem.warning(
                        "namespaces",
                        "PodLimitExceeded",
                        running + " pods are running, " + limits.pods() + " are a good number for one plan",
                        "split the plan, or raise the limit"));
    }

    List<Problem> notHealthy() {
        return namespaces.stream()
                .filter(found -> !found.complaints.isEmpty())
                .map(found -> Problem.warning(
                        NamespaceChecks.where(found.mapping),
                        "SourcePodsNotHealthy",
                        "pods of the source are not healthy: " + first(found.complaints),
                        "mend or delete them, or they will be no better on the target"))
                .toList();
    }

    private static String first(Map<String, String> complaints) {
        List<String> named = complaints.entrySet().stream()
                .limit(NAMED)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .toList();
        int more = complaints.size() - named.size();
        return String.join(", ", named) + (more == 0 ? "" : " and " + more + " more");
    }
}
