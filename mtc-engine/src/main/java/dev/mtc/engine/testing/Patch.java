package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A change to an object as a client sends it. */
sealed interface Patch {

    /** RFC 7386. */
    record Merge(ObjectNode patch) implements Patch {}

    /** RFC 6902. */
    record Json(ArrayNode operations) implements Patch {}

    /** Kubernetes' own, which merges lists by key. */
    record Strategic(ObjectNode patch) implements Patch {}

    /** Server-side apply. */
    record Apply(ObjectNode configuration) implements Patch {}

    /** {@return the patch in a request's body} */
    static Patch of(String contentType, JsonNode body) {
        String kind = contentType.split(";", -1)[0].trim();
        return switch (kind) {
            case "application/merge-patch+json" -> new Merge(object(body));
            case "application/strategic-merge-patch+json" -> new Strategic(object(body));
            case "application/apply-patch+yaml" -> new Apply(object(body));
            case "application/json-patch+json" -> {
                if (body instanceof ArrayNode operations) {
                    yield new Json(operations);
                }
                throw ApiError.badRequest("error decoding patch: a JSON patch is a list of operations");
            }
            default -> throw ApiError.unsupportedMediaType();
        };
    }

    private static ObjectNode object(JsonNode body) {
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw ApiError.badRequest("error decoding patch: an object is expected");
    }

    /** Changes a copy of an object by a merge patch. */
    static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(e -> {
            JsonNode value = e.getValue();
            if (value.isNull()) {
                target.remove(e.getKey());
            } else if (value instanceof ObjectNode inner) {
                merge(Trees.in(target, e.getKey()), inner);
            } else {
                target.set(e.getKey(), value.deepCopy());
            }
        });
    }
}
