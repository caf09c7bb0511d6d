package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.testing.ApiError.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the schema of a custom kind does to its objects: fields that it does not know go, and the rest is checked. */
final class CustomSchema {

    private static final String ANY_FIELD = "x-kubernetes-preserve-unknown-fields";
    private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
    private static final List<String> HEAD = List.of("apiVersion", "kind", "metadata");

    private CustomSchema() {}

    /** Takes away what the schema does not know, and refuses what it does not allow; a kind without schema takes all. */
    static void admit(ResourceType type, ObjectNode tree) {
        if (!type.custom() || !type.schema().isObject()) {
            return;
        }
        List<Cause> causes = new ArrayList<>();
        List.copyOf(tree.properties()).stream()
                .filter(field -> !HEAD.contains(field.getKey()))
                .forEach(field -> field(tree, field.getKey(), type.schema(), field.getKey(), causes));
        require(tree, type.schema(), "", causes);
        if (!causes.isEmpty()) {
            throw ApiError.invalid(type.kind(), type.group(), Trees.name(tree), causes);
        }
    }

    private static void field(ObjectNode parent, String name, JsonNode schema, String path, List<Cause> causes) {
        JsonNode known = schema.path("properties").path(name);
        JsonNode found = known.isMissingNode() ? schema.path("additionalProperties") : known;
        if (found.isObject()) {
            value(parent.path(name), found, path, causes);
        } else if (!found.asBoolean() && !schema.path(ANY_FIELD).asBoolean()) {
            parent.remove(name);
        }
    }

    private static void value(JsonNode value, JsonNode schema, String path, List<Cause> causes) {
        String type = Trees.text(schema, "type");
        if (value.isNull() && schema.path("nullable").asBoolean()) {
            return;
        }
        if (!isOf(value, type, schema)) {
            String found = value.getNodeType().name().toLowerCase(Locale.ROOT);
            causes.add(new Cause(
                    "FieldValueInvalid",
                    "Invalid value: \"" + found + "\": " + path + " in body must be of type " + type + ": \"" + found
                            + "\"",
                    path));
        } else if (value instanceof ObjectNode object) {
            List.copyOf(object.properties())
                    .forEach(field -> field(object, field.getKey(), schema, path + "." + field.getKey(), causes));
            require(object, schema, path + ".", causes);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                value(value.path(i), schema.path("items"), path + "[" + i + "]", causes);
            }
        }
    }

    private static void require(ObjectNode object, JsonNode schema, String prefix, List<Cause> causes) {
        for (JsonNode required : schema.path("required")) {
            if (!object.has(required.asText())) {
                causes.add(new Cause("FieldValueRequired", "Required value", prefix + required.asText()));
            }
        }
    }

    private static boolean isOf(JsonNode value, String type, JsonNode schema) {
        if (schema.path(INT_OR_STRING).asBoolean()) {
            return value.isIntegralNumber() || value.isTextual();
        }
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            default -> true;
        };
    }
}
