package dev.mtc.engine.internal.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.plan.Together;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Whether the accounts of a plan's clusters may do what it needs. A namespace's rules are asked for at once; what they do not
 * allow, or what is of the cluster, is asked for one by one, as a server's rules need not be all that it goes by.
 */
public final class AccessCheck {

    /** The code of a missing permission. */
    public static final String MISSING = "PermissionMissing";

    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunContext context;
    private final Side side;
    private final ApiServer server;

    private AccessCheck(RunContext context, Side side) {
        this.context = context;
        this.side = side;
        this.server = context.server(side);
    }

    /** {@return what the accounts may not do, a problem for each kind in each namespace} */
    public static List<Problem> problems(RunContext context) {
        List<Problem> problems = new ArrayList<>();
        for (Side side : Side.values()) {
            problems.addAll(new AccessCheck(context, side).problems());
        }
        return problems;
    }

    private List<Problem> problems() {
        Map<String, List<Permission>> byNamespace = new TreeMap<>();
        for (Permission permission : PlanPermissions.of(context, side)) {
            byNamespace
                    .computeIfAbsent(permission.namespace(), key -> new ArrayList<>())
                    .add(permission);
        }
        List<Permission> doubtful = new ArrayList<>();
        byNamespace.forEach((namespace, permissions) ->
                doubtful.addAll(namespace.isEmpty() ? permissions : notInRules(namespace, permissions)));
        List<Supplier<Boolean>> questions = new ArrayList<>();
        doubtful.forEach(permission -> questions.add(() -> isAllowed(permission)));
        List<Boolean> answers = Together.ask(context.executor(), questions);
        Map<Permission, TreeSet<String>> missing = new LinkedHashMap<>();
        for (int i = 0; i < doubtful.size(); i++) {
            if (!answers.get(i)) {
                Permission lacking = doubtful.get(i);
                Permission anyVerb =
                        new Permission(lacking.namespace(), lacking.group(), lacking.resource(), lacking.name(), "");
                missing.computeIfAbsent(anyVerb, key -> new TreeSet<>()).add(lacking.verb());
            }
        }
        List<Problem> problems = new ArrayList<>();
        missing.forEach((permission, verbs) -> problems.add(problem(permission, String.join(", ", verbs))));
        return problems;
    }

    private Problem problem(Permission missing, String verbs) {
        String what = missing.qualifiedResource() + (missing.name().isEmpty() ? "" : " " + missing.name());
        String where = missing.namespace().isEmpty() ? "" : " in namespace " + missing.namespace();
        return Problem.error(
                side.word() + " " + what + where,
                MISSING,
                "the account may not " + verbs + " " + what + where + " of the " + side.word() + " cluster "
                        + context.plan().cluster(side).name(),
                "give it the roles that requiredRoles() of the plan lists");
    }

    private List<Permission> notInRules(String namespace, List<Permission> permissions) {
        List<JsonNode> rules = rules(namespace);
        return permissions.stream()
                .filter(permission -> rules.stream().noneMatch(rule -> covers(rule, permission)))
                .toList();
    }

    private List<JsonNode> rules(String namespace) {
        ObjectNode review = review("SelfSubjectRulesReview");
        review.putObject("spec").put("namespace", namespace);
        List<JsonNode> rules = new ArrayList<>();
        try {
            server.create(REVIEWS + "selfsubjectrulesreviews", review)
                    .path("status")
                    .path("resourceRules")
                    .forEach(rules::add);
        } catch (ClusterAccessException e) {
            boolean cannotTell = e.status() == 403 || e.status() == 404;
            if (!cannotTell) {
                throw e;
            }
        }
        return rules;
    }

    private static boolean covers(JsonNode rule, Permission permission) {
        boolean forAllNames = rule.path("resourceNames").isEmpty() || has(rule, "resourceNames", permission.name());
        return forAllNames
                && (has(rule, "verbs", permission.verb()) || has(rule, "verbs", "*"))
                && (has(rule, "apiGroups", permission.group()) || has(rule, "apiGroups", "*"))
                && (has(rule, "resources", permission.resource()) || has(rule, "resources", "*"));
    }

    private static boolean has(JsonNode rule, String field, String value) {
        for (JsonNode element : rule.path(field)) {
            if (element.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAllowed(Permission permission) {
        ObjectNode review = review("SelfSubjectAccessReview");
        int slash = permission.resource().indexOf('/');
        ObjectNode attributes = review.putObject("spec")
                .putObject("resourceAttributes")
                .put("verb", permission.verb())
                .put("group", permission.group())
                .put(
                        "resource",
                        slash < 0
                                ? permission.resource()
                                : permission.resource().substring(0, slash));
        if (slash >= 0) {
            attributes.put("subresource", permission.resource().substring(slash + 1));
        }
        if (!permission.namespace().isEmpty()) {
            attributes.put("namespace", permission.namespace());
        }
        if (!permission.name().isEmpty()) {
            attributes.put("name", permission.name());
        }
        return server.create(REVIEWS + "selfsubjectaccessreviews", review)
                .path("status")
                .path("allowed")
                .asBoolean();
    }

    private static ObjectNode review(String kind) {
        return JSON.createObjectNode()
                .put("apiVersion", "authorization.k8s.io/v1")
                .put("kind", kind);
    }
}
