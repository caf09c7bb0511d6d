package dev.mtc.engine.internal.access;

import dev.mtc.api.Plan;
import dev.mtc.api.RequiredRoles;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.RunContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The permissions that a plan needs as Roles and ClusterRoles. */
public final class PlanRoles {

    private final Plan plan;

    private PlanRoles(Plan plan) {
        this.plan = plan;
    }

    /** {@return the roles of both sides} */
    public static RequiredRoles of(RunContext context) {
        PlanRoles roles = new PlanRoles(context.plan());
        return new RequiredRoles(roles.on(context, Side.SOURCE), roles.on(context, Side.TARGET));
    }

    private List<HasMetadata> on(RunContext context, Side side) {
        Map<String, List<Permission>> byNamespace = new TreeMap<>();
        for (Permission permission : PlanPermissions.of(context, side)) {
            byNamespace
                    .computeIfAbsent(permission.namespace(), key -> new ArrayList<>())
                    .add(permission);
        }
        List<HasMetadata> roles = new ArrayList<>();
        Collection<Permission> whereNoRoleCanBe = new TreeSet<>();
        List<Permission> ofCluster = byNamespace.remove("");
        if (ofCluster != null) {
            roles.add(clusterRole(name(), ofCluster));
        }
        byNamespace.forEach((namespace, permissions) -> {
            boolean isThere =
                    context.server(side).find("/api/v1/namespaces/" + namespace).isPresent();
            if (isThere) {
                roles.add(role(namespace, permissions));
            } else {
                permissions.forEach(permission -> whereNoRoleCanBe.add(permission.inCluster()));
            }
        });
        if (!whereNoRoleCanBe.isEmpty()) {
            roles.add(clusterRole(name() + "-new-namespaces", whereNoRoleCanBe));
        }
        return roles;
    }

    private String name() {
        return "mtc-" + plan.name();
    }

    private static HasMetadata clusterRole(String name, Collection<Permission> permissions) {
        return new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Labels.access())
                .endMetadata()
                .withRules(rules(permissions))
                .build();
    }

    private HasMetadata role(String namespace, Collection<Permission> permissions) {
        return new RoleBuilder()
                .withNewMetadata()
                .withName(name())
                .withNamespace(namespace)
                .withLabels(Labels.access())
                .endMetadata()
                .withRules(rules(permissions))
                .build();
    }

    /** What may be done with an object, which kinds of a group have that in common, and for which names. */
    private record Kind(String group, String resource, String name) {}

    private record Common(String group, List<String> verbs, String nameOrResource) {}

    private static List<PolicyRule> rules(Collection<Permission> permissions) {
        Map<Kind, TreeSet<String>> verbs = new LinkedHashMap<>();
        permissions.forEach(
                p -> verbs.computeIfAbsent(new Kind(p.group(), p.resource(), p.name()), key -> new TreeSet<>())
                        .add(p.verb()));
        Map<Common, PolicyRuleBuilder> rules = new LinkedHashMap<>();
        verbs.forEach((kind, may) -> {
            boolean isForAll = kind.name().isEmpty();
            // Kinds share a rule if they share verbs; names share one if they are of one kind, too.
            Common common = new Common(kind.group(), List.copyOf(may), isForAll ? "" : kind.resource());
            PolicyRuleBuilder rule = rules.computeIfAbsent(
                    common,
                    key -> new PolicyRuleBuilder().withApiGroups(kind.group()).withVerbs(key.verbs()));
            if (isForAll) {
                rule.addToResources(kind.resource());
            } else {
                rule.withResources(kind.resource()).addToResourceNames(kind.name());
            }
        });
        return rules.values().stream().map(PolicyRuleBuilder::build).toList();
    }
}
