package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pod Security admission as servers from 1.23 on have it: the checks of the two levels that matter most often. */
final class PodSecurity {

    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

    private PodSecurity() {}

    static void check(ResourceType pods, ObjectNode pod, @Nullable JsonNode namespace) {
        String level = Trees.labels(Trees.orMissing(namespace)).getOrDefault(ENFORCE, "privileged");
        List<String> violations = new ArrayList<>();
        if (!level.equals("privileged")) {
            baseline(pod.path("spec"), violations);
        }
        if (level.equals("restricted")) {
            restricted(pod.path("spec"), violations);
        }
        if (!violations.isEmpty()) {
            throw ApiError.forbidden(
                    pods,
                    Trees.name(pod),
                    "violates PodSecurity \"" + level + ":latest\": " + String.join(", ", violations));
        }
    }

    private static void baseline(JsonNode spec, List<String> violations) {
        if (Stream.of("hostNetwork", "hostPID", "hostIPC")
                .anyMatch(f -> spec.path(f).asBoolean())) {
            violations.add("host namespaces");
        }
        if (Trees.items(spec.path("volumes")).stream().anyMatch(v -> v.has("hostPath"))) {
            violations.add("hostPath volumes");
        }
        if (containers(spec)
                .anyMatch(c -> Trees.at(c, "securityContext", "privileged").asBoolean())) {
            violations.add("privileged");
        }
        if (containers(spec)
                .flatMap(c -> Trees.items(c.path("ports")).stream())
                .anyMatch(p -> Trees.number(p, 0, "hostPort") > 0)) {
            violations.add("hostPort");
        }
    }

    private static void restricted(JsonNode spec, List<String> violations) {
        if (containers(spec).anyMatch(c -> Trees.at(c, "securityContext", "allowPrivilegeEscalation")
                .asBoolean(true))) {
            violations.add("allowPrivilegeEscalation != false");
        }
        if (!containers(spec)
                .allMatch(c -> Trees.contains(Trees.at(c, "securityContext", "capabilities", "drop"), "ALL"))) {
            violations.add("unrestricted capabilities");
        }
        if (!containers(spec).allMatch(c -> effective(spec, c, "runAsNonRoot").asBoolean())) {
            violations.add("runAsNonRoot != true");
        }
        if (!containers(spec).allMatch(c -> effective(spec, c, "seccompProfile").isObject())) {
            violations.add("seccompProfile");
        }
    }

    private static JsonNode effective(JsonNode spec, JsonNode container, String field) {
        JsonNode own = Trees.at(container, "securityContext", field);
        return own.isMissingNode() ? Trees.at(spec, "securityContext", field) : own;
    }

    private static Stream<JsonNode> containers(JsonNode spec) {
        return Stream.of("initContainers", "containers", "ephemeralContainers")
                .flatMap(field -> Trees.items(spec.path(field)).stream());
    }
}
