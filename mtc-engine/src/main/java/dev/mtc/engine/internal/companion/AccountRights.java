package dev.mtc.engine.internal.companion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What service accounts of a plan's namespaces may do beyond them. */
final class AccountRights {

    private static final String USER = "system:serviceaccount:";
    private static final String GROUP = "system:serviceaccounts:";

    private static final String CONSTRAINT_ROLE = "system:openshift:scc:";

    /** What OpenShift makes on every cluster. */
    private static final Set<String> CONSTRAINTS_OF_EVERY_CLUSTER = Set.of(
            "anyuid",
            "hostaccess",
            "hostmount-anyuid",
            "hostmount-anyuid-v2",
            "hostnetwork",
            "hostnetwork-v2",
            "insights-runtime-extractor-scc",
            "machine-api-termination-handler",
            "nested-container",
            "node-exporter",
            "nonroot",
            "nonroot-v2",
            "privileged",
            "restricted",
            "restricted-v2",
            "restricted-v3");

    private AccountRights() {}

    static List<Companion> roles(SourceLook look) {
        Accounts accounts = Accounts.ofSource(look.plan());
        List<Companion> found = new ArrayList<>();
        Set<String> roles = new TreeSet<>();
        for (ObjectNode binding : look.all(CompanionKinds.BINDINGS)) {
            if (!isOfEveryCluster(binding) && keep(binding, "subjects", accounts::isSubject)) {
                found.add(new Companion(CompanionKinds.BINDINGS, name(binding), binding));
                roles.add(binding.path("roleRef").path("name").asText());
            }
        }
        for (ObjectNode binding : look.ofPlan("rolebindings.rbac.authorization.k8s.io")) {
            if (binding.path("roleRef").path("kind").asText().equals("ClusterRole")) {
                roles.add(binding.path("roleRef").path("name").asText());
            }
        }
        Map<String, ObjectNode> brought = new TreeMap<>();
        roles.forEach(name -> look.find(CompanionKinds.ROLES, name).ifPresent(role -> bring(role, look, brought)));
        brought.forEach((name, role) -> found.add(new Companion(CompanionKinds.ROLES, name, role)));
        return found;
    }

    /** With the roles that it aggregates, without which the target's controller would take all rules from it. */
    private static void bring(ObjectNode role, SourceLook look, Map<String, ObjectNode> brought) {
        if (isOfEveryCluster(role) || brought.putIfAbsent(name(role), role) != null) {
            return;
        }
        for (JsonNode selector : role.path("aggregationRule").path("clusterRoleSelectors")) {
            look.all(CompanionKinds.ROLES, Selectors.text(selector))
                    .forEach(aggregated -> bring(aggregated, look, brought));
        }
    }

    static List<Companion> constraints(SourceLook look) {
        Accounts accounts = Accounts.ofSource(look.plan());
        List<ObjectNode> constraints = look.all(CompanionKinds.CONSTRAINTS);
        Set<String> used = constraints.isEmpty() ? Set.of() : ConstraintUse.names(look, accounts);
        List<Companion> found = new ArrayList<>();
        for (ObjectNode constraint : constraints) {
            boolean users = keep(constraint, "users", user -> accounts.isUser(user.asText()));
            boolean groups = keep(constraint, "groups", group -> accounts.isGroup(group.asText()));
            String name = name(constraint);
            if (!CONSTRAINTS_OF_EVERY_CLUSTER.contains(name)) {
                if (users || groups || used.contains(name)) {
                    found.add(new Companion(CompanionKinds.CONSTRAINTS, name, constraint));
                }
            } else if (users || groups) {
                look.leaveBehind(name, constraint);
            }
        }
        return found;
    }

    /** Service accounts of some namespaces, in all the ways in which they are named. */
    record Accounts(Collection<String> namespaces) {

        static Accounts ofSource(Plan plan) {
            return new Accounts(
                    plan.namespaces().stream().map(NamespaceMapping::source).collect(Collectors.toSet()));
        }

        static Accounts ofTarget(Plan plan) {
            return new Accounts(
                    plan.namespaces().stream().map(NamespaceMapping::target).collect(Collectors.toSet()));
        }

        boolean isSubject(JsonNode subject) {
            String name = subject.path("name").asText();
            return switch (subject.path("kind").asText()) {
                case "ServiceAccount" ->
                    namespaces.contains(subject.path("namespace").asText());
                case "User" -> isUser(name);
                case "Group" -> isGroup(name);
                default -> false;
            };
        }

        boolean isUser(String name) {
            return namespaces.stream().anyMatch(namespace -> name.startsWith(USER + namespace + ":"));
        }

        boolean isGroup(String name) {
            return namespaces.stream().anyMatch(namespace -> name.equals(GROUP + namespace));
        }
    }

    /** Takes elements out of a list that are not wanted; {@return whether any is left} */
    private static boolean keep(ObjectNode object, String field, Predicate<JsonNode> wanted) {
        if (!(object.get(field) instanceof ArrayNode list)) {
            return false;
        }
        list.removeIf(element -> !wanted.test(element));
        return !list.isEmpty();
    }

    private static boolean isOfEveryCluster(ObjectNode role) {
        boolean isDefault = role.path("metadata")
                .path("labels")
                .path("kubernetes.io/bootstrapping")
                .asText()
                .equals("rbac-defaults");
        String name = name(role);
        return isDefault || (name.startsWith("system:") && !isGrantOfConstraint(role, name));
    }

    /** {@return whether a name begins with system: although an administrator made it: oc calls bindings and roles so} */
    private static boolean isGrantOfConstraint(ObjectNode role, String name) {
        boolean isBinding = role.has("roleRef");
        return name.startsWith(CONSTRAINT_ROLE)
                && (isBinding || !CONSTRAINTS_OF_EVERY_CLUSTER.contains(name.substring(CONSTRAINT_ROLE.length())));
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }
}
