package dev.mtc.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes objects as YAML that kubectl applies: no status, nothing that a server sets, no empty fields. */
final class ManifestYaml {

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .stringQuotingChecker(new Quotes())
            .enable(Feature.MINIMIZE_QUOTES)
            .enable(Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(Feature.SPLIT_LINES)
            .build());

    private static final List<String> METADATA = List.of("name", "namespace", "labels", "annotations");
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private ManifestYaml() {}

    /** Leaves only words bare that no YAML, neither 1.1 nor 1.2, takes for anything but text. */
    private static final class Quotes extends StringQuotingChecker {

        private static final long serialVersionUID = 1;
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z/]([A-Za-z0-9_./:@-]*[A-Za-z0-9/])?");
        private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

        @Override
        public boolean needToQuoteName(String name) {
            return needToQuoteValue(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return !PLAIN.matcher(value).matches() || WORDS.contains(value.toLowerCase(Locale.ROOT));
        }
    }

    static String of(ManifestObject object) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        ObjectNode json = make.objectNode();
        json.put("apiVersion", object.kind().apiVersion())
                .put("kind", object.kind().word());
        JsonNode metadata = withoutEmpty(object.json().path("metadata"));
        ObjectNode kept = json.putObject("metadata");
        METADATA.stream().filter(metadata::has).forEach(field -> kept.set(field, metadata.get(field)));
        kept.put("namespace", object.namespace());
        if (kept.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(LAST_APPLIED);
        }
        object.json().properties().stream()
                .filter(entry ->
                        !Set.of("apiVersion", "kind", "metadata", "status").contains(entry.getKey()))
                .forEach(entry -> json.set(entry.getKey(), withoutEmpty(entry.getValue())));
        try {
            return YAML.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that cannot be written as YAML: " + object.id(), e);
        }
    }

    /** A copy without nulls and without objects that have no fields. */
    private static JsonNode withoutEmpty(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(withoutEmpty(element)));
            return copy;
        } else if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(entry -> {
                JsonNode value = withoutEmpty(entry.getValue());
                if (!value.isNull() && !(value.isObject() && value.isEmpty())) {
                    copy.set(entry.getKey(), value);
                }
            });
            return copy;
        }
        return node;
    }
}
