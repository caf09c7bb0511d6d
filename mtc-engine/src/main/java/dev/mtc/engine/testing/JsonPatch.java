package dev.mtc.engine.testing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** RFC 6902: operations that are done in order, all or none. */
final class JsonPatch {

    private JsonNode document;

    private JsonPatch(JsonNode document) {
        this.document = document;
    }

    /** {@return the patched document; the given one is changed} */
    static JsonNode apply(JsonNode document, ArrayNode operations) {
        JsonPatch patch = new JsonPatch(document);
        operations.forEach(patch::apply);
        return patch.document;
    }

    private void apply(JsonNode operation) {
        JsonPointer path = pointer(Trees.text(operation, "path"));
        switch (Trees.text(operation, "op")) {
            case "add" -> add(path, operation.path("value").deepCopy());
            case "remove" -> remove(path);
            case "replace" -> {
                remove(path);
                add(path, operation.path("value").deepCopy());
            }
            case "copy" ->
                add(path, existing(pointer(Trees.text(operation, "from"))).deepCopy());
            case "move" -> {
                JsonPointer from = pointer(Trees.text(operation, "from"));
                JsonNode value = existing(from);
                remove(from);
                add(path, value);
            }
            case "test" -> {
                if (!existing(path).equals(operation.path("value"))) {
                    throw ApiError.patchRejected();
                }
            }
            default -> throw ApiError.patchRejected();
        }
    }

    private void add(JsonPointer path, JsonNode value) {
        if (path.matches()) {
            document = value;
            return;
        }
        JsonNode parent = existing(path.head());
        String last = path.last().getMatchingProperty();
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (parent instanceof ArrayNode array) {
            int index = last.equals("-") ? array.size() : path.last().getMatchingIndex();
            if (index < 0 || index > array.size()) {
                throw ApiError.patchRejected();
            }
            array.insert(index, value);
        } else {
            throw ApiError.patchRejected();
        }
    }

    private void remove(JsonPointer path) {
        if (path.matches()) {
            document = Trees.object();
            return;
        }
        existing(path);
        JsonNode parent = existing(path.head());
        if (parent instanceof ObjectNode object) {
            object.remove(path.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode array) {
            array.remove(path.last().getMatchingIndex());
        }
    }

    private JsonNode existing(JsonPointer path) {
        JsonNode found = document.at(path);
        if (found.isMissingNode()) {
            throw ApiError.patchRejected();
        }
        return found;
    }

    private static JsonPointer pointer(String path) {
        try {
            return JsonPointer.compile(path);
        } catch (IllegalArgumentException e) {
            throw ApiError.patchRejected();
        }
    }
}
