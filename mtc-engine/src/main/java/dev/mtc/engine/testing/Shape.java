package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;

/**
 * What kind of list is where in an object: merged by keys, a set, or replaced as a whole. Built-in kinds follow the
 * well-known field names, custom ones their schema.
 *
 * @param schema of a custom kind's part, else missing
 */
record Shape(boolean custom, JsonNode schema, String kind) {

    /** How a list is merged: by these keys, as a set, or (neither) not at all. */
    record ListRule(List<String> keys, boolean set) {
        boolean isAtomic() {
            return keys.isEmpty() && !set;
        }
    }

    private static final ListRule ATOMIC = new ListRule(List.of(), false);
    private static final ListRule SET = new ListRule(List.of(), true);
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("secrets", List.of("name")),
            Map.entry("webhooks", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("conditions", List.of("type")),
            Map.entry("addresses", List.of("type")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("podIPs", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")));

    static Shape of(ResourceType type) {
        return new Shape(type.custom(), type.schema(), type.kind());
    }

    /** {@return the shape below a field} */
    Shape field(String name) {
        if (!custom || name.equals("metadata")) {
            return new Shape(false, MissingNode.getInstance(), kind);
        }
        JsonNode properties = schema.path("properties").path(name);
        return new Shape(true, properties.isMissingNode() ? schema.path("additionalProperties") : properties, kind);
    }

    /** {@return the shape of a list's items, given the shape of the list} */
    Shape item() {
        return custom ? new Shape(true, schema.path("items"), kind) : this;
    }

    /** {@return how the list in this field is merged, given the shape of the field} */
    ListRule rule(String field, JsonNode list) {
        if (custom) {
            return declared();
        }
        if (field.equals("finalizers")) {
            return SET;
        }
        List<String> keys = field.equals("ports") ? portKeys(list) : KEYS.getOrDefault(field, List.of());
        boolean complete = Trees.items(list).stream()
                .allMatch(item -> item.isObject() && (keys.isEmpty() || item.hasNonNull(keys.get(0))));
        return complete && !keys.isEmpty() ? new ListRule(keys, false) : ATOMIC;
    }

    private ListRule declared() {
        return switch (Trees.text(schema, "x-kubernetes-list-type")) {
            case "set" -> SET;
            case "map" ->
                new ListRule(
                        Trees.items(schema.path("x-kubernetes-list-map-keys")).stream()
                                .map(JsonNode::asText)
                                .toList(),
                        false);
            default -> ATOMIC;
        };
    }

    private List<String> portKeys(JsonNode list) {
        if (list.path(0).has("containerPort")) {
            return List.of("containerPort", "protocol");
        }
        return kind.equals("Service") ? List.of("port", "protocol") : List.of();
    }

    /** {@return the value of an item's key; a port's protocol is TCP when it is not named} */
    static JsonNode keyOf(JsonNode item, String key) {
        JsonNode value = item.path(key);
        return value.isMissingNode() && key.equals("protocol") ? TextNode.valueOf("TCP") : value;
    }

    static boolean sameItem(JsonNode one, JsonNode other, List<String> keys) {
        return keys.stream().allMatch(key -> keyOf(one, key).equals(keyOf(other, key)));
    }
}
