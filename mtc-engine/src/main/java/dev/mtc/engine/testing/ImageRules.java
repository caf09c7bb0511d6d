package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Which images the nodes of an {@link EmbeddedCluster} can pull; all at first. A pod with another image stays pending
 * with {@code ImagePullBackOff} until the rule allows it. Safe for use by several threads.
 */
public final class ImageRules {

    private volatile List<String> prefixes = List.of();
    private final Runnable changed;

    ImageRules(Runnable changed) {
        this.changed = changed;
    }

    /**
     * Lets only images be pulled whose name starts with one of these.
     *
     * @param allowed prefixes, such as {@code registry.example/shop/}
     * @return this
     */
    public ImageRules only(String... allowed) {
        prefixes = List.of(allowed);
        changed.run();
        return this;
    }

    /** Lets all images be pulled. */
    public void any() {
        prefixes = List.of();
        changed.run();
    }

    boolean allow(JsonNode container) {
        String image = Trees.text(container, "image");
        List<String> allowed = prefixes;
        return allowed.isEmpty() || allowed.stream().anyMatch(image::startsWith);
    }
}
