package dev.mtc.api;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A change to objects on their way to the target, after the built-in ones. Immutable; the function must be thread-safe. What is wrong
 * with it, such as a patch that is none, is told by {@link PlanBuilder#build()}.
 *
 * @see Transforms
 * @since 0.1
 */
public final class Transform {

    private final String name;
    private final UnaryOperator<GenericKubernetesResource> function;
    private final TransformScope scope;
    private final List<String> faults;

    private Transform(
            String name, UnaryOperator<GenericKubernetesResource> function, TransformScope scope, List<String> faults) {
        this.name = name;
        this.function = function;
        this.scope = scope;
        this.faults = List.copyOf(faults);
    }

    /**
     * {@return a transform of all objects}
     *
     * @param name what it does, shown in previews
     * @param function gets an object as it would be applied and returns what to apply instead; it may change its argument
     */
    public static Transform of(String name, UnaryOperator<GenericKubernetesResource> function) {
        return new Transform(
                Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(function, "function"),
                TransformScope.ALL,
                List.of());
    }

    /** {@return a transform that cannot work, for which a plan is refused} */
    static Transform invalid(String name, String fault) {
        return new Transform(
                name,
                object -> {
                    throw new IllegalStateException(fault);
                },
                TransformScope.ALL,
                List.of(fault));
    }

    /**
     * {@return a copy for some kinds only}
     *
     * @param resources plural names with their groups, such as {@code deployments.apps} or {@code services}
     */
    public Transform onlyFor(String... resources) {
        return new Transform(name, function, scope.onlyFor(resources), faults);
    }

    /**
     * {@return a copy for some namespaces only}
     *
     * @param namespaces their names on the source
     */
    public Transform inNamespace(String... namespaces) {
        return new Transform(name, function, scope.inNamespace(namespaces), faults);
    }

    /**
     * {@return a copy for objects of some names only}
     *
     * @param globs names, in which {@code *} stands for any characters and {@code ?} for one
     */
    public Transform named(String... globs) {
        return new Transform(name, function, scope.named(globs), faults);
    }

    /**
     * {@return a copy for objects with some labels only}
     *
     * @param selector a Kubernetes label selector such as {@code app in (web,api)}
     */
    public Transform labeled(String selector) {
        try {
            return new Transform(name, function, scope.labeled(LabelSelectors.parse(selector)), faults);
        } catch (IllegalArgumentException e) {
            List<String> more = new ArrayList<>(faults);
            more.add("'" + selector + "' is not a label selector: " + e.getMessage());
            return new Transform(name, function, scope, more);
        }
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
        return scope.takesResource(resource);
    }

    /**
     * {@return whether it is for this object}
     *
     * @param resource plural name with group, such as {@code deployments.apps}
     * @param namespace its namespace on the source
     * @param object as it would be applied
     */
    public boolean isFor(String resource, String namespace, GenericKubernetesResource object) {
        String objectName = Optional.ofNullable(object.getMetadata().getName()).orElse("");
        Map<String, String> labels =
                Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        return isFor(resource)
                && scope.takesNamespace(namespace)
                && scope.takesName(objectName)
                && scope.takesLabels(labels);
    }

    /**
     * {@return what to apply}
     *
     * @param object may be changed
     */
    public GenericKubernetesResource apply(GenericKubernetesResource object) {
        return Objects.requireNonNull(function.apply(object), () -> "transform '" + name + "' returned null");
    }

    TransformScope scope() {
        return scope;
    }

    /** {@return what is wrong with it by itself} */
    List<String> faults() {
        return faults;
    }

    @Override
    public String toString() {
        String restriction = scope.toString();
        return "Transform[" + name + (restriction.isEmpty() ? "" : " for " + restriction) + "]";
    }
}
