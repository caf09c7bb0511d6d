package dev.mtc.engine.internal.conversion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.quiesce.PodTemplates;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Gives templates of a StatefulSet's claims other names, and the storage class, access modes and size that its claims have now, so
 * that a set which grows later makes more of the same kind. How a template was is kept on the set, for the way back.
 */
record TemplateSwap(String planUid, boolean isBack) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEPT = "migration.openshift.io/claim-templates-";

    /**
     * What a template becomes.
     *
     * @param name its name
     * @param spec of the claims that it made
     */
    record Successor(String name, JsonNode spec) {}

    /** Changes a set. */
    void apply(ObjectNode set, String template, Successor successor) {
        ArrayNode templates = (ArrayNode) set.path("spec").path("volumeClaimTemplates");
        for (int i = 0; i < templates.size(); i++) {
            ObjectNode present = (ObjectNode) templates.get(i);
            if (name(present).equals(template)) {
                templates.set(i, isBack ? restored(set, present, successor) : converted(set, present, successor));
            }
        }
        rename(PodTemplates.podSpec(set), template, successor.name());
    }

    private ObjectNode converted(ObjectNode set, ObjectNode template, Successor successor) {
        ArrayNode kept = kept(set);
        kept.add(template.deepCopy());
        keep(set, kept);
        return like(template, successor);
    }

    private ObjectNode restored(ObjectNode set, ObjectNode template, Successor successor) {
        ArrayNode kept = kept(set);
        for (int i = 0; i < kept.size(); i++) {
            if (name(kept.get(i)).equals(successor.name())) {
                ObjectNode original = (ObjectNode) kept.remove(i);
                keep(set, kept);
                return original;
            }
        }
        return like(template, successor);
    }

    private static ObjectNode like(ObjectNode template, Successor successor) {
        ObjectNode copy = template.deepCopy();
        copy.withObjectProperty("metadata").put("name", successor.name());
        copy.remove("status");
        ObjectNode spec = copy.withObjectProperty("spec");
        for (String field : List.of("storageClassName", "accessModes")) {
            if (successor.spec().has(field)) {
                spec.set(field, successor.spec().path(field));
            } else {
                spec.remove(field);
            }
        }
        JsonNode size = successor.spec().path("resources").path("requests").path("storage");
        spec.withObjectProperty("resources").withObjectProperty("requests").set("storage", size);
        return copy;
    }

    private ArrayNode kept(ObjectNode set) {
        String text =
                set.path("metadata").path("annotations").path(KEPT + planUid).asText("[]");
        try {
            return JSON.readTree(text) instanceof ArrayNode templates ? templates : JSON.createArrayNode();
        } catch (JsonProcessingException e) {
            // Someone has changed it: then the claims say what the templates were like.
            return JSON.createArrayNode();
        }
    }

    private void keep(ObjectNode set, ArrayNode kept) {
        ObjectNode annotations = set.withObjectProperty("metadata").withObjectProperty("annotations");
        if (kept.isEmpty()) {
            annotations.remove(KEPT + planUid);
        } else {
            annotations.put(KEPT + planUid, kept.toString());
        }
    }

    private static void rename(JsonNode podSpec, String from, String to) {
        Stream.of("initContainers", "containers")
                .flatMap(kind -> StreamSupport.stream(podSpec.path(kind).spliterator(), false))
                .flatMap(container -> Stream.of("volumeMounts", "volumeDevices")
                        .flatMap(kind ->
                                StreamSupport.stream(container.path(kind).spliterator(), false)))
                .filter(mount -> mount.path("name").asText().equals(from))
                .forEach(mount -> ((ObjectNode) mount).put("name", to));
    }

    private static String name(JsonNode template) {
        return template.path("metadata").path("name").asText();
    }
}
