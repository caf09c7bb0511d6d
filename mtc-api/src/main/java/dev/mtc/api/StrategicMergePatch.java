package dev.mtc.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Kubernetes' strategic merge patch: like a merge patch, but lists whose elements have a key, such as containers, are merged by it.
 * Directives {@code $patch}, {@code $retainKeys} and {@code $deleteFromPrimitiveList} are heeded; the order of lists is not changed.
 */
final class StrategicMergePatch implements ObjectPatch {

    private static final String DIRECTIVE = "$patch";
    private static final String RETAIN = "$retainKeys";
    private static final String DELETE = "$deleteFromPrimitiveList/";
    private static final Set<String> WORDS = Set.of("delete", "replace", "merge");

    /** By which field the elements of a list are told apart, by the list's name. */
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("containers", "name"),
            Map.entry("initContainers", "name"),
            Map.entry("ephemeralContainers", "name"),
            Map.entry("env", "name"),
            Map.entry("volumes", "name"),
            Map.entry("imagePullSecrets", "name"),
            Map.entry("secrets", "name"),
            Map.entry("webhooks", "name"),
            Map.entry("schedulingGates", "name"),
            Map.entry("resourceClaims", "name"),
            Map.entry("volumeMounts", "mountPath"),
            Map.entry("volumeDevices", "devicePath"),
            Map.entry("hostAliases", "ip"),
            Map.entry("topologySpreadConstraints", "topologyKey"),
            Map.entry("ownerReferences", "uid"));

    private final ObjectNode patch;

    private StrategicMergePatch(ObjectNode patch) {
        this.patch = patch;
    }

    static ObjectPatch read(JsonNode patch) {
        ObjectNode fields = MergePatch.fields(patch);
        check("", fields);
        return new StrategicMergePatch(fields);
    }

    private static void check(String path, JsonNode node) {
        String word = node.path(DIRECTIVE).asText("merge");
        if (!WORDS.contains(word)) {
            throw new IllegalArgumentException(path + " has $patch '" + word + "'; use one of delete, replace, merge");
        }
        node.properties().forEach(field -> {
            String place = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            JsonNode value = field.getValue();
            if (value instanceof ArrayNode list) {
                checkList(place, field.getKey(), list);
            } else {
                check(place, value);
            }
        });
    }

    private static void checkList(String path, String name, ArrayNode list) {
        Optional<String> key = key(name, list);
        for (int i = 0; i < list.size(); i++) {
            JsonNode element = list.get(i);
            boolean isReplacement = isReplacement(element);
            if (key.isPresent() && !isReplacement && !element.hasNonNull(key.get())) {
                throw new IllegalArgumentException(
                        path + "[" + i + "] has no '" + key.get() + "', by which elements of " + name + " are merged");
            }
            check(path + "[" + i + "]", element);
        }
    }

    private static Optional<String> key(String list, ArrayNode elements) {
        if (list.equals("ports")) {
            return Stream.of("containerPort", "port")
                    .filter(key -> elements.valueStream().anyMatch(element -> element.has(key)))
                    .findFirst();
        }
        return Optional.ofNullable(KEYS.get(list));
    }

    private static boolean isReplacement(JsonNode element) {
        return element.path(DIRECTIVE).asText().equals("replace");
    }

    @Override
    public String name() {
        return MergePatch.places(patch);
    }

    @Override
    public ObjectNode apply(ObjectNode object) {
        String group = object.path("apiVersion").asText().replaceFirst("/?[^/]*$", "");
        boolean isCustom = group.contains(".") && !group.endsWith(".k8s.io") && !group.endsWith(".openshift.io");
        if (isCustom) {
            throw new IllegalArgumentException(
                    "strategic merge patches do not know the lists of custom kinds; use mergePatch or jsonPatch");
        }
        merge(object, patch);
        return object;
    }

    private static void merge(ObjectNode object, ObjectNode patch) {
        String word = patch.path(DIRECTIVE).asText();
        if (word.equals("replace") || word.equals("delete")) {
            object.removeAll();
        }
        if (word.equals("delete")) {
            return;
        }
        retain(object, patch.path(RETAIN));
        patch.properties().forEach(field -> mergeField(object, field.getKey(), field.getValue()));
    }

    private static void retain(ObjectNode object, JsonNode keys) {
        if (keys.isArray()) {
            object.retain(keys.valueStream().map(JsonNode::asText).toList());
        }
    }

    private static void mergeField(ObjectNode object, String name, JsonNode value) {
        if (name.startsWith(DELETE)) {
            removeFrom(object.path(name.substring(DELETE.length())), value);
        } else if (name.startsWith("$")) {
            return;
        } else if (value.isNull()) {
            object.remove(name);
        } else if (value instanceof ObjectNode below) {
            if (!object.path(name).isObject()) {
                object.putObject(name);
            }
            merge(object.withObjectProperty(name), below);
        } else if (value instanceof ArrayNode list) {
            mergeList(object, name, list);
        } else {
            object.set(name, value);
        }
    }

    private static void removeFrom(JsonNode list, JsonNode unwanted) {
        if (list instanceof ArrayNode array) {
            array.removeIf(element -> unwanted.valueStream().anyMatch(element::equals));
        }
    }

    private static void mergeList(ObjectNode object, String name, ArrayNode patch) {
        Optional<String> key = key(name, patch);
        boolean replaced = patch.valueStream().anyMatch(StrategicMergePatch::isReplacement);
        if (name.equals("finalizers")) {
            addMissing(object.withArrayProperty(name), patch);
        } else if (key.isEmpty() || replaced) {
            ArrayNode elements = patch.deepCopy();
            elements.removeIf(StrategicMergePatch::isReplacement);
            object.set(name, elements);
        } else {
            ArrayNode list = object.withArrayProperty(name);
            patch.forEach(element -> mergeElement(list, (ObjectNode) element, key.get()));
        }
    }

    private static void addMissing(ArrayNode list, ArrayNode more) {
        more.valueStream()
                .filter(element -> list.valueStream().noneMatch(element::equals))
                .toList()
                .forEach(list::add);
    }

    private static void mergeElement(ArrayNode list, ObjectNode element, String key) {
        if (element.path(DIRECTIVE).asText().equals("delete")) {
            list.removeIf(present -> present.path(key).equals(element.path(key)));
            return;
        }
        ObjectNode present = list.valueStream()
                .filter(candidate -> candidate.path(key).equals(element.path(key)))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseGet(list::addObject);
        merge(present, element);
    }
}
