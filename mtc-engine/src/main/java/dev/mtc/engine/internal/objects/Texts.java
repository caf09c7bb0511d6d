package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** The texts that an object's owner wrote: everything but names and labels, with the data of Secrets decoded. */
final class Texts {

    private Texts() {}

    /**
     * Visits every text, which the visitor may change.
     *
     * @param draft whose object is read and changed
     * @param visitor gets a path such as {@code spec.args[0]} and a text, and returns the text to stand there
     */
    static void visit(Draft draft, BinaryOperator<String> visitor) {
        draft.object().properties().forEach(field -> {
            if (field.getKey().equals("metadata")) {
                JsonNode annotations = field.getValue().path("annotations");
                visit(annotations, "metadata.annotations", visitor);
            } else if (field.getKey().equals("data") && draft.is("secrets")) {
                visit(field.getValue(), "data", (path, text) -> decoded(text)
                        .map(plain -> changed(plain, visitor.apply(path, plain), text))
                        .orElse(text));
            } else if (field.getValue().isContainerNode()) {
                visit(field.getValue(), field.getKey(), visitor);
            }
        });
    }

    private static void visit(JsonNode node, String path, BinaryOperator<String> visitor) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                String child = Json.child(path, field.getKey());
                visited(field.getValue(), child, visitor).ifPresent(field::setValue);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                visited(array.get(i), path + "[" + i + "]", visitor).ifPresent(text -> array.set(index, text));
            }
        }
    }

    private static Optional<JsonNode> visited(JsonNode value, String path, BinaryOperator<String> visitor) {
        if (!value.isTextual()) {
            visit(value, path, visitor);
            return Optional.empty();
        }
        String after = visitor.apply(path, value.asText());
        return after.equals(value.asText()) ? Optional.empty() : Optional.of(TextNode.valueOf(after));
    }

    /** {@return a Secret's value as text, empty if it is none} */
    private static Optional<String> decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String changed(String before, String after, String encoded) {
        return after.equals(before)
                ? encoded
                : Base64.getEncoder().encodeToString(after.getBytes(StandardCharsets.UTF_8));
    }
}
