package dev.mtc.engine.internal.objects;

import dev.mtc.api.Plan;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which kinds are migrated. Exclusions win over inclusions. Immutable. */
final class Selection {

    /** What MTC excludes although people make it: operators, catalogues and templates that have to be installed anew. */
    private static final Set<String> LEFT_OUT = Set.of(
            "templateinstances.template.openshift.io",
            "clusterserviceversions.operators.coreos.com",
            "subscriptions.operators.coreos.com",
            "operatorgroups.operators.coreos.com",
            "servicebrokers.servicecatalog.k8s.io",
            "servicebindings.servicecatalog.k8s.io",
            "serviceclasses.servicecatalog.k8s.io",
            "serviceinstances.servicecatalog.k8s.io",
            "serviceplans.servicecatalog.k8s.io");

    /** What only says how a cluster is doing, or shows the objects of another kind. */
    private static final Set<String> NEVER = Set.of(
            "imagetags.image.openshift.io",
            "packagemanifests.packages.operators.coreos.com",
            "events",
            "events.events.k8s.io",
            "leases.coordination.k8s.io",
            "rolebindings.authorization.openshift.io",
            "roles.authorization.openshift.io");

    private static final Set<String> NEVER_GROUPS =
            Set.of("metrics.k8s.io", "custom.metrics.k8s.io", "migration.openshift.io", "velero.io");

    /** Kinds that old servers show in two groups, and the group that counts where both are there. */
    private static final Map<String, String> COHABITING = Map.of(
            "ingresses.extensions", "ingresses.networking.k8s.io",
            "networkpolicies.extensions", "networkpolicies.networking.k8s.io",
            "deployments.extensions", "deployments.apps",
            "daemonsets.extensions", "daemonsets.apps",
            "replicasets.extensions", "replicasets.apps",
            "deploymentconfigs", "deploymentconfigs.apps.openshift.io");

    private final List<String> included;
    private final List<String> excluded;

    private Selection(List<String> included, List<String> excluded) {
        this.included = included;
        this.excluded = excluded;
    }

    static Selection of(Plan plan) {
        return new Selection(plan.includedResources(), plan.excludedResources());
    }

    /** {@return the namespaced kinds to list, in the order of their names} */
    List<ResourceType> kinds(Discovery source) {
        return listable(source).stream().filter(this::takes).toList();
    }

    /** {@return every namespaced kind whose objects can be listed and made, each once} */
    static List<ResourceType> listable(Discovery server) {
        return server.preferred().stream()
                .filter(ResourceType::namespaced)
                .filter(type -> type.verbs().contains("list") && type.verbs().contains("create"))
                .filter(type -> !isShownElsewhere(type, server))
                .sorted(Comparator.comparing(ResourceType::resource))
                .toList();
    }

    private static boolean isShownElsewhere(ResourceType type, Discovery server) {
        String successor = COHABITING.get(type.resource());
        return successor != null && !server.versions(successor).isEmpty();
    }

    /** {@return the kinds that the plan would take if they were not left out by default, and that people make objects of} */
    List<ResourceType> leftOut(Discovery source) {
        return listable(source).stream()
                .filter(type -> LEFT_OUT.contains(type.resource()))
                .filter(this::asksFor)
                .toList();
    }

    /** {@return the names that the plan includes and under which the source has only kinds that are never taken} */
    List<String> inVain(Discovery source) {
        List<ResourceType> listable = listable(source);
        return included.stream()
                .filter(name -> {
                    List<ResourceType> meant = listable.stream()
                            .filter(type -> matches(List.of(name), type))
                            .toList();
                    return !meant.isEmpty() && meant.stream().allMatch(Selection::isNeverTaken);
                })
                .toList();
    }

    /** {@return whether the plan wants objects of this kind} */
    boolean takes(ResourceType type) {
        return !isNeverTaken(type) && asksFor(type);
    }

    private boolean asksFor(ResourceType type) {
        return !matches(excluded, type) && (included.isEmpty() || matches(included, type));
    }

    private static boolean isNeverTaken(ResourceType type) {
        return NEVER_GROUPS.contains(type.group())
                || NEVER.contains(type.resource())
                || LEFT_OUT.contains(type.resource());
    }

    private static boolean matches(Collection<String> names, ResourceType type) {
        return names.contains(type.plural()) || names.contains(type.resource());
    }
}
