package dev.mtc.engine.internal.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What an API server demands of a schema before it serves the kind, as far as our schemas could break it. */
final class StructuralRules {

    private static final Set<String> TYPES = Set.of("object", "array", "string", "integer", "number", "boolean");
    private static final Set<String> KNOWN = Set.of(
            "description",
            "type",
            "format",
            "nullable",
            "required",
            "properties",
            "additionalProperties",
            "items",
            "anyOf",
            "x-kubernetes-int-or-string",
            "x-kubernetes-preserve-unknown-fields");

    private StructuralRules() {}

    static List<String> violations(JsonNode schema) {
        List<String> violations = new ArrayList<>();
        if (!schema.path("type").asText().equals("object")) {
            violations.add("the root is not an object");
        }
        JsonNode metadata = schema.path("properties").path("metadata");
        if (metadata.size() != 1 || !metadata.path("type").asText().equals("object")) {
            violations.add("metadata is described beyond its type");
        }
        check("", schema, violations);
        return violations;
    }

    private static void check(String path, JsonNode schema, List<String> violations) {
        schema.fieldNames().forEachRemaining(field -> {
            if (!KNOWN.contains(field)) {
                violations.add(path + ": " + field + " is not checked for here");
            }
        });
        String type = schema.path("type").asText();
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            if (!type.isEmpty()
                    || !schema.path("anyOf").toString().equals("[{\"type\":\"integer\"},{\"type\":\"string\"}]")) {
                violations.add(path + ": an int-or-string has no type, and these two in anyOf");
            }
            return;
        }
        checkNode(path, schema, violations);
        schema.path("properties")
                .properties()
                .forEach(field -> check(path + "." + field.getKey(), field.getValue(), violations));
        for (String below : List.of("items", "additionalProperties")) {
            if (schema.get(below) instanceof ObjectNode nested) {
                check(path + "." + below, nested, violations);
            }
        }
    }

    private static void checkNode(String path, JsonNode schema, List<String> violations) {
        String type = schema.path("type").asText();
        if (!TYPES.contains(type)) {
            violations.add(path + ": type '" + type + "'");
        }
        if (schema.has("properties") && schema.has("additionalProperties")) {
            violations.add(path + ": properties and additionalProperties exclude each other");
        }
        if (schema.has("anyOf")) {
            violations.add(path + ": anyOf describes types");
        }
        for (JsonNode required : schema.path("required")) {
            if (!schema.path("properties").has(required.asText())) {
                violations.add(path + ": required " + required.asText() + " is not described");
            }
        }
        if (type.equals("array") != schema.has("items")) {
            violations.add(path + ": items belong to an array, and an array has items");
        }
    }
}
