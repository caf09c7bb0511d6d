package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reading and building of JSON trees. */
final class Trees {

    private Trees() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** {@return an object of these strings, given as name, value, name, value} */
    static ObjectNode object(String... pairs) {
        ObjectNode node = object();
        for (int i = 0; i < pairs.length; i += 2) {
            node.put(pairs[i], pairs[i + 1]);
        }
        return node;
    }

    static ArrayNode array(JsonNode... items) {
        return array().addAll(List.of(items));
    }

    static JsonNode at(JsonNode node, String... path) {
        JsonNode current = node;
        for (String step : path) {
            current = current.path(step);
        }
        return current;
    }

    /** {@return the text at the path, or an empty one} */
    static String text(JsonNode node, String... path) {
        JsonNode found = at(node, path);
        return found.isValueNode() && !found.isNull() ? found.asText() : "";
    }

    static int number(JsonNode node, int otherwise, String... path) {
        JsonNode found = at(node, path);
        return found.isNumber() ? found.asInt() : otherwise;
    }

    /** {@return the object below that name, made if there is none} */
    static ObjectNode in(ObjectNode node, String... path) {
        ObjectNode current = node;
        for (String step : path) {
            current = current.get(step) instanceof ObjectNode child ? child : current.putObject(step);
        }
        return current;
    }

    static ArrayNode listIn(ObjectNode node, String name) {
        return node.get(name) instanceof ArrayNode list ? list : node.putArray(name);
    }

    /** Sets a value unless there is one. */
    static void preset(ObjectNode node, String name, JsonNode value) {
        if (!node.hasNonNull(name)) {
            node.set(name, value);
        }
    }

    static void preset(ObjectNode node, String name, String value) {
        preset(node, name, JsonNodeFactory.instance.textNode(value));
    }

    static void preset(ObjectNode node, String name, int value) {
        preset(node, name, JsonNodeFactory.instance.numberNode(value));
    }

    static ObjectNode meta(ObjectNode tree) {
        return in(tree, "metadata");
    }

    static String name(JsonNode tree) {
        return text(tree, "metadata", "name");
    }

    static String namespace(JsonNode tree) {
        return text(tree, "metadata", "namespace");
    }

    static String uid(JsonNode tree) {
        return text(tree, "metadata", "uid");
    }

    static boolean isDeleting(JsonNode tree) {
        return tree.path("metadata").hasNonNull("deletionTimestamp");
    }

    static Map<String, String> labels(JsonNode tree) {
        return strings(at(tree, "metadata", "labels"));
    }

    static Map<String, String> strings(JsonNode map) {
        Map<String, String> strings = new TreeMap<>();
        map.properties().forEach(e -> strings.put(e.getKey(), e.getValue().asText()));
        return strings;
    }

    static List<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    static List<ObjectNode> objects(JsonNode list) {
        List<ObjectNode> objects = new ArrayList<>();
        list.forEach(item -> {
            if (item instanceof ObjectNode object) {
                objects.add(object);
            }
        });
        return objects;
    }

    static boolean contains(JsonNode list, String text) {
        return items(list).stream().anyMatch(item -> item.asText().equals(text));
    }

    /** Removes a text from a list and the list itself when that was the last one. */
    static void removeText(ObjectNode node, String list, String text) {
        if (node.get(list) instanceof ArrayNode items) {
            items.removeIf(item -> item.asText().equals(text));
            if (items.isEmpty()) {
                node.remove(list);
            }
        }
    }

    static void addText(ObjectNode node, String list, String text) {
        ArrayNode items = listIn(node, list);
        if (!contains(items, text)) {
            items.add(text);
        }
    }

    /** {@return the tree, or a missing node for none} */
    static JsonNode orMissing(@Nullable JsonNode node) {
        return node == null ? MissingNode.getInstance() : node;
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
