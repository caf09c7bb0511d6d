package dev.mtc.api;

import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * For which objects a transform is; an empty part lets everything pass.
 *
 * @param resources plural names with groups
 * @param namespaces on the source
 * @param names with {@code *} and {@code ?}
 * @param labels a selector, null for none
 */
record TransformScope(
        List<String> resources, List<String> namespaces, List<String> names, @Nullable LabelSelector labels) {

    static final TransformScope ALL = new TransformScope(List.of(), List.of(), List.of(), null);

    TransformScope {
        resources = List.copyOf(resources);
        namespaces = List.copyOf(namespaces);
        names = List.copyOf(names);
    }

    TransformScope onlyFor(String... some) {
        return new TransformScope(List.of(some), namespaces, names, labels);
    }

    TransformScope inNamespace(String... some) {
        return new TransformScope(resources, List.of(some), names, labels);
    }

    TransformScope named(String... globs) {
        return new TransformScope(resources, namespaces, List.of(globs), labels);
    }

    TransformScope labeled(LabelSelector selector) {
        return new TransformScope(resources, namespaces, names, selector);
    }

    boolean takesResource(String resource) {
        return resources.isEmpty() || resources.contains(resource);
    }

    boolean takesNamespace(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }

    boolean takesName(String name) {
        return names.isEmpty() || names.stream().anyMatch(glob -> isLike(name, glob));
    }

    boolean takesLabels(Map<String, String> objectLabels) {
        return labels == null || LabelSelectors.matches(labels, objectLabels);
    }

    private static boolean isLike(String name, String glob) {
        String expression = Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return name.matches(expression);
    }

    @Override
    public String toString() {
        return Stream.of(
                        part("", resources),
                        part("in ", namespaces),
                        part("named ", names),
                        labels == null ? "" : "labeled " + LabelSelectors.format(labels))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String part(String before, List<String> values) {
        return values.isEmpty() ? "" : before + String.join(", ", values);
    }
}
