package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.companion.CompanionKinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reports references to objects outside of namespaces that neither the target has nor the plan brings along: the object is applied all
 * the same, but its accounts lack rights or its pods are refused. What the account may not look at is taken for there. Used by one
 * thread.
 */
final class ClusterReferences {

    private static final String ROLES = "clusterroles.rbac.authorization.k8s.io";
    private static final String PRIORITIES = "priorityclasses.scheduling.k8s.io";
    private static final String RUNTIMES = "runtimeclasses.node.k8s.io";
    private static final String INGRESSES = "ingressclasses.networking.k8s.io";

    private final ApiServer target;
    private final Discovery served;
    private final Surroundings surroundings;
    private final List<String> brought;
    private final Map<Reference, Boolean> present = new HashMap<>();

    ClusterReferences(ApiServer target, Discovery served, RestoreSettings settings, Surroundings surroundings) {
        this.target = target;
        this.served = served;
        this.surroundings = surroundings;
        this.brought = CompanionKinds.of(settings.plan());
    }

    /** The name of something outside of namespaces. */
    private record Reference(String resource, String name) {}

    /** {@return the same, with a warning of each reference to what is not there} */
    Prepared look(Prepared prepared) {
        if (!(prepared instanceof Prepared.Applicable ready)) {
            return prepared;
        }
        List<Problem> problems = new ArrayList<>(ready.problems());
        in(ready).stream()
                .distinct()
                .filter(reference -> !reference.name().isEmpty())
                .filter(reference -> !present.computeIfAbsent(reference, this::isPresent))
                .forEach(reference -> problems.add(missing(ready, reference)));
        return problems.size() == ready.problems().size() ? ready : ready.problems(problems);
    }

    private static List<Reference> in(Prepared.Applicable ready) {
        ObjectNode object = ready.object();
        List<Reference> found = new ArrayList<>();
        switch (ready.key().resource()) {
            case "configmaps", "secrets" -> {}
            case "rolebindings.rbac.authorization.k8s.io" -> {
                if (Json.text(object, "roleRef", "kind").equals("ClusterRole")) {
                    found.add(new Reference(ROLES, Json.text(object, "roleRef", "name")));
                }
            }
            case "ingresses.networking.k8s.io" ->
                found.add(new Reference(INGRESSES, Json.text(object, "spec", "ingressClassName")));
            default ->
                PodSpecs.in(object).forEach(pod -> {
                    found.add(new Reference(PRIORITIES, Json.text(pod, "priorityClassName")));
                    found.add(new Reference(RUNTIMES, Json.text(pod, "runtimeClassName")));
                });
        }
        return found;
    }

    private boolean isPresent(Reference reference) {
        boolean comesAlong = brought.contains(reference.resource())
                && surroundings.has(new ObjectKey(reference.resource(), "", reference.name()));
        return comesAlong
                || served.versions(reference.resource()).stream()
                        .findFirst()
                        .map(type -> isOnTarget(type, reference.name()))
                        .orElse(true);
    }

    private boolean isOnTarget(ResourceType type, String name) {
        try {
            return target.find(type.path("", name)).isPresent();
        } catch (ClusterAccessException e) {
            if (e.status() == 403) {
                return true;
            }
            throw e;
        }
    }

    private Problem missing(Prepared.Applicable ready, Reference reference) {
        boolean maybeBrought =
                reference.resource().equals(ROLES) || reference.resource().equals(PRIORITIES);
        return Problem.warning(
                "target " + ready.key(),
                "UnresolvedReference",
                "it names " + reference.resource() + " " + reference.name() + ", which the target does not have",
                "make it on the target" + (maybeBrought ? ", or let the plan bring it withClusterScoped(…)" : ""));
    }
}
