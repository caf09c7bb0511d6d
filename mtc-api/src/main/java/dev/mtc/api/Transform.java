package dev.mtc.api;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A change to objects on their way to the target, after the built-in ones. Immutable; the function must be thread-safe.
 *
 * @see Transforms
 */
public final class Transform {

    private final String name;
    private final UnaryOperator<GenericKubernetesResource> function;
    private final List<String> resources;

    private Transform(String name, UnaryOperator<GenericKubernetesResource> function, List<String> resources) {
        this.name = name;
        this.function = function;
        this.resources = resources;
    }

    /**
     * {@return a transform of all objects}
     *
     * @param name what it does, shown in previews
     * @param function gets an object as it would be applied and returns what to apply instead; it may change its argument
     */
    public static Transform of(String name, UnaryOperator<GenericKubernetesResource> function) {
        return new Transform(Objects.requireNonNull(name), Objects.requireNonNull(function), List.of());
    }

    /**
     * {@return a copy for some kinds only}
     *
     * @param resources plural names with their groups, such as {@code deployments.apps} or {@code services}
     */
    public Transform onlyFor(String... resources) {
        return new Transform(name, function, List.copyOf(Arrays.asList(resources)));
    }

    /** {@return what it does} */
    public String name() {
        return name;
    }

    /**
     * {@return whether it is for objects of this kind}
     *
     * @param resource plural name with group, such as {@code deployments.apps}
     */
    public boolean isFor(String resource) {
        return resources.isEmpty() || resources.contains(resource);
    }

    /**
     * {@return what to apply}
     *
     * @param object may be changed
     */
    public GenericKubernetesResource apply(GenericKubernetesResource object) {
        return Objects.requireNonNull(function.apply(object), () -> "transform '" + name + "' returned null");
    }

    @Override
    public String toString() {
        return "Transform[" + name + (resources.isEmpty() ? "" : " for " + String.join(", ", resources)) + "]";
    }
}
