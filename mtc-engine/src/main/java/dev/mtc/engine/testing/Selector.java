package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Label and field selectors in the grammar of a list's query parameters. */
final class Selector {

    private static final Pattern SET = Pattern.compile("([^\\s!=,()]+)\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^\\s!=,()]+)\\s*(==|=|!=)\\s*([^\\s!=,()]*)");
    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*([^\\s!=,()]+)");
    private static final Pattern COMPARED = Pattern.compile("([^\\s!=,()]+)\\s*(>|<)\\s*(-?\\d+)");
    private static final Set<String> POD_FIELDS = Set.of(
            "metadata.name",
            "metadata.namespace",
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.serviceAccountName",
            "status.phase",
            "status.podIP");
    private static final Set<String> EVENT_FIELDS = Set.of(
            "metadata.name",
            "metadata.namespace",
            "involvedObject.kind",
            "involvedObject.name",
            "involvedObject.namespace",
            "involvedObject.uid",
            "reason",
            "type");

    private Selector() {}

    /** {@return what a label selector chooses} */
    static Predicate<JsonNode> labels(String selector) {
        List<Predicate<Map<String, String>>> parts =
                split(selector).stream().map(Selector::labelPart).toList();
        if (parts.isEmpty()) {
            return tree -> true;
        }
        return tree -> {
            Map<String, String> labels = Trees.labels(tree);
            return parts.stream().allMatch(part -> part.test(labels));
        };
    }

    /** {@return what a {@code matchLabels} and {@code matchExpressions} selector chooses; nothing if it is empty} */
    static Predicate<JsonNode> of(JsonNode selector) {
        Map<String, String> wanted = Trees.strings(selector.path("matchLabels"));
        List<JsonNode> expressions = Trees.items(selector.path("matchExpressions"));
        if (wanted.isEmpty() && expressions.isEmpty()) {
            return tree -> false;
        }
        return tree -> {
            Map<String, String> labels = Trees.labels(tree);
            return labels.entrySet().containsAll(wanted.entrySet())
                    && expressions.stream().allMatch(e -> matches(e, labels));
        };
    }

    /** {@return what a field selector chooses among objects of the kind} */
    static Predicate<JsonNode> fields(ResourceType type, String selector) {
        List<Predicate<JsonNode>> parts =
                split(selector).stream().map(part -> fieldPart(type, part)).toList();
        return tree -> parts.stream().allMatch(part -> part.test(tree));
    }

    private static boolean matches(JsonNode expression, Map<String, String> labels) {
        String key = Trees.text(expression, "key");
        List<String> values = Trees.items(expression.path("values")).stream()
                .map(JsonNode::asText)
                .toList();
        return switch (Trees.text(expression, "operator")) {
            case "In" -> labels.containsKey(key) && values.contains(labels.get(key));
            case "NotIn" -> !labels.containsKey(key) || !values.contains(labels.get(key));
            case "Exists" -> labels.containsKey(key);
            default -> !labels.containsKey(key);
        };
    }

    private static Predicate<Map<String, String>> labelPart(String part) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            Set<String> values = new HashSet<>(Arrays.asList(set.group(3).trim().split("\\s*,\\s*")));
            boolean wanted = set.group(2).equals("in");
            return labels -> {
                String value = labels.get(set.group(1));
                return value == null ? !wanted : values.contains(value) == wanted;
            };
        }
        Matcher equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            boolean wanted = !equality.group(2).equals("!=");
            return labels -> equality.group(3).equals(labels.get(equality.group(1))) == wanted;
        }
        Matcher compared = COMPARED.matcher(part);
        if (compared.matches()) {
            return labels -> compares(labels.get(compared.group(1)), compared.group(2), compared.group(3));
        }
        Matcher exists = EXISTS.matcher(part);
        if (exists.matches()) {
            return labels ->
                    labels.containsKey(exists.group(2)) == exists.group(1).isEmpty();
        }
        throw ApiError.badRequest("unable to parse requirement: " + part);
    }

    private static boolean compares(@Nullable String value, String operator, String bound) {
        if (value == null || !value.matches("-?\\d{1,18}")) {
            return false;
        }
        int order = Long.compare(Long.parseLong(value), Long.parseLong(bound));
        return operator.equals(">") ? order > 0 : order < 0;
    }

    private static Predicate<JsonNode> fieldPart(ResourceType type, String part) {
        Matcher matcher = EQUALITY.matcher(part);
        if (!matcher.matches()) {
            throw ApiError.badRequest("invalid selector: '" + part + "'; can't understand '" + part + "'");
        }
        String field = matcher.group(1);
        if (!isKnown(type, field)) {
            throw ApiError.badRequest(
                    "\"" + field + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        }
        boolean wanted = !matcher.group(2).equals("!=");
        String[] path = field.split("\\.");
        return tree -> Trees.text(tree, path).equals(matcher.group(3)) == wanted;
    }

    private static boolean isKnown(ResourceType type, String field) {
        return switch (type.group().isEmpty() ? type.plural() : "") {
            case "pods" -> POD_FIELDS.contains(field);
            case "events" -> EVENT_FIELDS.contains(field);
            case "secrets" -> field.equals("type") || isName(field);
            case "namespaces" -> field.equals("status.phase") || isName(field);
            case "nodes" -> field.equals("spec.unschedulable") || isName(field);
            default -> isName(field);
        };
    }

    private static boolean isName(String field) {
        return field.equals("metadata.name") || field.equals("metadata.namespace");
    }

    /** Splits at commas that are not within parentheses. */
    private static List<String> split(String selector) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < selector.length(); i++) {
            char c = selector.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(selector.substring(start, i).trim());
                start = i + 1;
            }
        }
        if (depth != 0) {
            throw ApiError.badRequest("unable to parse requirement: found '', expected: ',' or ')'");
        }
        parts.add(selector.substring(start).trim());
        parts.removeIf(String::isEmpty);
        return parts;
    }
}
