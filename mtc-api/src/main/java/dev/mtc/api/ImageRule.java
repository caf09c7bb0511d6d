package dev.mtc.api;

import java.util.Objects;

/**
 * Where images go: the beginning of a reference is replaced. Immutable.
 *
 * @param from whole leading path segments, for example {@code quay.io/acme}
 * @param to what stands there instead
 */
public record ImageRule(String from, String to) {

    /** What may follow whole segments: a further one, a tag or a digest. */
    private static final String ENDS = "/:@";

    /**
     * Strips spaces and a closing slash.
     *
     * @throws IllegalArgumentException if one of them is blank
     */
    public ImageRule {
        from = segments("from", from);
        to = segments("to", to);
    }

    private static String segments(String what, String text) {
        String segments = Objects.requireNonNull(text, what).strip().replaceFirst("/+$", "");
        if (segments.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + what + "' is blank; give leading path segments of images such as old.registry/shop");
        }
        return segments;
    }

    /** {@return whether it is about an image} */
    public boolean covers(String image) {
        return image.startsWith(from)
                && (image.length() == from.length() || ENDS.indexOf(image.charAt(from.length())) >= 0);
    }

    /** {@return where an image goes; itself if the rule is not about it} */
    public String apply(String image) {
        return covers(image) ? to + image.substring(from.length()) : image;
    }

    @Override
    public String toString() {
        return from + " -> " + to;
    }
}
