package dev.mtc.engine.internal.cluster;

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

    /** {@return plural name with group, such as {@code deployments.apps}; without for the core} */
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** {@return {@code group/version} as objects carry it} */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@return the path of all its objects, or of those in a namespace if that is not empty} */
    public String collection(String namespace) {
        String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return root + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + plural;
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
