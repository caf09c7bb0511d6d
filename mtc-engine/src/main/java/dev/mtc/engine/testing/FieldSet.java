package dev.mtc.engine.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fields of an object, as {@code fieldsV1} of managed fields writes them: {@code f:name} for a field, {@code k:{…}} for
 * an item of a keyed list, {@code v:…} for a member of a set. A field without fields below is a leaf.
 */
final class FieldSet {

    /** Fields of an object's head that nobody owns. */
    private static final Set<String> UNOWNED = Set.of(
            "name",
            "namespace",
            "generateName",
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "generation",
            "managedFields",
            "selfLink",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private final Map<String, FieldSet> children = new TreeMap<>();
    private boolean itself;

    /** {@return all fields of an object} */
    static FieldSet of(ObjectNode tree, Shape shape) {
        return changed(Trees.object(), tree, shape);
    }

    /** {@return the fields that are other after than before, or new} */
    static FieldSet changed(ObjectNode before, ObjectNode after, Shape shape) {
        ObjectNode was = owned(before);
        ObjectNode is = owned(after);
        FieldSet set = new FieldSet();
        set.compareFields(was, is, shape);
        return set;
    }

    static FieldSet parse(JsonNode fieldsV1) {
        FieldSet set = new FieldSet();
        fieldsV1.properties().forEach(e -> {
            if (e.getKey().equals(".")) {
                set.itself = true;
            } else {
                set.children.put(e.getKey(), parse(e.getValue()));
            }
        });
        return set;
    }

    ObjectNode toFieldsV1() {
        ObjectNode node = Trees.object();
        if (itself && !children.isEmpty()) {
            node.putObject(".");
        }
        children.forEach((token, child) -> node.set(token, child.toFieldsV1()));
        return node;
    }

    boolean isEmpty() {
        return children.isEmpty();
    }

    Map<String, FieldSet> children() {
        return children;
    }

    boolean holdsItself() {
        return itself || children.isEmpty();
    }

    /** {@return what is in both} */
    FieldSet and(FieldSet other) {
        FieldSet both = new FieldSet();
        both.itself = holdsItself() && other.holdsItself();
        children.forEach((token, child) -> {
            FieldSet theirs = other.children.get(token);
            if (theirs != null) {
                FieldSet common = child.and(theirs);
                if (!common.isEmpty() || common.itself) {
                    both.children.put(token, common);
                }
            }
        });
        return both;
    }

    /** {@return what is in this and not in the other} */
    FieldSet minus(FieldSet other) {
        FieldSet rest = new FieldSet();
        children.forEach((token, child) -> {
            FieldSet theirs = other.children.get(token);
            if (theirs == null) {
                rest.children.put(token, child);
                return;
            }
            FieldSet left = child.minus(theirs);
            left.itself = child.itself && !theirs.itself;
            if (!left.isEmpty()) {
                rest.children.put(token, left);
            }
        });
        return rest;
    }

    FieldSet plus(FieldSet other) {
        FieldSet sum = new FieldSet();
        sum.itself = itself || other.itself;
        sum.children.putAll(children);
        other.children.forEach((token, child) -> sum.children.merge(token, child, FieldSet::plus));
        return sum;
    }

    /** {@return the leaves as paths, such as {@code .spec.containers[name="web"].image}} */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        collect("", paths);
        return paths;
    }

    private void collect(String prefix, List<String> paths) {
        if (children.isEmpty()) {
            paths.add(prefix);
        }
        children.forEach((token, child) -> child.collect(prefix + readable(token), paths));
    }

    private static String readable(String token) {
        String value = token.substring(2);
        return switch (token.charAt(0)) {
            case 'f' -> "." + value;
            case 'v' -> "[=" + value + "]";
            default -> {
                List<String> keys = new ArrayList<>();
                json(value).properties().forEach(e -> keys.add(e.getKey() + "=" + e.getValue()));
                yield "[" + String.join(",", keys) + "]";
            }
        };
    }

    private void compareFields(JsonNode before, ObjectNode after, Shape shape) {
        after.properties().forEach(e -> {
            FieldSet child = compare(e.getKey(), before.path(e.getKey()), e.getValue(), shape.field(e.getKey()));
            if (child != null) {
                children.put("f:" + e.getKey(), child);
            }
        });
    }

    private static @Nullable FieldSet compare(String field, JsonNode before, JsonNode after, Shape shape) {
        if (after.isNull() || after.equals(before)) {
            return null;
        }
        FieldSet set = new FieldSet();
        if (after instanceof ObjectNode object && !object.isEmpty()) {
            set.compareFields(before, object, shape);
            return set.isEmpty() ? null : set;
        }
        if (after instanceof ArrayNode list && !list.isEmpty()) {
            Shape.ListRule rule = shape.rule(field, list);
            if (!rule.isAtomic()) {
                list.forEach(item -> set.compareItem(before, item, rule, shape.item()));
                return set.isEmpty() ? null : set;
            }
        }
        return set;
    }

    private void compareItem(JsonNode before, JsonNode item, Shape.ListRule rule, Shape shape) {
        if (rule.set()) {
            if (!Trees.items(before).contains(item)) {
                children.put("v:" + item, new FieldSet());
            }
            return;
        }
        JsonNode was = Trees.orMissing(Trees.items(before).stream()
                .filter(candidate -> Shape.sameItem(candidate, item, rule.keys()))
                .findFirst()
                .orElse(null));
        FieldSet child = new FieldSet();
        child.itself = was.isMissingNode();
        if (item instanceof ObjectNode object) {
            child.compareFields(was, object, shape);
        }
        if (child.itself || !child.isEmpty()) {
            children.put(token(item, rule.keys()), child);
        }
    }

    static String token(JsonNode item, List<String> keys) {
        ObjectNode key = Trees.object();
        keys.stream().sorted().forEach(name -> key.set(name, Shape.keyOf(item, name)));
        return "k:" + key;
    }

    static JsonNode json(String text) {
        try {
            return HttpResponse.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw ApiError.badRequest("not a field path: " + text);
        }
    }

    private static ObjectNode owned(ObjectNode tree) {
        ObjectNode owned = Trees.object().setAll(tree);
        owned.remove(List.of("apiVersion", "kind"));
        if (tree.get("metadata") instanceof ObjectNode metadata) {
            ObjectNode head = Trees.object().setAll(metadata);
            head.remove(UNOWNED);
            owned.set("metadata", head);
            if (head.isEmpty()) {
                owned.remove("metadata");
            }
        }
        return owned;
    }
}
