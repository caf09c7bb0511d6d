package dev.mtc.engine.internal.objects;

import java.util.Comparator;

/**
 * Which object.
 *
 * @param resource plural name with group, such as {@code deployments.apps}
 * @param namespace its namespace, empty if it is in none
 * @param name its name
 */
public record ObjectKey(String resource, String namespace, String name) implements Comparable<ObjectKey> {

    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::resource)
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }

    /** {@return as messages name it, {@code deployments.apps shop/web}} */
    @Override
    public String toString() {
        return resource + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
