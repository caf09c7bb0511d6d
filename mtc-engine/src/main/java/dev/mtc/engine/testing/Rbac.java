package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Role-based access: users known by their bearer tokens may do what Roles and ClusterRoles allow that are bound to them. Thread-safe.
 */
final class Rbac {

    static final String GROUP = "rbac.authorization.k8s.io";

    /**
     * What a user wants to do.
     *
     * @param resource the plural name, with a subresource such as {@code pods/log}
     * @param namespace empty for the scope of the cluster
     * @param name empty for a collection
     */
    record Asked(String verb, String group, String resource, String namespace, String name) {}

    private final Store store;
    private final Map<String, User> byToken = new ConcurrentHashMap<>();
    private final Map<User, String> tokens = new ConcurrentHashMap<>();

    Rbac(Store store) {
        this.store = store;
    }

    String token(User user) {
        return tokens.computeIfAbsent(user, key -> {
            String token = UUID.randomUUID().toString();
            byToken.put(token, key);
            return token;
        });
    }

    User user(HttpRequest request) {
        String[] parts = request.header("authorization").split(" ", 2);
        @Nullable User user = parts.length == 2 && parts[0].equalsIgnoreCase("Bearer") ? byToken.get(parts[1]) : null;
        if (user == null) {
            throw ApiError.of(401, "Unauthorized", "Unauthorized");
        }
        return user;
    }

    boolean allows(User user, Asked asked) {
        return user.mayDoAnything() || rules(user, asked.namespace()).stream().anyMatch(rule -> allows(rule, asked));
    }

    private static boolean allows(JsonNode rule, Asked asked) {
        boolean isForAll = rule.path("resourceNames").isEmpty();
        return (isForAll || Trees.contains(rule.path("resourceNames"), asked.name()))
                && matches(rule.path("verbs"), asked.verb())
                && matches(rule.path("apiGroups"), asked.group())
                && matches(rule.path("resources"), asked.resource());
    }

    private static boolean matches(JsonNode patterns, String value) {
        return Trees.contains(patterns, "*") || Trees.contains(patterns, value);
    }

    /** {@return the rules for a user in a namespace, those of the cluster included} */
    List<JsonNode> rules(User user, String namespace) {
        List<JsonNode> rules = new ArrayList<>();
        bound(user, store.view(GROUP + "/clusterrolebindings", ""), rules);
        if (!namespace.isEmpty()) {
            bound(user, store.view(GROUP + "/rolebindings", namespace), rules);
        }
        return rules;
    }

    private void bound(User user, Collection<ObjectNode> bindings, List<JsonNode> rules) {
        for (ObjectNode binding : bindings) {
            if (Trees.items(binding.path("subjects")).stream().anyMatch(user::is)) {
                rules.addAll(rulesOf(binding.path("roleRef"), Trees.namespace(binding)));
            }
        }
    }

    private List<JsonNode> rulesOf(JsonNode roleRef, String namespace) {
        boolean ofCluster = Trees.text(roleRef, "kind").equals("ClusterRole");
        ObjectNode role = store.find(
                GROUP + (ofCluster ? "/clusterroles" : "/roles"),
                new ObjectKey(ofCluster ? "" : namespace, Trees.text(roleRef, "name")));
        return role == null ? List.of() : Trees.items(role.path("rules"));
    }

    /** {@return why a user may not write a role or a binding that gives more than he has; empty if he may} */
    String escalation(User user, Route route, JsonNode body) {
        if (route.type().plural().endsWith("bindings")) {
            JsonNode roleRef = body.path("roleRef");
            String roles = Trees.text(roleRef, "kind").equals("ClusterRole") ? "clusterroles" : "roles";
            Asked bind = new Asked("bind", GROUP, roles, route.namespace(), Trees.text(roleRef, "name"));
            return roleRef.isMissingNode()
                            || allows(user, bind)
                            || hasAll(user, rulesOf(roleRef, route.namespace()), route)
                    ? ""
                    : "the bound role grants more than its binder has";
        }
        Asked escalate = new Asked("escalate", GROUP, route.type().plural(), route.namespace(), route.name());
        // What a JSON patch makes of the rules is not looked at.
        return allows(user, escalate) || (body.isObject() && hasAll(user, Trees.items(body.path("rules")), route))
                ? ""
                : "the role grants more than its writer has";
    }

    private boolean hasAll(User user, List<JsonNode> rules, Route route) {
        return rules.stream().allMatch(rule -> Trees.items(rule.path("apiGroups")).stream()
                .allMatch(group -> Trees.items(rule.path("resources")).stream()
                        .allMatch(resource -> Trees.items(rule.path("verbs")).stream()
                                .allMatch(verb -> allows(
                                        user,
                                        new Asked(
                                                verb.asText(),
                                                group.asText(),
                                                resource.asText(),
                                                route.namespace(),
                                                ""))))));
    }
}
