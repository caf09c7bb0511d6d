package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Kubernetes' strategic merge patch with its directives; the order that a patch asks for is not kept. */
final class StrategicMerge {

    private static final String DIRECTIVE = "$patch";
    private static final String DELETE_ITEMS = "$deleteFromPrimitiveList/";

    private StrategicMerge() {}

    /** Changes the target. */
    static void merge(ObjectNode target, ObjectNode patch, Shape shape) {
        switch (Trees.text(patch, DIRECTIVE)) {
            case "replace" -> {
                target.removeAll();
                target.setAll(patch.deepCopy());
                target.remove(DIRECTIVE);
                return;
            }
            case "delete" -> {
                target.removeAll();
                return;
            }
            default -> retainKeys(target, patch);
        }
        patch.properties().forEach(e -> mergeField(target, e.getKey(), e.getValue(), shape));
    }

    private static void mergeField(ObjectNode target, String name, JsonNode value, Shape shape) {
        if (name.startsWith(DELETE_ITEMS)) {
            String list = name.substring(DELETE_ITEMS.length());
            value.forEach(item -> Trees.removeText(target, list, item.asText()));
        } else if (name.startsWith("$")) {
            return;
        } else if (value.isNull()) {
            target.remove(name);
        } else if (value instanceof ObjectNode object) {
            merge(Trees.in(target, name), object, shape.field(name));
        } else if (value instanceof ArrayNode list) {
            mergeList(target, name, list, shape);
        } else {
            target.set(name, value);
        }
    }

    private static void mergeList(ObjectNode target, String name, ArrayNode patch, Shape shape) {
        boolean replace = Trees.items(patch).stream()
                .anyMatch(item -> Trees.text(item, DIRECTIVE).equals("replace"));
        ArrayNode items = patch.deepCopy();
        items.removeIf(item -> Trees.text(item, DIRECTIVE).equals("replace"));
        Shape.ListRule rule = shape.field(name).rule(name, items);
        if (rule.set()) {
            items.forEach(item -> Trees.addText(target, name, item.asText()));
        } else if (replace || rule.isAtomic()) {
            target.set(name, items);
        } else {
            ArrayNode list = Trees.listIn(target, name);
            // A strategic merge knows one key per list, the first one.
            List<String> key = rule.keys().subList(0, 1);
            Trees.objects(items)
                    .forEach(
                            item -> mergeItem(list, item, key, shape.field(name).item()));
        }
    }

    private static void mergeItem(ArrayNode list, ObjectNode item, List<String> key, Shape shape) {
        if (Trees.text(item, DIRECTIVE).equals("delete")) {
            list.removeIf(present -> Shape.sameItem(present, item, key));
            return;
        }
        ObjectNode present = Trees.objects(list).stream()
                .filter(candidate -> Shape.sameItem(candidate, item, key))
                .findFirst()
                .orElseGet(list::addObject);
        merge(present, item, shape);
    }

    private static void retainKeys(ObjectNode target, ObjectNode patch) {
        JsonNode keys = patch.path("$retainKeys");
        if (keys.isArray()) {
            List<String> kept = Trees.items(keys).stream().map(JsonNode::asText).toList();
            target.retain(kept);
        }
    }
}
