package dev.mtc.engine.internal.access;

import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Side;
import dev.mtc.api.spi.Mover;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.companion.CompanionKinds;
import dev.mtc.engine.internal.companion.Companions;
import dev.mtc.engine.internal.hook.HookSite;
import dev.mtc.engine.internal.move.VolumeReturns;
import dev.mtc.engine.internal.objects.SelectedKinds;
import dev.mtc.engine.internal.phase.Helpers;
import dev.mtc.engine.internal.plan.Conversion;
import dev.mtc.engine.internal.plan.ImageMapping;
import dev.mtc.engine.internal.plan.PullSecret;
import dev.mtc.engine.internal.quiesce.Quiesce;
import dev.mtc.engine.internal.run.RunContext;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;

/** What an account has to be allowed on one side of a plan, by the kinds that the clusters serve. */
final class PlanPermissions {

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String CLAIMS = "persistentvolumeclaims";

    private final RunContext context;
    private final Plan plan;
    private final Side side;
    private final Discovery served;
    private final Permissions permissions = new Permissions();

    private PlanPermissions(RunContext context, Side side) {
        this.context = context;
        this.plan = context.plan();
        this.side = side;
        this.served = context.discovery(side);
    }

    static SortedSet<Permission> of(RunContext context, Side side) {
        PlanPermissions of = new PlanPermissions(context, side);
        of.collect();
        return of.permissions.all();
    }

    private void collect() {
        permissions.onNamespace("kube-system", "get");
        if (hasVolumes()) {
            permissions.add("", "storage.k8s.io", "storageclasses", "list");
        }
        for (NamespaceMapping mapping : plan.namespaces()) {
            String namespace = side == Side.SOURCE ? mapping.source() : mapping.target();
            permissions.onNamespace(namespace, "get");
            quiesce(namespace);
            Helpers.RESOURCES.forEach(resource -> permissions.add(namespace, "", resource, "list", "delete"));
            if (Conversion.is(plan)) {
                conversion(namespace);
            } else if (side == Side.SOURCE) {
                source(namespace);
            } else {
                target(namespace);
            }
            if (hasVolumes()) {
                context.providers().volumeMovers().forEach(mover -> movers(mover, namespace));
            }
        }
        if (hasVolumes() && VolumeReturns.mayMove(plan)) {
            moves();
        }
        new CompanionPermissions(plan, side, served, permissions).collect();
        if (side == Side.TARGET) {
            context.companions().of(CompanionKinds.DEFINITIONS).stream()
                    .flatMap(definition -> Companions.kinds(definition).stream().limit(1))
                    .forEach(kind -> permissions.add("", kind, "list"));
        }
        HookSite.all(plan).filter(site -> site.side() == side).forEach(this::hook);
    }

    private boolean hasVolumes() {
        return !plan.excludedResources().contains(CLAIMS);
    }

    private void source(String namespace) {
        SelectedKinds.captured(plan, served).forEach(kind -> permissions.add(namespace, kind, "list"));
        SelectedKinds.leftOut(plan, served).forEach(kind -> permissions.add(namespace, kind, "list"));
        if (ImageMapping.of(plan).isPresent() && plan.images().usesPullSecrets()) {
            permissions.add(namespace, "", "secrets", "list");
        }
        if (hasVolumes()) {
            permissions.add(namespace, "", CLAIMS, "list");
        }
    }

    /** Volumes are in no namespace. */
    private void moves() {
        permissions.add("", "storage.k8s.io", "volumeattachments", "list");
        permissions.add("", "", "persistentvolumes", "get", "list", "patch");
        if (side == Side.TARGET) {
            permissions.add("", "storage.k8s.io", "csinodes", "list");
            permissions.add("", "", "persistentvolumes", "create", "delete");
        }
    }

    private void conversion(String namespace) {
        permissions.add("", "", "persistentvolumes", "list");
        permissions.add(namespace, "", "serviceaccounts", "get");
        permissions.add(namespace, "", CLAIMS, "get", "list", "create", "patch", "delete");
        permissions.add(namespace, "apps", "statefulsets", "create", "delete");
        permissions.add(namespace, "batch", "jobs", "create", "delete");
        permissions.add(namespace, "", "secrets", "list", "create", "delete");
        SelectedKinds.removable(served).forEach(kind -> permissions.add(namespace, kind, "list"));
    }

    private void target(String namespace) {
        permissions.add("", "", "namespaces", "create");
        permissions.onNamespace(namespace, "patch", "delete");
        permissions.add(namespace, "", "serviceaccounts", "get");
        SelectedKinds.removable(served).forEach(kind -> permissions.add(namespace, kind, "list"));
        for (ResourceType kind : SelectedKinds.applied(plan, context.discovery(Side.SOURCE), served)) {
            permissions.add(namespace, kind, "get", "list", "create", "patch", "delete");
            grant(namespace, kind);
        }
        if (PullSecret.name(plan).isPresent()) {
            permissions.add(namespace, "", "secrets", "get", "create", "patch", "delete");
        }
        if (hasVolumes()) {
            permissions.add("", "", "persistentvolumes", "list");
            permissions.add(namespace, "", CLAIMS, "get", "create", "patch", "delete");
        }
    }

    /** Who brings roles gives rights that he may not have himself. */
    private void grant(String namespace, ResourceType kind) {
        if (kind.resource().equals("roles." + RBAC)) {
            permissions.add(namespace, RBAC, "roles", "escalate");
        } else if (kind.resource().equals("rolebindings." + RBAC)) {
            permissions.add(namespace, RBAC, "roles", "bind");
            permissions.add(namespace, RBAC, "clusterroles", "bind");
        }
    }

    private void quiesce(String namespace) {
        servedOnes(Quiesce.resources()).forEach(kind -> permissions.add(namespace, kind, "get", "list", "patch"));
        servedOnes(List.of("horizontalpodautoscalers.autoscaling", "pods"))
                .forEach(kind -> permissions.add(namespace, kind, "list"));
    }

    private List<ResourceType> servedOnes(Collection<String> resources) {
        return resources.stream()
                .flatMap(resource -> served.versions(resource).stream().limit(1))
                .toList();
    }

    /** Where both sides are one, its account has to be enough for both. */
    private void movers(Mover<?> mover, String namespace) {
        Side[] sides = Conversion.is(plan) ? Side.values() : new Side[] {side};
        for (Side of : sides) {
            rules(mover.requiredRules(of), namespace);
        }
    }

    private void rules(Collection<PolicyRule> rules, String namespace) {
        for (PolicyRule rule : rules) {
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    boolean isNamespaced = isNamespaced(group, resource);
                    permissions.add(
                            isNamespaced ? namespace : "",
                            group,
                            resource,
                            rule.getVerbs().toArray(String[]::new));
                }
            }
        }
    }

    private boolean isNamespaced(String group, String resource) {
        String plural = resource.replaceFirst("/.*", "");
        return served.versions(group.isEmpty() ? plural : plural + "." + group).stream()
                .allMatch(ResourceType::namespaced);
    }

    private void hook(HookSite site) {
        String namespace = site.namespace();
        permissions.onNamespace(namespace, "get");
        permissions.add(namespace, "", "serviceaccounts", "get");
        permissions.add(namespace, "batch", "jobs", "create", "delete", "get", "list", "patch");
        permissions.add(namespace, "", "configmaps", "create", "delete", "list");
        permissions.add(namespace, "", "pods", "list");
        permissions.add(namespace, "", "pods/log", "get");
        permissions.add(namespace, "", "events", "list");
    }
}
