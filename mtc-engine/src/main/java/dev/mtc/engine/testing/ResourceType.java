package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Set;

/**
 * A kind of object in one served version.
 *
 * @param storage what objects of all served versions are stored under
 * @param names plural and other names
 * @param subresources of {@code status} and {@code scale}, those that it has
 * @param columns what a table shows beside name and age
 * @param schema the OpenAPI schema of a custom kind, else missing
 */
record ResourceType(
        String group,
        String version,
        String kind,
        Names names,
        boolean namespaced,
        String storage,
        Set<String> subresources,
        List<Column> columns,
        ScalePaths scale,
        JsonNode schema,
        boolean custom) {

    record Names(String plural, String singular, List<String> shortNames, List<String> categories) {}

    /** A printed column; the path is a JSONPath without braces, or of the form {@code name:} for a computed one. */
    record Column(String name, String type, String path, int priority) {}

    record ScalePaths(String spec, String status, String selector) {}

    static final ScalePaths USUAL_SCALE = new ScalePaths(".spec.replicas", ".status.replicas", ".spec.selector");

    static ResourceType builtIn(
            String group, String version, String kind, Names names, boolean namespaced, Set<String> subresources) {
        return new ResourceType(
                group,
                version,
                kind,
                names,
                namespaced,
                group + "/" + names.plural(),
                subresources,
                List.of(),
                USUAL_SCALE,
                MissingNode.getInstance(),
                false);
    }

    ResourceType withColumns(List<Column> changed) {
        return new ResourceType(
                group, version, kind, names, namespaced, storage, subresources, changed, scale, schema, custom);
    }

    String plural() {
        return names.plural();
    }

    /** {@return {@code deployments.apps}} */
    String qualifiedName() {
        return group.isEmpty() ? plural() : plural() + "." + group;
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    boolean is(String group, String plural) {
        return this.group.equals(group) && plural().equals(plural);
    }

    boolean has(String subresource) {
        return subresources.contains(subresource);
    }
}
