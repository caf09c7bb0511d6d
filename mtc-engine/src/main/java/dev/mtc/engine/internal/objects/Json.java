package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reading, looking into and walking over JSON objects. */
final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();
    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);
    private static final ObjectWriter WRITER = MAPPER.writer();

    private static final Pattern PLAIN_FIELD = Pattern.compile("[A-Za-z0-9_-]+");

    private Json() {}

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    /** Reads one object. */
    static ObjectNode read(byte[] bytes) throws IOException {
        if (READER.readTree(bytes) instanceof ObjectNode object) {
            return object;
        }
        throw new IOException("not a JSON object");
    }

    /** Reads any value. */
    static JsonNode readAny(String json) throws IOException {
        return READER.readTree(json);
    }

    /** {@return equal bytes for equal objects} */
    static byte[] write(ObjectNode object) {
        try {
            return WRITER.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree cannot be written", e);
        }
    }

    /** {@return the object at a path of fields, empty if there is none} */
    static Optional<ObjectNode> object(JsonNode root, String... path) {
        return at(root, path) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }

    /** {@return the text at a path of fields, empty if there is none} */
    static String text(JsonNode root, String... path) {
        return at(root, path).asText("");
    }

    static JsonNode at(JsonNode root, String... path) {
        JsonNode node = root;
        for (String field : path) {
            node = node.path(field);
        }
        return node;
    }

    /** {@return a value as JSON} */
    static ObjectNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** {@return a value from its JSON} */
    static <T> T value(JsonNode json, Class<T> type) throws IOException {
        return MAPPER.treeToValue(json, type);
    }

    /** {@return the objects in an array, which may be missing} */
    static List<ObjectNode> objects(JsonNode array) {
        List<ObjectNode> found = new ArrayList<>();
        array.forEach(element -> {
            if (element instanceof ObjectNode object) {
                found.add(object);
            }
        });
        return found;
    }

    /** Removes elements of an array field, and the field when nothing is left. */
    static void removeFrom(ObjectNode parent, String field, Predicate<JsonNode> unwanted) {
        if (parent.get(field) instanceof ArrayNode array) {
            for (Iterator<JsonNode> elements = array.iterator(); elements.hasNext(); ) {
                if (unwanted.test(elements.next())) {
                    elements.remove();
                }
            }
        }
        removeIfEmpty(parent, field);
    }

    static void removeIfEmpty(ObjectNode parent, String field) {
        if (parent.path(field).isContainerNode() && parent.path(field).isEmpty()) {
            parent.remove(field);
        }
    }

    /** Visits every object below a node, itself included, parents first, with its path such as {@code spec.ports[0]}. */
    static void walk(JsonNode root, String path, BiConsumer<String, ObjectNode> visitor) {
        if (root instanceof ObjectNode object) {
            visitor.accept(path, object);
            object.properties().forEach(field -> walk(field.getValue(), child(path, field.getKey()), visitor));
        } else if (root.isArray()) {
            for (int i = 0; i < root.size(); i++) {
                walk(root.get(i), path + "[" + i + "]", visitor);
            }
        }
    }

    static String child(String path, String field) {
        String step = PLAIN_FIELD.matcher(field).matches() ? field : "[\"" + field + "\"]";
        return path.isEmpty() || step.startsWith("[") ? path + step : path + "." + step;
    }
}
