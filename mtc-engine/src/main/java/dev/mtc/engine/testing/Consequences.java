package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a write brings about before it returns: contents of new namespaces, kinds of new definitions, tokens. */
final class Consequences {

    private static final String DEFINITIONS = "apiextensions.k8s.io/customresourcedefinitions";
    private static final String CA =
            "-----BEGIN CERTIFICATE-----\nZW1iZWRkZWQgY2x1c3RlciwgcGxhaW4gSFRUUA==\n-----END CERTIFICATE-----\n";

    private final Store store;
    private final Catalog catalog;

    Consequences(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    void created(ResourceType type, ObjectNode object) {
        switch (type.storage()) {
            case "/namespaces" -> furnish(Trees.name(object));
            case "/serviceaccounts" -> giveToken(object);
            case DEFINITIONS -> catalog.serve(Trees.name(object), CustomKinds.of(object));
            default -> {}
        }
    }

    void updated(ResourceType type, ObjectNode object) {
        if (type.storage().equals(DEFINITIONS)) {
            catalog.serve(Trees.name(object), CustomKinds.of(object));
        }
    }

    void removed(ResourceType type, ObjectNode object) {
        if (type.storage().equals(DEFINITIONS)) {
            String storage = Trees.text(object, "spec", "group") + "/" + Trees.text(object, "spec", "names", "plural");
            for (ObjectNode instance : new ArrayList<>(store.view(storage, ""))) {
                store.remove(storage, ObjectKey.of(instance), instance);
            }
            catalog.serve(Trees.name(object), List.of());
        }
    }

    private void furnish(String namespace) {
        ResourceType accounts = catalog.builtIn("", "serviceaccounts");
        ObjectNode account = fresh(accounts, namespace, "default");
        store.put(accounts.storage(), ObjectKey.of(account), account);
        giveToken(account);
        ResourceType maps = catalog.builtIn("", "configmaps");
        ObjectNode certificates = fresh(maps, namespace, "kube-root-ca.crt");
        certificates.putObject("data").put("ca.crt", CA);
        if (catalog.minor() >= 21) {
            Trees.in(certificates, "metadata", "annotations")
                    .put(
                            "kubernetes.io/description",
                            "Contains a CA bundle that can be used to verify the kube-apiserver");
        }
        store.put(maps.storage(), ObjectKey.of(certificates), certificates);
    }

    /** Before 1.24 every service account had a secret with a token that never ends. */
    private void giveToken(ObjectNode account) {
        if (catalog.minor() >= 24 || hasToken(account)) {
            return;
        }
        String name = Trees.name(account);
        ObjectNode secret =
                fresh(catalog.builtIn("", "secrets"), Trees.namespace(account), name + "-token-" + Writes.suffix(5));
        secret.put("type", "kubernetes.io/service-account-token");
        Trees.in(secret, "metadata", "annotations")
                .put("kubernetes.io/service-account.name", name)
                .put("kubernetes.io/service-account.uid", Trees.uid(account));
        Trees.in(secret, "data")
                .put("ca.crt", Defaults.encode(CA))
                .put("namespace", Defaults.encode(Trees.namespace(account)))
                .put("token", Defaults.encode(UUID.randomUUID().toString()));
        store.put("/secrets", ObjectKey.of(secret), secret);
        ObjectNode changed = account.deepCopy();
        Trees.listIn(changed, "secrets").addObject().put("name", Trees.name(secret));
        store.put("/serviceaccounts", ObjectKey.of(account), changed);
    }

    /** A secret that was named but is not there, as after a copy from another cluster, does not count. */
    private boolean hasToken(ObjectNode account) {
        return Trees.items(account.path("secrets")).stream()
                .map(secret ->
                        store.find("/secrets", new ObjectKey(Trees.namespace(account), Trees.text(secret, "name"))))
                .anyMatch(secret ->
                        secret != null && Trees.text(secret, "type").equals("kubernetes.io/service-account-token"));
    }

    private static ObjectNode fresh(ResourceType type, String namespace, String name) {
        ObjectNode tree = Trees.object("apiVersion", type.apiVersion(), "kind", type.kind());
        Trees.meta(tree)
                .put("name", name)
                .put("namespace", namespace)
                .put("uid", UUID.randomUUID().toString())
                .put("creationTimestamp", Trees.now());
        return tree;
    }
}
