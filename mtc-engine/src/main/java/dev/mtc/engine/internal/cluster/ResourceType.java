package dev.mtc.engine.internal.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import java.util.Set;

/**
 * A kind of object as an API server serves it.
 *
 * @param group API group, empty for the core
 * @param version the version to use
 * @param plural plural name, lower case
 * @param kind kind
 * @param namespaced whether its objects live in namespaces
 * @param verbs what the server allows
 */
public record ResourceType(
        String group, String version, String plural, String kind, boolean namespaced, Set<String> verbs) {

    /** Copies its set. */
    public ResourceType {
        verbs = Set.copyOf(verbs);
    }

    /** {@return the kind that a class of the model stands for, in the class's version; nothing is asked} */
    public static ResourceType of(Class<? extends HasMetadata> model) {
        boolean namespaced = Namespaced.class.isAssignableFrom(model);
        return new ResourceType(
                HasMetadata.getGroup(model),
                HasMetadata.getVersion(model),
                HasMetadata.getPlural(model),
                HasMetadata.getKind(model),
                namespaced,
                Set.of());
    }

    /** {@return plural name with group, such as {@code deployments.apps}; without for the core} */
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** {@return {@code group/version} as objects carry it} */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@return the path where the server lists what it serves of this group and version} */
    public String versionPath() {
        return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    }

    /** {@return the path of all its objects, or of those in a namespace if that is not empty} */
    public String collection(String namespace) {
        return versionPath() + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + plural;
    }

    /** {@return the path of one object} */
    public String path(String namespace, String name) {
        return collection(namespace) + "/"
                + java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
                        .replace("+", "%20");
    }

    /** {@return this kind in another version} */
    public ResourceType inVersion(String other) {
        return new ResourceType(group, other, plural, kind, namespaced, verbs);
    }

    @Override
    public String toString() {
        return resource() + "/" + version;
    }
}
