package dev.mtc.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Ready-made {@link Transform}s. */
public final class Transforms {

    private Transforms() {}

    /**
     * {@return a transform that replaces the start of image references in pod templates}
     *
     * @param from whole leading path segments, for example {@code old.registry/shop}
     * @param to what stands there instead
     */
    public static Transform rewriteImages(String from, String to) {
        String prefix = Objects.requireNonNull(from).replaceFirst("/+$", "");
        String replacement = Objects.requireNonNull(to).replaceFirst("/+$", "");
        return Transform.of("images " + prefix + " -> " + replacement, object -> {
            rewrite(object.getAdditionalProperties(), prefix, replacement);
            return object;
        });
    }

    private static void rewrite(Object node, String from, String to) {
        if (node instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            Map<String, Object> fields = (Map<String, Object>) map;
            fields.replaceAll((key, value) ->
                    key.equals("image") && value instanceof String image ? rewritten(image, from, to) : value);
            fields.values().forEach(value -> rewrite(value, from, to));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> rewrite(value, from, to));
        }
    }

    private static String rewritten(String image, String from, String to) {
        boolean matches = image.startsWith(from)
                && (image.length() == from.length() || "/:@".indexOf(image.charAt(from.length())) >= 0);
        return matches ? to + image.substring(from.length()) : image;
    }
}
