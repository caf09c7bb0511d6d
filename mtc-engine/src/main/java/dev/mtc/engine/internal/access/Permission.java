package dev.mtc.engine.internal.access;

import java.util.Comparator;

/**
 * One thing that an account may have to do.
 *
 * @param namespace where, empty for the scope of the cluster
 * @param group API group, empty for the core
 * @param resource plural name, with a subresource such as {@code pods/log}
 * @param name the only object, empty for all
 * @param verb the verb of the API
 */
record Permission(String namespace, String group, String resource, String name, String verb)
        implements Comparable<Permission> {

    private static final Comparator<Permission> ORDER = Comparator.comparing(Permission::namespace)
            .thenComparing(Permission::group)
            .thenComparing(Permission::resource)
            .thenComparing(Permission::name)
            .thenComparing(Permission::verb);

    /** {@return plural name with group, such as {@code deployments.apps}} */
    String qualifiedResource() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    /** {@return the same in all namespaces} */
    Permission inCluster() {
        return new Permission("", group, resource, name, verb);
    }

    @Override
    public int compareTo(Permission other) {
        return ORDER.compare(this, other);
    }
}
