package dev.mtc.engine.internal.access;

import dev.mtc.api.ClusterScoped;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.companion.CompanionKinds;
import java.util.Set;

/** What an account has to be allowed for objects outside of namespaces that come along. */
final class CompanionPermissions {

    private static final String RBAC = "rbac.authorization.k8s.io";

    private final Plan plan;
    private final Side side;
    private final Discovery served;
    private final Permissions permissions;

    CompanionPermissions(Plan plan, Side side, Discovery served, Permissions permissions) {
        this.plan = plan;
        this.side = side;
        this.served = served;
        this.permissions = permissions;
    }

    void collect() {
        CompanionKinds.of(plan).stream()
                .flatMap(resource -> served.versions(resource).stream().limit(1))
                .forEach(kind -> {
                    permissions.add("", kind, "get", "list");
                    if (side == Side.TARGET) {
                        permissions.add("", kind, "create", "patch", "delete");
                    }
                });
        if (side == Side.SOURCE) {
            if (findsConstraints()) {
                permissions.add("", RBAC, "clusterrolebindings", "list");
                permissions.add("", RBAC, "clusterroles", "get");
            }
            plan.namespaces().stream().map(NamespaceMapping::source).forEach(this::findInSource);
        } else {
            grantAndFindUsers();
        }
    }

    /** Who may use them is told by roles, too. */
    private boolean findsConstraints() {
        return plan.clusterScoped().contains(ClusterScoped.SECURITY_CONTEXT_CONSTRAINTS)
                && CompanionKinds.of(ClusterScoped.SECURITY_CONTEXT_CONSTRAINTS).stream()
                        .anyMatch(resource -> !served.versions(resource).isEmpty());
    }

    private void findInSource(String namespace) {
        Set<ClusterScoped> wanted = plan.clusterScoped();
        if (wanted.contains(ClusterScoped.CLUSTER_ROLES)) {
            permissions.add(namespace, RBAC, "rolebindings", "list");
        }
        if (findsConstraints()) {
            permissions.add(namespace, RBAC, "rolebindings", "list");
            permissions.add(namespace, RBAC, "roles", "list");
        }
        if (wanted.contains(ClusterScoped.STORAGE_CLASSES)) {
            permissions.add(namespace, "", "persistentvolumeclaims", "list");
        }
        if (wanted.contains(ClusterScoped.PRIORITY_CLASSES)) {
            CompanionKinds.withPodTemplates().stream()
                    .flatMap(resource -> served.versions(resource).stream().limit(1))
                    .forEach(kind -> permissions.add(namespace, kind, "list"));
        }
    }

    /** A rollback looks in all namespaces whether somebody else uses what the plan brought. */
    private void grantAndFindUsers() {
        for (ClusterScoped what : plan.clusterScoped()) {
            switch (what) {
                case CLUSTER_ROLES -> {
                    permissions.add("", RBAC, "clusterroles", "bind", "escalate");
                    permissions.add("", RBAC, "rolebindings", "list");
                }
                case PRIORITY_CLASSES -> permissions.add("", "", "pods", "list");
                case STORAGE_CLASSES -> permissions.add("", "", "persistentvolumeclaims", "list");
                case ADMISSION_WEBHOOKS ->
                    plan.namespaces().forEach(mapping -> permissions.add(mapping.target(), "", "endpoints", "get"));
                default -> {}
            }
        }
    }
}
