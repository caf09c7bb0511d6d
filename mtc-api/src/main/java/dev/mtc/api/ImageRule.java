package dev.mtc.api;

import java.util.Objects;

/**
 * Where images go: the beginning of a reference is replaced. Immutable.
 *
 * @param from whole leading path segments, for example {@code quay.io/acme}; {@value #NAMESPACE} stands for each namespace of a plan
 * @param to what stands there instead; {@value #NAMESPACE} stands for the target's name of that namespace
 * @since 0.1
 */
public record ImageRule(String from, String to) {

    /** What stands for a namespace of the plan. */
    public static final String NAMESPACE = "{namespace}";

    /** What may follow whole segments: a further one, a tag or a digest. */
    private static final String ENDS = "/:@";

    /**
     * Strips spaces and a closing slash.
     *
     * @throws IllegalArgumentException if one of them is blank, or only {@code to} has {@value #NAMESPACE}
     */
    public ImageRule {
        from = segments("from", from);
        to = segments("to", to);
        if (to.contains(NAMESPACE) && !from.contains(NAMESPACE)) {
            throw new IllegalArgumentException("'to' has " + NAMESPACE + " but 'from' has not, so it is not known which"
                    + " namespace is meant; write it in both, as in quay.io/" + NAMESPACE);
        }
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

    /** {@return the rule for one namespace of a plan; itself if it names none} */
    public ImageRule in(NamespaceMapping namespace) {
        return from.contains(NAMESPACE)
                ? new ImageRule(from.replace(NAMESPACE, namespace.source()), to.replace(NAMESPACE, namespace.target()))
                : this;
    }

    @Override
    public String toString() {
        return from + " -> " + to;
    }
}
