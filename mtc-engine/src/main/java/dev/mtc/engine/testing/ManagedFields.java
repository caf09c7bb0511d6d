package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Who owns which fields of an object: reading and writing of {@code metadata.managedFields}. */
final class ManagedFields {

    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    /** One manager's fields. */
    record Entry(
            String manager, String operation, String apiVersion, String time, String subresource, FieldSet fields) {

        Entry having(FieldSet changed) {
            return new Entry(manager, operation, apiVersion, time, subresource, changed);
        }

        boolean is(String manager, String operation, String subresource) {
            return this.manager.equals(manager)
                    && this.operation.equals(operation)
                    && this.subresource.equals(subresource);
        }

        /** {@return the manager as a conflict's message names it} */
        String inWords() {
            String quoted = "\"" + manager + "\"";
            return operation.equals(APPLY) ? quoted : quoted + " using " + apiVersion + " at " + time;
        }
    }

    private ManagedFields() {}

    static List<Entry> read(JsonNode tree) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode entry : Trees.at(tree, "metadata", "managedFields")) {
            entries.add(new Entry(
                    Trees.text(entry, "manager"),
                    Trees.text(entry, "operation"),
                    Trees.text(entry, "apiVersion"),
                    Trees.text(entry, "time"),
                    Trees.text(entry, "subresource"),
                    FieldSet.parse(entry.path("fieldsV1"))));
        }
        return entries;
    }

    /** Writes the entries that own something. */
    static void write(ObjectNode tree, List<Entry> entries) {
        ArrayNode list = Trees.array();
        for (Entry entry : entries) {
            if (entry.fields().isEmpty()) {
                continue;
            }
            ObjectNode node = list.addObject()
                    .put("manager", entry.manager())
                    .put("operation", entry.operation())
                    .put("apiVersion", entry.apiVersion())
                    .put("time", entry.time())
                    .put("fieldsType", "FieldsV1");
            node.set("fieldsV1", entry.fields().toFieldsV1());
            if (!entry.subresource().isEmpty()) {
                node.put("subresource", entry.subresource());
            }
        }
        if (list.isEmpty()) {
            Trees.meta(tree).remove("managedFields");
        } else {
            Trees.meta(tree).set("managedFields", list);
        }
    }

    /** Notes that a manager changed an object otherwise than by apply: it owns what is other now. */
    static void recordUpdate(ObjectNode before, ObjectNode after, Shape shape, String manager, String subresource) {
        FieldSet changed = FieldSet.changed(before, after, shape);
        FieldSet present = FieldSet.of(after, shape);
        List<Entry> entries = new ArrayList<>();
        FieldSet own = changed;
        for (Entry entry : read(after)) {
            if (entry.is(manager, UPDATE, subresource)) {
                own = entry.fields().and(present).plus(changed);
            } else {
                entries.add(entry.having(entry.fields().and(present).minus(changed)));
            }
        }
        String apiVersion = Trees.text(after, "apiVersion");
        entries.add(new Entry(manager, UPDATE, apiVersion, Trees.now(), subresource, own));
        write(after, entries);
    }
}
