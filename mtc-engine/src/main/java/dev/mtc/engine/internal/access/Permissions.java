package dev.mtc.engine.internal.access;

import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects permissions, each once. */
final class Permissions {

    private final SortedSet<Permission> all = new TreeSet<>();

    /** Adds verbs on all objects of a kind in a namespace, or in the cluster if that is empty. */
    void add(String namespace, String group, String resource, String... verbs) {
        for (String verb : verbs) {
            all.add(new Permission(namespace, group, resource, "", verb));
        }
    }

    /** Adds verbs on all objects of a kind in a namespace. */
    void add(String namespace, ResourceType type, String... verbs) {
        add(namespace, type.group(), type.plural(), verbs);
    }

    /** Adds verbs on a namespace itself. */
    void onNamespace(String name, String... verbs) {
        for (String verb : verbs) {
            all.add(new Permission("", "", "namespaces", name, verb));
        }
    }

    /** {@return all that are needed; what is needed in the whole cluster is not needed in a namespace beside that} */
    SortedSet<Permission> all() {
        SortedSet<Permission> needed = new TreeSet<>(all);
        needed.removeIf(permission -> !permission.namespace().isEmpty() && all.contains(permission.inCluster()));
        return needed;
    }
}
