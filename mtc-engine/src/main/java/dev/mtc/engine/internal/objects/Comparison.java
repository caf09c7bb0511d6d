package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * A field that is not as wanted.
     *
     * @param path where it is
     * @param wanted what would be applied, missing where the target should have nothing
     * @param actual what is there, missing if nothing
     */
    record Difference(String path, JsonNode wanted, JsonNode actual) {}

    private final int most;
    private final List<Difference> found = new ArrayList<>();

    private Comparison(int most) {
        this.most = most;
    }

    /**
     * {@return the path of the first field that is not as wanted, empty if all are}
     *
     * @param wanted what would be applied
     * @param actual what is there
     * @param autoscaled whether an autoscaler sets the replicas
     */
    static Optional<String> firstDifference(ObjectNode wanted, JsonNode actual, boolean autoscaled) {
        Comparison comparison = new Comparison(1);
        comparison.objects(wanted, actual, autoscaled);
        return comparison.found.stream().findFirst().map(Difference::path);
    }

    /**
     * {@return every field that is not as wanted}
     *
     * @param wanted what would be applied
     * @param actual what is there
     * @param autoscaled whether an autoscaler sets the replicas
     */
    static List<Difference> differences(ObjectNode wanted, JsonNode actual, boolean autoscaled) {
        Comparison comparison = new Comparison(Integer.MAX_VALUE);
        comparison.objects(wanted, actual, autoscaled);
        return comparison.found;
    }

    private void objects(ObjectNode wanted, JsonNode actual, boolean autoscaled) {
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (name.equals("spec") && autoscaled && value instanceof ObjectNode spec && spec.has("replicas")) {
                value = spec.deepCopy().without("replicas");
            }
            look(new Place("." + name, name, reading(name, Reading.BY_MEANING)), value, actual.path(name));
        }
    }

    /** Where a value is and how it is read. */
    private record Place(String path, String field, Reading reading) {
        Place child(String name) {
            return new Place(Json.child(path, name), name, Comparison.reading(name, reading));
        }

        Place element(int index) {
            return new Place(path + "[" + index + "]", "", reading);
        }
    }

    private static Reading reading(String field, Reading parent) {
        return LITERAL.contains(field) ? Reading.LITERALLY : parent;
    }

    private void look(Place place, JsonNode wanted, JsonNode actual) {
        if (found.size() >= most || (isNothing(actual) && wantsNothing(wanted))) {
            return;
        }
        // An empty object means something in a spec (a selector of everything), but not in metadata.
        boolean mayBeMissing = isNothing(actual) && place.path().startsWith(".metadata.");
        if (wanted.isObject() && (actual.isObject() || mayBeMissing)) {
            objects(place, wanted, actual);
        } else if (wanted.isArray() && actual.isArray()) {
            arrays(place, wanted, actual);
        } else if (!isEqual(wanted, actual, place.reading())) {
            note(place.path(), wanted, actual);
        }
    }

    private void note(String path, JsonNode wanted, JsonNode actual) {
        if (found.size() < most) {
            found.add(new Difference(path.substring(1), wanted, actual));
        }
    }

    private static boolean wantsNothing(JsonNode wanted) {
        return wanted.isNull() || (wanted.isArray() && wanted.isEmpty());
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private void objects(Place place, JsonNode wanted, JsonNode actual) {
        boolean ofMetadata = place.path().equals(".metadata.labels");
        for (Map.Entry<String, JsonNode> entry : wanted.properties()) {
            String name = entry.getKey();
            if (!ofMetadata || !IGNORED_LABELS.contains(name)) {
                look(place.child(name), entry.getValue(), actual.path(name));
            }
        }
        if (WHOLE_MAPS.contains(place.field()) && isFlat(actual)) {
            actual.properties().stream()
                    .filter(entry -> !wanted.has(entry.getKey()))
                    .forEach(entry -> note(
                            Json.child(place.path(), entry.getKey()), MissingNode.getInstance(), entry.getValue()));
        }
    }

    private static boolean isFlat(JsonNode map) {
        return map.valueStream().allMatch(JsonNode::isValueNode);
    }

    private void arrays(Place place, JsonNode wanted, JsonNode actual) {
        if (SHARED_LISTS.contains(place.path())) {
            boolean hasAll = wanted.valueStream()
                    .allMatch(element -> actual.valueStream().anyMatch(element::equals));
            if (!hasAll) {
                note(place.path(), wanted, actual);
            }
            return;
        }
        for (int i = 0; i < wanted.size(); i++) {
            look(place.element(i), wanted.get(i), actual.path(i));
        }
        for (int i = wanted.size(); i < actual.size(); i++) {
            note(place.element(i).path(), MissingNode.getInstance(), actual.get(i));
        }
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
