package dev.mtc.api;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Scalars of YAML 1.1, as kubectl reads it, in the types of the model. */
final class Scalars {

    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
    private static final Set<String> TRUE = Set.of("true", "yes", "on");
    private static final String TEXT = "text";
    private static final String TRUTH = "true or false";
    private static final String NUMBER = "a whole number";
    private static final String BASE64 = "base64 text";
    private static final String QUANTITY = "a quantity";

    private final boolean secret;

    private Scalars(boolean secret) {
        this.secret = secret;
    }

    static Scalars shown() {
        return new Scalars(false);
    }

    /** {@return a reader whose descriptions do not tell the values} */
    static Scalars ofSecret() {
        return new Scalars(true);
    }

    /** {@return whether values of a type are scalars in YAML} */
    static boolean isScalar(JavaType type) {
        return type.isPrimitive()
                || (type.getRawClass().getName().startsWith("java.lang.") && !type.isJavaLangObject())
                || type.hasRawClass(byte[].class)
                || type.hasRawClass(Quantity.class);
    }

    /** {@return the value, or null if it is not of the type} */
    @Nullable
    JsonNode read(ScalarNode node, JavaType type) {
        String value = node.getValue();
        return switch (wanted(type)) {
            case TRUTH -> node.getTag().equals(Tag.BOOL) ? truth(value) : null;
            case NUMBER -> node.getTag().equals(Tag.INT) ? number(value) : null;
            case QUANTITY -> isQuantity(value) ? MAKE.textNode(value) : null;
            case BASE64 -> isBase64(value) ? MAKE.textNode(value.replaceAll("\\s", "")) : null;
            default -> isText(node) ? MAKE.textNode(value) : null;
        };
    }

    /** {@return the value in the type that it looks like} */
    JsonNode free(ScalarNode node) {
        if (node.getTag().equals(Tag.BOOL)) {
            return truth(node.getValue());
        }
        JsonNode number = node.getTag().equals(Tag.INT) ? number(node.getValue()) : null;
        return number == null ? MAKE.textNode(node.getValue()) : number;
    }

    static String wanted(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == boolean.class || raw == Boolean.class) {
            return TRUTH;
        } else if (raw == byte[].class) {
            return BASE64;
        } else if (raw == Quantity.class) {
            return QUANTITY;
        }
        return raw == String.class ? TEXT : NUMBER;
    }

    static String fix(String wanted) {
        return switch (wanted) {
            case TEXT -> "put the value in quotes";
            case TRUTH -> "write true or false without quotes";
            case NUMBER -> "write digits without quotes";
            case QUANTITY -> "write it like 20Gi or 500M";
            case BASE64 -> "encode the value with base64";
            default -> "write " + wanted;
        };
    }

    /** {@return what a node is, for messages} */
    String describe(Node node) {
        if (node instanceof MappingNode) {
            return "an object";
        } else if (node instanceof SequenceNode) {
            return "a list";
        }
        String kind = Tag.BOOL.equals(node.getTag())
                ? "the truth value"
                : Tag.INT.equals(node.getTag()) || Tag.FLOAT.equals(node.getTag()) ? "the number" : "the text";
        return secret ? kind : kind + " '" + shortened(((ScalarNode) node).getValue()) + "'";
    }

    private static String shortened(String value) {
        String line = value.replaceAll("\\s+", " ");
        return line.length() <= 40 ? line : line.substring(0, 39) + "…";
    }

    private static JsonNode truth(String value) {
        return MAKE.booleanNode(TRUE.contains(value.toLowerCase(Locale.ROOT)));
    }

    private static @Nullable JsonNode number(String value) {
        try {
            return value.matches("[-+]?(0|[1-9][0-9]*)") ? MAKE.numberNode(Long.parseLong(value)) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isText(ScalarNode node) {
        Tag tag = node.getTag();
        // kubectl knows neither dates nor numbers to the base of 60 (1:30): to it both are text
        boolean number = (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT))
                && node.getValue().indexOf(':') < 0;
        return !number && !tag.equals(Tag.BOOL) && tag.getValue().startsWith(Tag.PREFIX);
    }

    private static boolean isQuantity(String value) {
        try {
            new Quantity(value).getNumericalAmount();
            return !value.isBlank();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    private static boolean isBase64(String value) {
        try {
            Base64.getDecoder().decode(value.replaceAll("\\s", ""));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
