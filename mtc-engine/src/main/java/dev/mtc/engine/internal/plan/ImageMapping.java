package dev.mtc.engine.internal.plan;

import dev.mtc.api.ImageRule;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Registry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where images are on the target. Of those in the source's registry the host is replaced, and a first path segment that is a
 * renamed namespace gets the namespace's new name (MTC specification 6.6). The plan's rules say where others go; the longest
 * one counts, before the registry as a whole. A reference without a host is Docker Hub's, as container runtimes take it. What
 * nothing is said of stays as it is.
 */
public final class ImageMapping implements UnaryOperator<String> {

    private static final String DOCKER_HUB = "docker.io/";

    private final List<ImageRule> rules;
    private final @Nullable ImageRule registries;
    private final Map<String, String> namespaces = new HashMap<>();

    private ImageMapping(Plan plan) {
        rules = plan.imageRules().stream()
                .sorted(Comparator.comparing((ImageRule rule) -> rule.from().length())
                        .reversed())
                .toList();
        registries = registries(plan);
        for (NamespaceMapping mapping : plan.namespaces()) {
            namespaces.put(mapping.source(), mapping.target());
        }
    }

    private static @Nullable ImageRule registries(Plan plan) {
        Optional<String> from = plan.from().registry().map(Registry::host);
        Optional<String> to = plan.to().registry().map(Registry::host);
        return from.isPresent() && to.isPresent() ? new ImageRule(from.get(), to.get()) : null;
    }

    /** {@return the mapping of a plan, empty if no image goes anywhere} */
    public static Optional<ImageMapping> of(Plan plan) {
        ImageMapping mapping = new ImageMapping(plan);
        return mapping.rules.isEmpty() && mapping.registries == null ? Optional.empty() : Optional.of(mapping);
    }

    /** {@return whether an image goes anywhere} */
    public boolean covers(String image) {
        return rule(image).isPresent() || isOfRegistry(image, registries);
    }

    private Optional<ImageRule> rule(String image) {
        String full = full(image);
        return rules.stream().filter(rule -> rule.covers(full)).findFirst();
    }

    /** {@return a reference with the host that is meant where it names none} */
    public static String full(String image) {
        int slash = image.indexOf('/');
        if (slash < 0) {
            return DOCKER_HUB + "library/" + image;
        }
        String first = image.substring(0, slash);
        boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        return isHost ? image : DOCKER_HUB + image;
    }

    private static boolean isOfRegistry(String image, @Nullable ImageRule registries) {
        return registries != null && image.startsWith(registries.from() + "/");
    }

    @Override
    public String apply(String image) {
        Optional<ImageRule> rule = rule(image);
        if (rule.isPresent()) {
            return rule.get().apply(full(image));
        }
        ImageRule registry = registries;
        return registry != null && isOfRegistry(image, registry) ? toRegistry(image, registry) : image;
    }

    private String toRegistry(String image, ImageRule registry) {
        String path = image.substring(registry.from().length() + 1);
        int slash = path.indexOf('/');
        if (slash > 0) {
            String first = path.substring(0, slash);
            path = namespaces.getOrDefault(first, first) + path.substring(slash);
        }
        return registry.to() + "/" + path;
    }
}
