package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an object of the target has everything that would be applied. What the target has beyond that is its own (defaults, status, other
 * managers' fields), except in maps that are one value: data and selectors.
 */
final class Comparison {

    /** In which migration an object came is no difference, nor is that it came without one. */
    private static final Set<String> IGNORED_LABELS = Set.of(Marks.PLAN, Marks.MIGRATION);

    private static final Set<String> WHOLE_MAPS =
            Set.of("data", "binaryData", "selector", "matchLabels", "nodeSelector");

    /** Maps and lists whose texts mean only themselves, so that 1000m is not 1 there. */
    private static final Set<String> LITERAL =
            Set.of("data", "binaryData", "annotations", "labels", "matchLabels", "env", "args", "command");

    /** Lists that other parties add to. */
    private static final Set<String> SHARED_LISTS = Set.of(".imagePullSecrets", ".secrets");

    private enum Reading {
        LITERALLY,
        BY_MEANING
    }

    private Comparison() {}

    /**
     * {@return the path of the first field that is not as wanted, empty if all are}
     *
     * @param wanted what would be applied
     * @param actual what is there
     * @param autoscaled whether an autoscaler sets the replicas
     */
    static Optional<String> firstDifference(ObjectNode wanted, JsonNode actual, boolean autoscaled) {
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (name.equals("spec") && autoscaled && value instanceof ObjectNode spec && spec.has("replicas")) {
                value = spec.deepCopy().without("replicas");
            }
            Optional<String> difference =
                    difference("." + name, name, value, actual.path(name), reading(name, Reading.BY_MEANING));
            if (difference.isPresent()) {
                return difference.map(path -> path.substring(1));
            }
        }
        return Optional.empty();
    }

    private static Reading reading(String field, Reading parent) {
        return LITERAL.contains(field) ? Reading.LITERALLY : parent;
    }

    private static Optional<String> difference(
            String path, String field, JsonNode wanted, JsonNode actual, Reading reading) {
        boolean nothingWanted = wanted.isNull() || (wanted.isContainerNode() && wanted.isEmpty());
        if (nothingWanted
                && (actual.isMissingNode() || actual.isNull() || (actual.isContainerNode() && actual.isEmpty()))) {
            return Optional.empty();
        }
        if (wanted.isObject() && actual.isObject()) {
            return objects(path, field, wanted, actual, reading);
        }
        if (wanted.isArray() && actual.isArray()) {
            return SHARED_LISTS.contains(path)
                    ? sharedLists(path, wanted, actual)
                    : arrays(path, wanted, actual, reading);
        }
        return isEqual(wanted, actual, reading) ? Optional.empty() : Optional.of(path);
    }

    private static Optional<String> objects(
            String path, String field, JsonNode wanted, JsonNode actual, Reading reading) {
        boolean ofMetadata = path.equals(".metadata.labels");
        for (Map.Entry<String, JsonNode> entry : wanted.properties()) {
            String name = entry.getKey();
            if (ofMetadata && IGNORED_LABELS.contains(name)) {
                continue;
            }
            Optional<String> difference = difference(
                    Json.child(path, name), name, entry.getValue(), actual.path(name), reading(name, reading));
            if (difference.isPresent()) {
                return difference;
            }
        }
        if (WHOLE_MAPS.contains(field) && isFlat(actual)) {
            return actual.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(name -> !wanted.has(name))
                    .findFirst()
                    .map(name -> Json.child(path, name));
        }
        return Optional.empty();
    }

    private static boolean isFlat(JsonNode map) {
        return map.valueStream().allMatch(JsonNode::isValueNode);
    }

    private static Optional<String> arrays(String path, JsonNode wanted, JsonNode actual, Reading reading) {
        for (int i = 0; i < wanted.size(); i++) {
            Optional<String> difference = difference(path + "[" + i + "]", "", wanted.get(i), actual.path(i), reading);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return wanted.size() == actual.size() ? Optional.empty() : Optional.of(path + "[" + wanted.size() + "]");
    }

    private static Optional<String> sharedLists(String path, JsonNode wanted, JsonNode actual) {
        return wanted.valueStream().allMatch(element -> actual.valueStream().anyMatch(element::equals))
                ? Optional.empty()
                : Optional.of(path);
    }

    private static boolean isEqual(JsonNode wanted, JsonNode actual, Reading reading) {
        if (wanted.equals(actual)) {
            return true;
        }
        boolean values = wanted.isValueNode() && actual.isValueNode();
        if (!values || reading == Reading.LITERALLY) {
            return false;
        }
        return wanted.asText().equals(actual.asText()) || isSameQuantity(wanted.asText(), actual.asText());
    }

    private static boolean isSameQuantity(String wanted, String actual) {
        if (!isQuantity(wanted) || !isQuantity(actual)) {
            return false;
        }
        return Quantity.parse(wanted)
                        .getNumericalAmount()
                        .compareTo(Quantity.parse(actual).getNumericalAmount())
                == 0;
    }

    private static boolean isQuantity(String text) {
        return text.matches("[0-9]{1,18}(\\.[0-9]{1,9})?(m|k|[KMGTPE]i?)?");
    }
}
