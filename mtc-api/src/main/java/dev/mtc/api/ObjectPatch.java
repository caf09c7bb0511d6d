package dev.mtc.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Objects;
import java.util.function.Function;

/** A patch, read and checked once and applied to the JSON of many objects. Thread-safe. */
interface ObjectPatch {

    int NAME_LENGTH = 80;
    ObjectMapper JSON = new ObjectMapper();
    ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** {@return what it does, in a few words} */
    String name();

    /**
     * {@return the patched object}
     *
     * @param object may be changed
     * @throws IllegalArgumentException if the patch does not fit it
     */
    ObjectNode apply(ObjectNode object);

    /**
     * {@return the transform that a patch makes}
     *
     * @param kind what sort of patch
     * @param text YAML or JSON
     * @param reader throws an IllegalArgumentException that says what is wrong with the patch
     */
    static Transform transform(String kind, String text, Function<JsonNode, ObjectPatch> reader) {
        try {
            ObjectPatch patch = reader.apply(YAML.readTree(Objects.requireNonNull(text, "patch")));
            return Transform.of(kind + " of " + abbreviated(patch.name()), patch::apply);
        } catch (JacksonException e) {
            return Transform.invalid(kind, "the " + kind + " is neither YAML nor JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return Transform.invalid(kind, "the " + kind + " is wrong: " + e.getMessage());
        }
    }

    private static String abbreviated(String name) {
        return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH - 1) + "…";
    }

    /** {@return the patched object} */
    default GenericKubernetesResource apply(GenericKubernetesResource object) {
        ObjectNode patched = apply(JSON.convertValue(object, ObjectNode.class));
        return JSON.convertValue(patched, GenericKubernetesResource.class);
    }
}
