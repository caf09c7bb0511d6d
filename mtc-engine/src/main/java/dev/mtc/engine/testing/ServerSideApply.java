package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.testing.ManagedFields.Entry;
import java.util.ArrayList;
import java.util.List;

/** Merges what a manager applies into an object, with regard to what others own and what the manager gave up. */
final class ServerSideApply {

    private final Shape shape;
    private final String manager;
    private final boolean force;

    ServerSideApply(Shape shape, String manager, boolean force) {
        this.shape = shape;
        this.manager = manager;
        this.force = force;
    }

    /**
     * {@return the object after the apply, with its managed fields}
     *
     * @param live the object as it is, empty if there is none
     */
    ObjectNode apply(ObjectNode live, ObjectNode applied) {
        ObjectNode merged = live.deepCopy();
        mergeFields(merged, applied, shape);
        FieldSet wanted = FieldSet.of(applied, shape);
        FieldSet changed = FieldSet.changed(live, merged, shape);
        List<Entry> others = new ArrayList<>();
        FieldSet mine = new FieldSet();
        String since = Trees.now();
        for (Entry entry : ManagedFields.read(live)) {
            if (entry.is(manager, ManagedFields.APPLY, "")) {
                mine = entry.fields();
                since = entry.fields().toFieldsV1().equals(wanted.toFieldsV1()) ? entry.time() : since;
            } else {
                others.add(entry);
            }
        }
        others = settleConflicts(others, changed);
        FieldSet kept = others.stream().map(Entry::fields).reduce(wanted, FieldSet::plus);
        removeFields(merged, mine.minus(kept), shape);
        others.add(new Entry(manager, ManagedFields.APPLY, Trees.text(applied, "apiVersion"), since, "", wanted));
        ManagedFields.write(merged, others);
        return merged;
    }

    private List<Entry> settleConflicts(List<Entry> others, FieldSet changed) {
        List<Entry> settled = new ArrayList<>();
        List<Entry> conflicts = new ArrayList<>();
        for (Entry entry : others) {
            FieldSet common = entry.fields().and(changed);
            if (!common.isEmpty()) {
                conflicts.add(entry.having(common));
            }
            settled.add(entry.having(entry.fields().minus(changed)));
        }
        if (!conflicts.isEmpty() && !force) {
            throw conflict(conflicts);
        }
        return settled;
    }

    private static ApiError conflict(List<Entry> conflicts) {
        List<ApiError.Cause> causes = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        for (Entry entry : conflicts) {
            List<String> paths = entry.fields().paths();
            paths.forEach(path ->
                    causes.add(new ApiError.Cause("FieldManagerConflict", "conflict with " + entry.inWords(), path)));
            words.append(words.isEmpty() ? "" : "\n")
                    .append("conflicts with ")
                    .append(entry.inWords())
                    .append(":");
            paths.forEach(path -> words.append("\n- ").append(path));
        }
        String message = causes.size() == 1
                ? "Apply failed with 1 conflict: " + causes.get(0).message() + ": "
                        + causes.get(0).field()
                : "Apply failed with " + causes.size() + " conflicts: " + words;
        ApiError error = ApiError.of(409, "Conflict", message);
        causes.forEach(error::because);
        return error;
    }

    private static void mergeFields(ObjectNode target, ObjectNode applied, Shape shape) {
        applied.properties().forEach(e -> {
            String name = e.getKey();
            JsonNode value = e.getValue();
            if (value.isNull()) {
                return;
            }
            if (value instanceof ObjectNode object) {
                mergeFields(Trees.in(target, name), object, shape.field(name));
            } else if (value instanceof ArrayNode list) {
                mergeList(target, name, list, shape.field(name));
            } else {
                target.set(name, value);
            }
        });
    }

    private static void mergeList(ObjectNode target, String name, ArrayNode applied, Shape shape) {
        Shape.ListRule rule = shape.rule(name, applied);
        if (rule.isAtomic()) {
            target.set(name, applied.deepCopy());
            return;
        }
        ArrayNode list = Trees.listIn(target, name);
        if (rule.set()) {
            applied.forEach(item -> Trees.addText(target, name, item.asText()));
            return;
        }
        for (ObjectNode item : Trees.objects(applied)) {
            ObjectNode present = Trees.objects(list).stream()
                    .filter(candidate -> Shape.sameItem(candidate, item, rule.keys()))
                    .findFirst()
                    .orElseGet(list::addObject);
            mergeFields(present, item, shape.item());
        }
    }

    /** Takes fields out, and what is left empty by that. */
    private static void removeFields(ObjectNode target, FieldSet fields, Shape shape) {
        fields.children().forEach((token, below) -> {
            String name = token.substring(2);
            JsonNode value = target.path(name);
            if (below.isEmpty()) {
                target.remove(name);
            } else if (value instanceof ObjectNode object) {
                removeFields(object, below, shape.field(name));
                if (object.isEmpty()) {
                    target.remove(name);
                }
            } else if (value instanceof ArrayNode list) {
                removeItems(list, below, name, shape.field(name));
                if (list.isEmpty()) {
                    target.remove(name);
                }
            }
        });
    }

    private static void removeItems(ArrayNode list, FieldSet items, String name, Shape shape) {
        List<String> keys = shape.rule(name, list).keys();
        items.children().forEach((token, below) -> {
            if (token.startsWith("v:")) {
                list.removeIf(item -> ("v:" + item).equals(token));
            } else if (below.holdsItself()) {
                list.removeIf(item -> FieldSet.token(item, keys).equals(token));
            } else {
                Trees.objects(list).stream()
                        .filter(item -> FieldSet.token(item, keys).equals(token))
                        .forEach(item -> removeFields(item, below, shape.item()));
            }
        });
    }
}
