package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Objects and lists in the form that a client accepts: whole, metadata only, or as a table. */
enum Rendering {
    WHOLE,
    METADATA,
    TABLE;

    static Rendering of(HttpRequest request) {
        String accept = request.header("accept");
        if (accept.contains("as=Table")) {
            return TABLE;
        }
        return accept.contains("as=PartialObjectMetadata") ? METADATA : WHOLE;
    }

    JsonNode object(ResourceType type, ObjectNode tree) {
        return switch (this) {
            case WHOLE -> inVersion(type, tree);
            case METADATA -> metadata(tree);
            case TABLE -> {
                ObjectNode table = Tables.of(type, List.of(tree));
                Trees.meta(table).put("resourceVersion", Trees.text(tree, "metadata", "resourceVersion"));
                yield table;
            }
        };
    }

    /** {@return a list without the metadata of the list itself} */
    ObjectNode list(ResourceType type, List<ObjectNode> trees) {
        if (this == TABLE) {
            return Tables.of(type, trees);
        }
        boolean whole = this == WHOLE;
        ObjectNode list = Trees.object(
                "kind", whole ? type.kind() + "List" : "PartialObjectMetadataList",
                "apiVersion", whole ? type.apiVersion() : "meta.k8s.io/v1");
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        trees.forEach(tree -> items.add(whole ? item(type, tree) : metadata(tree)));
        return list;
    }

    private static ObjectNode item(ResourceType type, ObjectNode tree) {
        if (type.custom()) {
            return inVersion(type, tree);
        }
        // A real server leaves kind and version of built-in kinds to the list.
        ObjectNode item = Trees.object().setAll(tree);
        item.remove(List.of("apiVersion", "kind"));
        return item;
    }

    private static ObjectNode inVersion(ResourceType type, ObjectNode tree) {
        String apiVersion = Trees.text(tree, "apiVersion");
        if (apiVersion.equals(type.apiVersion()) || !Trees.text(tree, "kind").equals(type.kind())) {
            return tree;
        }
        ObjectNode changed = Trees.object();
        changed.setAll(tree);
        changed.put("apiVersion", type.apiVersion());
        return changed;
    }

    static ObjectNode metadata(ObjectNode tree) {
        ObjectNode partial = Trees.object("kind", "PartialObjectMetadata", "apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", tree.path("metadata"));
        return partial;
    }
}
