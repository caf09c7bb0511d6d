package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** What is checked and filled in before an object is stored. */
final class Admission {

    private static final Set<String> COUNTED_GROUPS = Set.of(
            "apps",
            "networking.k8s.io",
            "policy",
            "apiextensions.k8s.io",
            "discovery.k8s.io",
            "admissionregistration.k8s.io");

    private final Store store;
    private final Catalog catalog;
    private final Defaults defaults;
    private final Addresses addresses;

    Admission(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
        this.defaults = new Defaults(store, catalog);
        this.addresses = new Addresses(store, catalog);
    }

    /** {@return whether objects of the kind count the changes of their spec} */
    boolean hasGeneration(ResourceType type) {
        return type.custom()
                || COUNTED_GROUPS.contains(type.group())
                || type.is("", "replicationcontrollers")
                || (type.group().equals("batch") && catalog.minor() >= 24);
    }

    /** {@return whether managed fields tell writes to a subresource apart} */
    boolean namesSubresources() {
        return catalog.minor() >= 22;
    }

    void checkNamespace(ResourceType type, String namespace, String name) {
        if (!type.namespaced()) {
            return;
        }
        ResourceType namespaces = catalog.builtIn("", "namespaces");
        ObjectNode found = store.find(namespaces.storage(), new ObjectKey("", namespace));
        if (found == null) {
            throw ApiError.notFound(namespaces, namespace);
        }
        if (Trees.isDeleting(found)) {
            throw ApiError.forbidden(
                            type,
                            name,
                            "unable to create new content in namespace " + namespace
                                    + " because it is being terminated")
                    .because(new ApiError.Cause(
                            "NamespaceTerminating",
                            "namespace " + namespace + " is being terminated",
                            "metadata.namespace"));
        }
    }

    void checkApply(ResourceType type, ObjectNode configuration) {
        if (catalog.minor() > 20 || !type.is("", "services")) {
            return;
        }
        int index = 0;
        for (JsonNode port : Trees.at(configuration, "spec", "ports")) {
            if (!port.hasNonNull("protocol")) {
                throw ApiError.of(
                        500,
                        "",
                        "failed to create typed patch object: .spec.ports: element " + index
                                + ": associative list with keys has an element that omits key field \"protocol\"");
            }
            index++;
        }
    }

    void onCreate(ResourceType type, ObjectNode tree) {
        Validation.checkCreated(type, tree);
        CustomSchema.admit(type, tree);
        defaults.fill(type, tree);
        defaults.start(type, tree);
        if (catalog.minor() >= 23 && type.is("", "pods")) {
            PodSecurity.check(type, tree, store.find("/namespaces", new ObjectKey("", Trees.namespace(tree))));
        }
        addresses.check(type, tree);
    }

    /** Takes addresses from the cluster's ranges; a dry run must not. */
    void allocate(ResourceType type, ObjectNode tree) {
        addresses.allocate(type, tree);
    }

    void onUpdate(ResourceType type, ObjectNode before, ObjectNode after) {
        Validation.checkLabels(type, after);
        CustomSchema.admit(type, after);
        defaults.fill(type, after);
        addresses.keep(type, before, after);
        Immutable.check(type, before, after);
        addresses.allocate(type, after);
    }
}
