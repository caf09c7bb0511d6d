package dev.mtc.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** JSON patch, RFC 6902. */
final class JsonPatches implements ObjectPatch {

    private static final Set<String> VALUE = Set.of("op", "path", "value");
    private static final Set<String> FROM = Set.of("op", "path", "from");

    /** The operations and the fields that each needs. */
    private static final Map<String, Set<String>> OPERATIONS = Map.of(
            "add", VALUE, "replace", VALUE, "test", VALUE, "move", FROM, "copy", FROM, "remove", Set.of("op", "path"));

    private final JsonNode operations;

    private JsonPatches(JsonNode operations) {
        this.operations = operations;
    }

    static ObjectPatch read(JsonNode patch) {
        if (!patch.isArray() || patch.isEmpty()) {
            throw new IllegalArgumentException(
                    "it is not a list of operations; write [{op: replace, path: /spec/replicas, value: 2}]");
        }
        for (int i = 0; i < patch.size(); i++) {
            check("operation " + i, patch.get(i));
        }
        return new JsonPatches(patch);
    }

    private static void check(String where, JsonNode operation) {
        String name = operation.path("op").asText();
        Set<String> fields = OPERATIONS.get(name);
        if (fields == null) {
            throw new IllegalArgumentException(
                    where + " has op '" + name + "'; use one of add, replace, test, remove, move, copy");
        }
        for (String field : fields) {
            if (!operation.has(field)) {
                throw new IllegalArgumentException(where + " (" + name + ") has no '" + field + "'");
            }
        }
        for (String pointer : Set.of("path", "from")) {
            String text = operation.path(pointer).asText();
            if (operation.has(pointer) && !text.startsWith("/")) {
                throw new IllegalArgumentException(where + " has " + pointer + " '" + text
                        + "'; write it as a JSON pointer such as /spec/replicas");
            }
        }
    }

    @Override
    public String name() {
        return operations
                .valueStream()
                .map(operation -> operation.path("path").asText())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    @Override
    public ObjectNode apply(ObjectNode object) {
        JsonNode patched = object;
        for (JsonNode operation : operations) {
            patched = apply(operation, patched);
        }
        if (patched instanceof ObjectNode result) {
            return result;
        }
        throw new IllegalArgumentException("the patch leaves no object");
    }

    private static JsonNode apply(JsonNode operation, JsonNode object) {
        String path = operation.path("path").asText();
        // the library does not mind if there is nothing to remove
        boolean isNothing = operation.path("op").asText().equals("remove")
                && object.at(path).isMissingNode();
        if (isNothing) {
            throw new IllegalArgumentException("there is no " + path + " to remove");
        }
        try {
            return JsonPatch.apply(JSON.createArrayNode().add(operation), object);
        } catch (JsonPatchException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
