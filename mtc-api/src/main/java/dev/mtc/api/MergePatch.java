package dev.mtc.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** JSON merge patch, RFC 7386: fields are set, null removes them, lists are replaced. */
final class MergePatch implements ObjectPatch {

    private final ObjectNode patch;

    private MergePatch(ObjectNode patch) {
        this.patch = patch;
    }

    static ObjectPatch read(JsonNode patch) {
        return new MergePatch(fields(patch));
    }

    /** {@return a patch that has fields} */
    static ObjectNode fields(JsonNode patch) {
        if (patch instanceof ObjectNode object && !object.isEmpty()) {
            return object;
        }
        throw new IllegalArgumentException("it has no fields; write what is to change, such as {spec: {replicas: 2}}");
    }

    @Override
    public String name() {
        return places(patch);
    }

    @Override
    public ObjectNode apply(ObjectNode object) {
        merge(object, patch);
        return object;
    }

    private static void merge(ObjectNode object, ObjectNode patch) {
        patch.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (value.isNull()) {
                object.remove(name);
            } else if (value instanceof ObjectNode below) {
                if (!object.path(name).isObject()) {
                    object.putObject(name);
                }
                merge(object.withObjectProperty(name), below);
            } else {
                object.set(name, value.deepCopy());
            }
        });
    }

    /** {@return the paths of the fields that a patch sets} */
    static String places(ObjectNode patch) {
        List<String> places = new ArrayList<>();
        collect("", patch, places);
        return String.join(", ", places);
    }

    private static void collect(String path, ObjectNode patch, List<String> places) {
        patch.properties().forEach(field -> {
            String place = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (field.getValue() instanceof ObjectNode below && !below.isEmpty()) {
                collect(place, below, places);
            } else {
                places.add(place);
            }
        });
    }
}
