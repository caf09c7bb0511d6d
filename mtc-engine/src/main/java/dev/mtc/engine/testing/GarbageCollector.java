package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.testing.OwnerIndex.Ref;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Deletes objects whose owners are all gone, and does what foreground and orphaning deletions wait for. */
final class GarbageCollector implements Consumer<Change> {

    private static final Writes.Options SELF = Writes.Options.by("kube-controller-manager");

    private final Store store;
    private final Catalog catalog;
    private final OwnerIndex index;
    private final Writes writes;
    private final Deletes deletes;

    GarbageCollector(Store store, Catalog catalog, OwnerIndex index, Writes writes, Deletes deletes) {
        this.store = store;
        this.catalog = catalog;
        this.index = index;
        this.writes = writes;
        this.deletes = deletes;
    }

    @Override
    public void accept(Change change) {
        ObjectNode tree = change.object();
        Ref ref = new Ref(change.storage(), change.key());
        if (change.type() == Change.Type.DELETED) {
            index.dependents(Trees.uid(tree)).forEach(this::collect);
            OwnerIndex.owners(tree).forEach(owner -> finish(index.find(Trees.text(owner, "uid"))));
        } else if (Trees.isDeleting(tree)) {
            finish(ref);
        } else {
            collect(ref);
        }
    }

    /** Deletes an object without owners, and forgets owners that are gone. */
    private void collect(Ref ref) {
        ObjectNode tree = store.find(ref.storage(), ref.key());
        ResourceType type = catalog.ofStorage(ref.storage());
        if (tree == null || type == null || Trees.isDeleting(tree)) {
            return;
        }
        List<ObjectNode> owners = OwnerIndex.owners(tree);
        List<ObjectNode> gone = owners.stream()
                .filter(owner -> isGone(owner, ref.key().namespace()))
                .toList();
        if (gone.isEmpty()) {
            return;
        }
        if (gone.size() == owners.size()) {
            deletes.delete(type, ref.key(), new Deletes.Options("Background", -1, Trees.uid(tree), "", false));
        } else {
            writes.change(type, ref.key(), SELF, t -> gone.forEach(owner -> disown(t, Trees.text(owner, "uid"))));
        }
    }

    private boolean isGone(JsonNode owner, String namespace) {
        Ref found = index.find(Trees.text(owner, "uid"));
        return found == null
                || !(found.key().namespace().isEmpty()
                        || found.key().namespace().equals(namespace));
    }

    private void finish(@Nullable Ref ref) {
        ObjectNode tree = ref == null ? null : store.find(ref.storage(), ref.key());
        ResourceType type = ref == null ? null : catalog.ofStorage(ref.storage());
        if (ref == null || tree == null || type == null || !Trees.isDeleting(tree)) {
            return;
        }
        JsonNode finalizers = Trees.at(tree, "metadata", "finalizers");
        if (Trees.contains(finalizers, Deletes.ORPHAN)) {
            index.dependents(Trees.uid(tree)).forEach(dependent -> orphan(dependent, Trees.uid(tree)));
            release(type, ref, Deletes.ORPHAN);
        } else if (Trees.contains(finalizers, Deletes.FOREGROUND) && !deleteDependents(Trees.uid(tree))) {
            release(type, ref, Deletes.FOREGROUND);
        }
    }

    private void release(ResourceType type, Ref ref, String finalizer) {
        writes.change(type, ref.key(), SELF, t -> Trees.removeText(Trees.meta(t), "finalizers", finalizer));
    }

    private void orphan(Ref dependent, String owner) {
        ResourceType type = catalog.ofStorage(dependent.storage());
        if (type != null) {
            writes.change(type, dependent.key(), SELF, t -> disown(t, owner));
        }
    }

    /** {@return whether dependents are left that the owner must wait for} */
    private boolean deleteDependents(String owner) {
        boolean blocked = false;
        for (Ref ref : index.dependents(owner)) {
            ObjectNode tree = store.find(ref.storage(), ref.key());
            ResourceType type = catalog.ofStorage(ref.storage());
            if (tree == null || type == null) {
                continue;
            }
            if (!Trees.isDeleting(tree)) {
                boolean leaf = index.dependents(Trees.uid(tree)).isEmpty();
                String policy = leaf ? "Background" : "Foreground";
                deletes.delete(type, ref.key(), new Deletes.Options(policy, -1, "", "", false));
            }
            blocked |= store.find(ref.storage(), ref.key()) != null && blocks(tree, owner);
        }
        return blocked;
    }

    private static boolean blocks(ObjectNode dependent, String owner) {
        return OwnerIndex.owners(dependent).stream()
                .anyMatch(o -> Trees.text(o, "uid").equals(owner)
                        && o.path("blockOwnerDeletion").asBoolean());
    }

    private static void disown(ObjectNode tree, String owner) {
        ObjectNode metadata = Trees.meta(tree);
        if (metadata.get("ownerReferences") instanceof ArrayNode owners) {
            owners.removeIf(o -> Trees.text(o, "uid").equals(owner));
            if (owners.isEmpty()) {
                metadata.remove("ownerReferences");
            }
        }
    }
}
