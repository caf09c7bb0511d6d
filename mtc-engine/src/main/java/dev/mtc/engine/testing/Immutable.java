package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The fields that an update may not change. */
final class Immutable {

    private static final Map<String, List<String>> FIELDS = Map.of(
            "apps/deployments", List.of("spec.selector"),
            "apps/replicasets", List.of("spec.selector"),
            "apps/daemonsets", List.of("spec.selector"),
            "batch/jobs", List.of("spec.template", "spec.selector", "spec.completions"),
            "rbac.authorization.k8s.io/rolebindings", List.of("roleRef"),
            "rbac.authorization.k8s.io/clusterrolebindings", List.of("roleRef"),
            "storage.k8s.io/storageclasses", List.of("provisioner", "parameters", "volumeBindingMode", "reclaimPolicy"),
            "/secrets", List.of("type"));
    private static final List<String> STATEFUL_SET_MAY = List.of(
            "replicas", "template", "updateStrategy", "minReadySeconds", "persistentVolumeClaimRetentionPolicy");

    private Immutable() {}

    static void check(ResourceType type, ObjectNode before, ObjectNode after) {
        for (String field : FIELDS.getOrDefault(type.storage(), List.of())) {
            String[] path = field.split("\\.");
            JsonNode now = Trees.at(after, path);
            if (!Trees.at(before, path).equals(now)) {
                throw ApiError.invalid(
                        type, Trees.name(before), field, "Invalid value: " + now + ": field is immutable");
            }
        }
        switch (type.storage()) {
            case "apps/statefulsets" -> checkStatefulSet(type, before, after);
            case "/persistentvolumeclaims" -> checkClaim(type, before, after);
            case "/configmaps", "/secrets" -> checkSealed(type, before, after);
            default -> {}
        }
    }

    private static void checkStatefulSet(ResourceType type, ObjectNode before, ObjectNode after) {
        if (!without(before, STATEFUL_SET_MAY).equals(without(after, STATEFUL_SET_MAY))) {
            throw ApiError.invalid(
                    type,
                    Trees.name(before),
                    "spec",
                    "Forbidden: updates to statefulset spec for fields other than 'replicas', 'template', and"
                            + " 'updateStrategy' are forbidden");
        }
    }

    private static void checkClaim(ResourceType type, ObjectNode before, ObjectNode after) {
        boolean bound = !Trees.text(before, "spec", "volumeName").isEmpty();
        List<String> may = bound ? List.of("resources") : List.of("resources", "volumeName");
        if (!without(before, may).equals(without(after, may))) {
            throw ApiError.invalid(
                    type,
                    Trees.name(before),
                    "spec",
                    "Forbidden: spec is immutable after creation except resources.requests for bound claims");
        }
    }

    private static void checkSealed(ResourceType type, ObjectNode before, ObjectNode after) {
        if (!before.path("immutable").asBoolean()) {
            return;
        }
        for (String field : List.of("data", "binaryData", "immutable")) {
            if (!before.path(field).equals(after.path(field))) {
                throw ApiError.invalid(
                        type, Trees.name(before), field, "Forbidden: field is immutable when `immutable` is set");
            }
        }
    }

    private static ObjectNode without(ObjectNode tree, List<String> fields) {
        ObjectNode spec = Trees.object();
        if (tree.get("spec") instanceof ObjectNode present) {
            spec.setAll(present);
        }
        spec.remove(fields);
        return spec;
    }
}
