package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets requests in or refuses them, and says beforehand which it would let in. Thread-safe. */
final class Gate {

    private final AccessRules access;
    private final Store store;
    private final @Nullable Rbac rbac;

    Gate(AccessRules access, Store store, @Nullable Rbac rbac) {
        this.access = access;
        this.store = store;
        this.rbac = rbac;
    }

    private User user(HttpRequest request) {
        return rbac == null ? User.ADMIN : rbac.user(request);
    }

    /** Refuses who is not known, for what everybody known may do. */
    void requireKnown(HttpRequest request) {
        user(request);
    }

    void requireAllowed(Route route, String verb, HttpRequest request) {
        User user = user(request);
        ResourceType type = route.type();
        String resource = type.plural() + (route.subresource().isEmpty() ? "" : "/" + route.subresource());
        boolean isOneNamespace = type.is("", "namespaces") && !route.name().isEmpty();
        String namespace = isOneNamespace ? route.name() : route.namespace();
        Rbac.Asked asked = new Rbac.Asked(verb, type.group(), resource, namespace, route.name());
        if (!access.allows(verb, type.plural(), route.namespace()) || !mayDo(user, asked)) {
            throw refusal(route, user, verb);
        }
        if (makes(route, verb, request)
                && !mayDo(user, new Rbac.Asked("create", type.group(), resource, namespace, route.name()))) {
            throw refusal(route, user, "create");
        }
        boolean writesRoles = type.group().equals(Rbac.GROUP)
                && List.of("create", "update", "patch").contains(verb);
        if (rbac != null && writesRoles) {
            String escalation = rbac.escalation(user, route, Resources.parse(request));
            if (!escalation.isEmpty()) {
                throw ApiError.forbidden(type, route.name(), "user \"" + user.name() + "\": " + escalation);
            }
        }
    }

    private boolean mayDo(User user, Rbac.Asked asked) {
        return rbac == null || rbac.allows(user, asked);
    }

    /** A patch by server-side apply makes what is not there. */
    private boolean makes(Route route, String verb, HttpRequest request) {
        return verb.equals("patch")
                && request.header("content-type").startsWith("application/apply-patch")
                && store.find(route.type().storage(), route.key()) == null;
    }

    private static ApiError refusal(Route route, User user, String verb) {
        ResourceType type = route.type();
        String where = route.namespace().isEmpty()
                ? " at the cluster scope"
                : " in the namespace \"" + route.namespace() + "\"";
        String what = "User \"" + user.name() + "\" cannot " + verb + " resource \"" + type.plural()
                + "\" in API group \"" + type.group() + "\"" + where;
        return route.name().isEmpty()
                ? ApiError.of(403, "Forbidden", type.qualifiedName() + " is forbidden: " + what)
                : ApiError.forbidden(type, route.name(), what);
    }

    /** {@return the answer to a SelfSubjectAccessReview} */
    ObjectNode accessReview(HttpRequest request) {
        ObjectNode review = Resources.body(request);
        JsonNode asked = Trees.at(review, "spec", "resourceAttributes");
        String verb = Trees.text(asked, "verb");
        String plural = Trees.text(asked, "resource");
        String subresource = Trees.text(asked, "subresource");
        String namespace = Trees.text(asked, "namespace");
        Rbac.Asked full = new Rbac.Asked(
                verb,
                Trees.text(asked, "group"),
                plural + (subresource.isEmpty() ? "" : "/" + subresource),
                namespace,
                Trees.text(asked, "name"));
        boolean allowed = access.allows(verb, plural, namespace) && mayDo(user(request), full);
        Trees.in(review, "status").put("allowed", allowed);
        return answered(review);
    }

    /** {@return the answer to a SelfSubjectRulesReview, incomplete where denials stand that rules cannot say} */
    ObjectNode rulesReview(HttpRequest request) {
        ObjectNode review = Resources.body(request);
        User user = user(request);
        ObjectNode status = Trees.in(review, "status");
        status.put("incomplete", !access.isEmpty());
        status.putArray("nonResourceRules");
        ArrayNode rules = status.putArray("resourceRules");
        if (access.isEmpty() && (rbac == null || user.mayDoAnything())) {
            ObjectNode all = rules.addObject();
            all.putArray("verbs").add("*");
            all.putArray("apiGroups").add("*");
            all.putArray("resources").add("*");
        } else if (access.isEmpty() && rbac != null) {
            rbac.rules(user, Trees.text(review, "spec", "namespace")).forEach(rules::add);
        }
        return answered(review);
    }

    private static ObjectNode answered(ObjectNode review) {
        Trees.meta(review).putNull("creationTimestamp");
        return review;
    }
}
