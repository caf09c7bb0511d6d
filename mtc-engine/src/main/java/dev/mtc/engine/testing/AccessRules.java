package dev.mtc.engine.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the user of an {@link EmbeddedCluster} may not do. All is allowed at first; what is denied is refused with 403,
 * and access reviews say so. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class AccessRules {

    private record Denial(String verb, String resource, String namespace) {}

    private final List<Denial> denials = new CopyOnWriteArrayList<>();

    AccessRules() {}

    /**
     * Denies a verb on a resource in all namespaces.
     *
     * @param verb such as {@code create} or {@code list}, or {@code *} for all
     * @param resource the resource in the plural, or {@code *} for all
     * @return this
     */
    public AccessRules deny(String verb, String resource) {
        return deny(verb, resource, "*");
    }

    /**
     * Denies a verb on a resource in one namespace.
     *
     * @param verb such as {@code create} or {@code list}, or {@code *} for all
     * @param resource the resource in the plural, or {@code *} for all
     * @param namespace the namespace, or {@code *} for all and for the resources of the cluster
     * @return this
     */
    public AccessRules deny(String verb, String resource, String namespace) {
        denials.add(new Denial(verb, resource, namespace));
        return this;
    }

    /** Takes all denials back. */
    public void allowAll() {
        denials.clear();
    }

    boolean isEmpty() {
        return denials.isEmpty();
    }

    boolean allows(String verb, String resource, String namespace) {
        return denials.stream()
                .noneMatch(d -> matches(d.verb(), verb)
                        && matches(d.resource(), resource)
                        && matches(d.namespace(), namespace));
    }

    private static boolean matches(String pattern, String value) {
        return pattern.equals("*") || pattern.equals(value);
    }
}
