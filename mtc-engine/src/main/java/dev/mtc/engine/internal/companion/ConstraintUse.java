package dev.mtc.engine.internal.companion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The SecurityContextConstraints that accounts of a plan may use because of a role that names them, which is how {@code oc adm policy
 * add-scc-to-user} grants them since OpenShift 4. Those of roles that allow all of them are not looked for.
 */
final class ConstraintUse {

    private static final String GROUP = "security.openshift.io";

    private final Set<String> clusterRoles = new TreeSet<>();
    private final Set<String> names = new TreeSet<>();

    private ConstraintUse() {}

    /** {@return the names of the constraints} */
    static Set<String> names(SourceLook look, AccountRights.Accounts accounts) {
        ConstraintUse use = new ConstraintUse();
        for (ObjectNode binding : look.all(CompanionKinds.BINDINGS)) {
            boolean isOurs = binding.path("subjects").valueStream().anyMatch(accounts::isSubject);
            if (isOurs) {
                use.add(binding);
            }
        }
        look.ofPlan("rolebindings.rbac.authorization.k8s.io").forEach(use::add);
        look.ofPlan("roles.rbac.authorization.k8s.io").forEach(use::addRulesOf);
        use.clusterRoles.forEach(role -> look.find(CompanionKinds.ROLES, role).ifPresent(use::addRulesOf));
        return use.names;
    }

    private void add(ObjectNode binding) {
        JsonNode role = binding.path("roleRef");
        if (role.path("kind").asText().equals("ClusterRole")) {
            clusterRoles.add(role.path("name").asText());
        }
    }

    private void addRulesOf(ObjectNode role) {
        role.path("rules").valueStream().flatMap(ConstraintUse::used).forEach(names::add);
    }

    private static Stream<String> used(JsonNode rule) {
        boolean isUse = has(rule, "apiGroups", GROUP)
                && has(rule, "resources", "securitycontextconstraints")
                && has(rule, "verbs", "use");
        return isUse ? rule.path("resourceNames").valueStream().map(JsonNode::asText) : Stream.empty();
    }

    private static boolean has(JsonNode rule, String field, String word) {
        return rule.path(field)
                .valueStream()
                .map(JsonNode::asText)
                .anyMatch(text -> text.equals(word) || text.equals("*"));
    }
}
