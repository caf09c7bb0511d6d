package dev.mtc.engine.internal.companion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.Pages;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what is needed to find companions. What may not be read becomes a problem and is taken for absent. */
final class SourceLook {

    private final Plan plan;
    private final ApiServer source;
    private final Discovery served;
    private final List<Problem> problems = new ArrayList<>();

    SourceLook(Plan plan, ApiServer source, Discovery served) {
        this.plan = plan;
        this.source = source;
        this.served = served;
    }

    Plan plan() {
        return plan;
    }

    List<Problem> problems() {
        return problems;
    }

    /** {@return all objects of a kind outside of namespaces, none if it is not served} */
    List<ObjectNode> all(String resource) {
        return list(resource, "", "");
    }

    /** {@return the objects of a kind outside of namespaces that a label selector selects} */
    List<ObjectNode> all(String resource, String selector) {
        return list(resource, "", selector);
    }

    /** {@return the plan's objects of a kind in its namespaces} */
    List<ObjectNode> ofPlan(String resource) {
        List<ObjectNode> found = new ArrayList<>();
        for (NamespaceMapping mapping : plan.namespaces()) {
            found.addAll(list(resource, mapping.source(), plan.labelSelector().orElse("")));
        }
        return found;
    }

    private List<ObjectNode> list(String resource, String namespace, String selector) {
        List<ObjectNode> found = new ArrayList<>();
        type(resource)
                .ifPresent(type -> readable(type, namespace, () -> Pages.of(source, type, namespace, selector)
                        .forEach(found::add)));
        return found;
    }

    /** {@return whether the plan has an object of a kind} */
    boolean hasAny(ResourceType type) {
        boolean[] found = {false};
        for (NamespaceMapping mapping : plan.namespaces()) {
            readable(
                    type,
                    mapping.source(),
                    () -> found[0] |= !source.page(
                                    type.collection(mapping.source()),
                                    plan.labelSelector().orElse(""),
                                    "",
                                    1)
                            .path("items")
                            .isEmpty());
        }
        return found[0];
    }

    /** {@return an object outside of namespaces, with apiVersion and kind} */
    Optional<ObjectNode> find(String resource, String name) {
        Optional<ResourceType> type = type(resource);
        List<ObjectNode> found = new ArrayList<>();
        type.ifPresent(t -> readable(t, "", () -> source.find(t.path("", name)).ifPresent(found::add)));
        return found.stream().findFirst();
    }

    private Optional<ResourceType> type(String resource) {
        return served.versions(resource).stream().findFirst();
    }

    /** Notes whom a constraint that every cluster has allows more than on other clusters. */
    void leaveBehind(String constraint, ObjectNode rights) {
        String whom = Stream.of("users", "groups")
                .flatMap(field -> rights.path(field).valueStream())
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        problems.add(Problem.warning(
                "source " + CompanionKinds.CONSTRAINTS + " " + constraint,
                "ConstraintNotCarried",
                "it lists " + whom + ", but every cluster has its own and this one is not brought",
                "allow the accounts on the target: oc adm policy add-scc-to-user " + constraint + " -z ACCOUNT"));
    }

    private void readable(ResourceType type, String namespace, Runnable read) {
        try {
            read.run();
        } catch (ClusterAccessException e) {
            boolean notThereAfterAll = e.status() == 404 || e.status() == 405;
            if (notThereAfterAll) {
                return;
            }
            if (e.status() != 403) {
                throw e;
            }
            String where = type.resource() + (namespace.isEmpty() ? "" : " in " + namespace);
            problems.add(Problem.error(
                    "source " + where,
                    "ResourceNotReadable",
                    String.valueOf(e.getMessage()),
                    "let the account list and get " + where + ", or do not ask for it with withClusterScoped(…)"));
        }
    }
}
