package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Empties namespaces that are deleted, and lets them go when nothing is left in them. */
final class NamespaceController implements Consumer<Change> {

    private static final Writes.Options SELF = Writes.Options.by("kube-controller-manager");

    private final Store store;
    private final Catalog catalog;
    private final Writes writes;
    private final Deletes deletes;
    private final Set<String> ending = new HashSet<>();

    NamespaceController(Store store, Catalog catalog, Writes writes, Deletes deletes) {
        this.store = store;
        this.catalog = catalog;
        this.writes = writes;
        this.deletes = deletes;
    }

    @Override
    public void accept(Change change) {
        if (change.isOf("/namespaces")) {
            String name = change.key().name();
            if (change.type() == Change.Type.DELETED) {
                ending.remove(name);
            } else if (Trees.isDeleting(change.object()) && ending.add(name)) {
                empty(name);
                release(name);
            }
        } else if (change.type() == Change.Type.DELETED
                && ending.contains(change.key().namespace())) {
            release(change.key().namespace());
        }
    }

    private void empty(String namespace) {
        for (ResourceType type : catalog.all()) {
            if (!type.namespaced()) {
                continue;
            }
            for (ObjectNode tree : new ArrayList<>(store.view(type.storage(), namespace))) {
                if (!Trees.isDeleting(tree) && store.find(type.storage(), ObjectKey.of(tree)) != null) {
                    deletes.delete(type, ObjectKey.of(tree), Deletes.Options.BACKGROUND);
                }
            }
        }
    }

    private void release(String namespace) {
        boolean left = catalog.all().stream()
                .anyMatch(t ->
                        t.namespaced() && !store.view(t.storage(), namespace).isEmpty());
        if (!left) {
            ResourceType namespaces = catalog.builtIn("", "namespaces");
            writes.change(namespaces, new ObjectKey("", namespace), SELF, tree -> Trees.in(tree, "spec")
                    .putArray("finalizers"));
        }
    }
}
