package dev.mtc.engine.internal.plan;

import dev.mtc.api.ImageRule;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Registry;
import dev.mtc.engine.internal.run.RunContext;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where images are on the target. Of those in the source's registry the host is replaced, and a first path segment that is a
 * renamed namespace gets the namespace's new name (MTC specification 6.6; a digest is kept even for images of namespace
 * {@code openshift}, as the copy has it). The plan's rules say where others go; the longest one counts, before the registry as a
 * whole. A reference without a host is Docker Hub's, as container runtimes take it. What nothing is said of stays as it is.
 *
 * <p>A cluster may have a name of its own for its registry, which objects have and nobody outside can reach.
 */
public final class ImageMapping implements UnaryOperator<String> {

    private static final String DOCKER_HUB = "docker.io/";
    private static final InternalRegistries AS_PLANNED = new InternalRegistries(null, null);

    private final List<ImageRule> rules;
    private final @Nullable ImageRule registries;
    private final @Nullable String sourceName;
    private final @Nullable String targetName;
    private final Map<String, String> namespaces = new HashMap<>();

    private ImageMapping(Plan plan, InternalRegistries internal) {
        rules = plan.imageRules().stream()
                .flatMap(rule -> plan.namespaces().stream().map(rule::in).distinct())
                .sorted(Comparator.comparing((ImageRule rule) -> rule.from().length())
                        .reversed())
                .toList();
        registries = registries(plan);
        sourceName = internal.source() == null ? plan.from().internalRegistry().orElse(null) : internal.source();
        targetName = internal.target() == null ? plan.to().internalRegistry().orElse(null) : internal.target();
        for (NamespaceMapping mapping : plan.namespaces()) {
            namespaces.put(mapping.source(), mapping.target());
        }
    }

    private static @Nullable ImageRule registries(Plan plan) {
        Optional<String> from = plan.from().registry().map(Registry::host);
        Optional<String> to = plan.to().registry().map(Registry::host);
        return from.isPresent() && to.isPresent() ? new ImageRule(from.get(), to.get()) : null;
    }

    /** {@return the mapping of a plan as far as it is known without asking the clusters, empty if no image goes anywhere} */
    public static Optional<ImageMapping> of(Plan plan) {
        return of(plan, AS_PLANNED);
    }

    /** {@return the mapping of a run's plan, empty if no image goes anywhere} May ask the clusters. */
    public static Optional<ImageMapping> of(RunContext context) {
        return of(context.plan()).isEmpty() ? Optional.empty() : of(context.plan(), InternalRegistries.of(context));
    }

    static Optional<ImageMapping> of(Plan plan, InternalRegistries internal) {
        ImageMapping mapping = new ImageMapping(plan, internal);
        return mapping.rules.isEmpty() && mapping.registries == null ? Optional.empty() : Optional.of(mapping);
    }

    /** {@return whether an image goes anywhere} */
    public boolean covers(String image) {
        return ruled(image).isPresent() || isOfSourceRegistry(image);
    }

    /** {@return where a rule has an image go, if one does} */
    private Optional<String> ruled(String image) {
        List<String> names = Stream.of(full(image), readable(image)).distinct().toList();
        return rules.stream()
                .flatMap(rule -> names.stream().filter(rule::covers).map(rule::apply))
                .findFirst();
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

    /** {@return whether an image is in the source's registry, by either of its names} */
    boolean isOfSourceRegistry(String image) {
        return registries != null && readable(image).startsWith(registries.from() + "/");
    }

    /** {@return where an image of the source is read: with its host, as that is reached from outside} */
    public String readable(String image) {
        String full = full(image);
        return registries != null && sourceName != null && full.startsWith(sourceName + "/")
                ? registries.from() + full.substring(sourceName.length())
                : full;
    }

    /** {@return where the copy of an image is written, as that is reached from outside; the same image if it goes nowhere} */
    public String pushed(String image) {
        return ruled(image)
                .orElseGet(() -> isOfSourceRegistry(image) ? inTargetRegistry(path(readable(image))) : image);
    }

    /** {@return where objects on the target find an image; the same if it goes nowhere} */
    @Override
    public String apply(String image) {
        boolean isRenamed = targetName != null && isOfSourceRegistry(image);
        return ruled(image).orElseGet(() -> isRenamed ? targetName + "/" + path(pushed(image)) : pushed(image));
    }

    private static String path(String image) {
        return image.substring(image.indexOf('/') + 1);
    }

    /**
     * {@return where something of the source's registry is in the target's, as that is reached from outside}
     *
     * @param path of a repository or image on the source, without the host
     * @throws IllegalStateException if the clusters have no registries
     */
    String inTargetRegistry(String path) {
        ImageRule registry = registries;
        if (registry == null) {
            throw new IllegalStateException("The plan's clusters have no registries");
        }
        int slash = path.indexOf('/');
        String first = slash > 0 ? path.substring(0, slash) : "";
        return registry.to() + "/" + (slash > 0 ? namespaces.getOrDefault(first, first) + path.substring(slash) : path);
    }
}
