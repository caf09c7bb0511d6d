package dev.mtc.engine.internal.plan;

import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Registry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where images of the source's registry are on the target: the registry's host is replaced, and a first path segment that
 * is a renamed namespace gets the namespace's new name (MTC specification 6.6). Other images stay as they are.
 */
public final class ImageMapping implements UnaryOperator<String> {

    private final String from;
    private final String to;
    private final Map<String, String> namespaces = new HashMap<>();

    private ImageMapping(Plan plan) {
        from = plan.from().registry().map(Registry::host).orElse("") + "/";
        to = plan.to().registry().map(Registry::host).orElse("") + "/";
        for (NamespaceMapping mapping : plan.namespaces()) {
            namespaces.put(mapping.source(), mapping.target());
        }
    }

    /** {@return the mapping of a plan, empty if one of its clusters has no registry} */
    public static Optional<ImageMapping> of(Plan plan) {
        boolean both =
                plan.from().registry().isPresent() && plan.to().registry().isPresent();
        return both ? Optional.of(new ImageMapping(plan)) : Optional.empty();
    }

    /** {@return whether an image is in the source's registry} */
    public boolean covers(String image) {
        return image.startsWith(from);
    }

    @Override
    public String apply(String image) {
        if (!covers(image)) {
            return image;
        }
        String path = image.substring(from.length());
        int slash = path.indexOf('/');
        if (slash > 0) {
            String first = path.substring(0, slash);
            path = namespaces.getOrDefault(first, first) + path.substring(slash);
        }
        return to + path;
    }
}
