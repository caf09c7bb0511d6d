package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a cluster has from the beginning: namespaces, a node, a storage class, the service of the API server. */
final class Furnishing {

    static final String PROVISIONER = "embedded.mtc.dev/memory";
    static final String NODE = "node-1";

    private static final Writes.Options SYSTEM = Writes.Options.by("embedded");

    private final Catalog catalog;
    private final Writes writes;

    Furnishing(Catalog catalog, Writes writes) {
        this.catalog = catalog;
        this.writes = writes;
    }

    void furnish() {
        for (String namespace : new String[] {"default", "kube-node-lease", "kube-public", "kube-system"}) {
            writes.create(catalog.builtIn("", "namespaces"), "", named(namespace), SYSTEM);
        }
        node();
        ObjectNode storageClass = named("standard");
        storageClass.put("provisioner", PROVISIONER);
        Trees.in(storageClass, "metadata", "annotations").put("storageclass.kubernetes.io/is-default-class", "true");
        writes.create(catalog.builtIn("storage.k8s.io", "storageclasses"), "", storageClass, SYSTEM);
        ObjectNode service = named("kubernetes");
        ObjectNode spec = service.putObject("spec").put("clusterIP", "10.96.0.1");
        spec.putArray("ports").addObject().put("name", "https").put("port", 443).put("targetPort", 6443);
        writes.create(catalog.builtIn("", "services"), "default", service, SYSTEM);
    }

    private void node() {
        ResourceType nodes = catalog.builtIn("", "nodes");
        ObjectNode node = named(NODE);
        Trees.in(node, "metadata", "labels").put("kubernetes.io/hostname", NODE);
        writes.create(nodes, "", node, SYSTEM);
        writes.change(nodes, new ObjectKey("", NODE), SYSTEM.toStatus(), tree -> {
            ObjectNode status = Trees.in(tree, "status");
            status.putObject("nodeInfo").put("kubeletVersion", "v1." + catalog.minor() + ".0");
            status.putArray("conditions").add(Trees.object("type", "Ready", "status", "True"));
            status.putArray("addresses").add(Trees.object("type", "InternalIP", "address", "127.0.0.1"));
        });
    }

    private static ObjectNode named(String name) {
        ObjectNode tree = Trees.object();
        Trees.meta(tree).put("name", name);
        return tree;
    }
}
