package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares objects with their copies, field by field, against a written list of what may differ. */
final class AllowedDifferences {

    private final JsonNode list;

    private AllowedDifferences(JsonNode list) {
        this.list = list;
    }

    static AllowedDifferences read(String yaml) {
        return new AllowedDifferences(Yaml.object(yaml));
    }

    /** {@return whether an object is not carried over, as it should be} */
    boolean mayBeAbsent(ObjectNode object) {
        return list.path("absent").valueStream().anyMatch(rule -> isOf(rule, object));
    }

    /** {@return the differences that nobody allowed, a line for each} */
    List<String> others(ObjectNode original, ObjectNode copy) {
        Map<String, String> before = fields(original);
        Map<String, String> after = fields(copy);
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<String> found = new ArrayList<>();
        for (String path : paths) {
            String one = before.get(path);
            String other = after.get(path);
            if (one == null || !one.equals(other)) {
                String what = one == null ? "added" : other == null ? "removed" : "changed";
                if (!isAllowed(original, path, what)) {
                    found.add(name(original) + " " + path + " " + what + ": " + one + " -> " + other);
                }
            }
        }
        return found;
    }

    private boolean isAllowed(ObjectNode object, String path, String what) {
        return list.path("differences")
                .valueStream()
                .anyMatch(rule -> isOf(rule, object)
                        && path.matches(rule.path("path").asText())
                        && rule.path("what").valueStream().anyMatch(word -> word.asText()
                                .equals(what)));
    }

    private static boolean isOf(JsonNode rule, ObjectNode object) {
        return Json.text(object, "kind").matches(rule.path("kind").asText())
                && Json.text(object, "metadata", "name")
                        .matches(rule.path("name").asText(".*"));
    }

    static String name(ObjectNode object) {
        return Json.text(object, "kind") + " " + Json.text(object, "metadata", "name");
    }

    /** {@return every leaf with its path; empty lists and objects are leaves} */
    private static Map<String, String> fields(ObjectNode object) {
        Map<String, String> fields = new TreeMap<>();
        collect("", object, fields);
        return fields;
    }

    private static void collect(String path, JsonNode node, Map<String, String> fields) {
        if (node.isContainerNode() && !node.isEmpty()) {
            node.properties().forEach(field -> collect(Json.child(path, field.getKey()), field.getValue(), fields));
            for (int i = 0; node.isArray() && i < node.size(); i++) {
                collect(path + "[" + i + "]", node.get(i), fields);
            }
        } else {
            fields.put(path, node.toString());
        }
    }
}
