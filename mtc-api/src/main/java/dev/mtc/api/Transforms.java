package dev.mtc.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Ready-made {@link Transform}s. */
public final class Transforms {

    private static final Set<String> CONTAINERS = Set.of("containers", "initContainers", "ephemeralContainers");

    private Transforms() {}

    /**
     * {@return a transform that replaces the start of image references in pod templates}
     *
     * @param from whole leading path segments, for example {@code old.registry/shop}
     * @param to what stands there instead
     * @throws IllegalArgumentException if one of them is blank
     */
    public static Transform rewriteImages(String from, String to) {
        String prefix = segments("from", from);
        String replacement = segments("to", to);
        return Transform.of("images " + prefix + " -> " + replacement, object -> {
            rewrite(object.getAdditionalProperties(), prefix, replacement);
            return object;
        });
    }

    private static String segments(String what, String text) {
        String segments = Objects.requireNonNull(text, what).strip().replaceFirst("/+$", "");
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("rewriteImages: '" + what
                    + "' is blank; give leading path segments of images such as old.registry/shop");
        }
        return segments;
    }

    private static void rewrite(Object node, String from, String to) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (CONTAINERS.contains(key) && value instanceof List<?> containers) {
                    containers.forEach(container -> rewriteContainer(container, from, to));
                } else {
                    rewrite(value, from, to);
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(value -> rewrite(value, from, to));
        }
    }

    @SuppressWarnings("unchecked")
    private static void rewriteContainer(Object container, String from, String to) {
        if (container instanceof Map<?, ?> fields) {
            ((Map<String, Object>) fields)
                    .computeIfPresent(
                            "image",
                            (key, value) -> value instanceof String image ? rewritten(image, from, to) : value);
        }
    }

    private static String rewritten(String image, String from, String to) {
        boolean matches = image.startsWith(from)
                && (image.length() == from.length() || "/:@".indexOf(image.charAt(from.length())) >= 0);
        return matches ? to + image.substring(from.length()) : image;
    }
}
