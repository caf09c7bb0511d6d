package dev.mtc.engine.internal.companion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Label selectors as objects have them, written as the API takes them. */
final class Selectors {

    private Selectors() {}

    /** {@return a selector with {@code matchLabels} and {@code matchExpressions} as text; empty if it selects everything} */
    static String text(JsonNode selector) {
        List<String> terms = new ArrayList<>();
        selector.path("matchLabels")
                .properties()
                .forEach(label ->
                        terms.add(label.getKey() + "=" + label.getValue().asText()));
        selector.path("matchExpressions").forEach(expression -> terms.add(term(expression)));
        return String.join(",", terms);
    }

    private static String term(JsonNode expression) {
        String key = expression.path("key").asText();
        String values = expression
                .path("values")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.joining(",", "(", ")"));
        return switch (expression.path("operator").asText()) {
            case "In" -> key + " in " + values;
            case "NotIn" -> key + " notin " + values;
            case "DoesNotExist" -> "!" + key;
            default -> key;
        };
    }
}
