package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which images the nodes of an {@link EmbeddedCluster} can pull; all at first. A pod with another image stays pending
 * with {@code ImagePullBackOff} until the rule allows it. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class ImageRules {

    private volatile Predicate<String> allowed = image -> true;
    private final Runnable changed;

    ImageRules(Runnable changed) {
        this.changed = changed;
    }

    /**
     * Lets only images be pulled whose name starts with one of these.
     *
     * @param prefixes such as {@code registry.example/shop/}
     * @return this
     */
    public ImageRules only(String... prefixes) {
        return rule(startsWith(prefixes));
    }

    /**
     * Lets all images be pulled but those whose name starts with one of these.
     *
     * @param prefixes such as {@code old.registry.example/}
     * @return this
     */
    public ImageRules except(String... prefixes) {
        return rule(startsWith(prefixes).negate());
    }

    private static Predicate<String> startsWith(String... prefixes) {
        List<String> all = List.of(prefixes);
        return image -> all.stream().anyMatch(image::startsWith);
    }

    /** Lets all images be pulled. */
    public void any() {
        rule(image -> true);
    }

    private ImageRules rule(Predicate<String> rule) {
        allowed = rule;
        changed.run();
        return this;
    }

    boolean allow(JsonNode container) {
        return allowed.test(Trees.text(container, "image"));
    }
}
