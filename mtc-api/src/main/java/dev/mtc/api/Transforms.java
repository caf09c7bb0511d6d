package dev.mtc.api;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Ready-made {@link Transform}s.
 *
 * @since 0.1
 */
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
        ImageRule rule = new ImageRule(from, to);
        return Transform.of("images " + rule, object -> {
            rewrite(object.getAdditionalProperties(), rule);
            return object;
        });
    }

    /**
     * {@return a transform that moves the hosts of Routes, Ingresses and Gateway API objects to another domain}
     *
     * @param from the source's domain, for example {@code apps.old.example}
     * @param to the target's, for example {@code apps.new.example}
     * @throws IllegalArgumentException if one of them is not a domain
     */
    public static Transform rewriteHosts(String from, String to) {
        return HostRewrite.of(from, to).transform();
    }

    /**
     * {@return a transform of the objects of one kind, in the type of its model}
     *
     * @param type the model's class, of the kind and version that the target takes, such as {@code Deployment.class}
     * @param edit changes the object that it gets
     * @param <T> the model's class
     */
    public static <T extends HasMetadata> Transform edit(Class<T> type, Consumer<? super T> edit) {
        TypedEdit<T> typed =
                new TypedEdit<>(Objects.requireNonNull(type, "type"), Objects.requireNonNull(edit, "edit"));
        return Transform.of("edit of " + type.getSimpleName(), typed::apply).onlyFor(typed.resource());
    }

    /**
     * {@return a transform that does the operations of a JSON patch, RFC 6902} An operation that does not fit an object fails it;
     * {@link Transform#onlyFor} and its like say for which objects it is.
     *
     * @param patch YAML or JSON, such as {@code [{op: replace, path: /spec/replicas, value: 2}]}
     */
    public static Transform jsonPatch(String patch) {
        return ObjectPatch.transform("JSON patch", patch, JsonPatches::read);
    }

    /**
     * {@return a transform that applies a JSON merge patch, RFC 7386} Fields are set, null removes them, lists are replaced.
     *
     * @param patch YAML or JSON, such as {@code {spec: {replicas: 2}}}
     */
    public static Transform mergePatch(String patch) {
        return ObjectPatch.transform("merge patch", patch, MergePatch::read);
    }

    /**
     * {@return a transform that applies a strategic merge patch} Like a merge patch, but containers, volumes, environment variables
     * and their like are merged by name. For kinds of Kubernetes and OpenShift, not for custom ones.
     *
     * @param patch YAML or JSON, such as {@code {spec: {template: {spec: {containers: [{name: web, image: web:2}]}}}}}
     */
    public static Transform strategicMergePatch(String patch) {
        return ObjectPatch.transform("strategic merge patch", patch, StrategicMergePatch::read);
    }

    private static void rewrite(Object node, ImageRule rule) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (CONTAINERS.contains(key) && value instanceof List<?> containers) {
                    containers.forEach(container -> rewriteContainer(container, rule));
                } else {
                    rewrite(value, rule);
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(value -> rewrite(value, rule));
        }
    }

    @SuppressWarnings("unchecked")
    private static void rewriteContainer(Object container, ImageRule rule) {
        if (container instanceof Map<?, ?> fields) {
            ((Map<String, Object>) fields)
                    .computeIfPresent(
                            "image", (key, value) -> value instanceof String image ? rule.apply(image) : value);
        }
    }
}
