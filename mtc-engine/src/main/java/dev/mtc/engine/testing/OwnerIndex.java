package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which objects there are by uid, and which ones name them as owners; up to date with the store at any moment. */
final class OwnerIndex implements Consumer<Change> {

    /** Where an object is. */
    record Ref(String storage, ObjectKey key) {}

    private final Store store;
    private final Map<String, Ref> objects = new ConcurrentHashMap<>();
    private final Map<String, Set<Ref>> dependents = new ConcurrentHashMap<>();

    OwnerIndex(Store store) {
        this.store = store;
    }

    @Override
    public void accept(Change change) {
        Ref ref = new Ref(change.storage(), change.key());
        ObjectNode before = change.before();
        if (before != null) {
            owners(before).forEach(owner -> forget(Trees.text(owner, "uid"), ref));
        }
        String uid = Trees.uid(change.object());
        if (change.type() == Change.Type.DELETED) {
            objects.remove(uid);
            return;
        }
        objects.put(uid, ref);
        owners(change.object()).forEach(owner -> dependents
                .computeIfAbsent(Trees.text(owner, "uid"), u -> ConcurrentHashMap.newKeySet())
                .add(ref));
    }

    static List<ObjectNode> owners(JsonNode tree) {
        return Trees.objects(Trees.at(tree, "metadata", "ownerReferences"));
    }

    /** {@return the owner that controls the object, or a missing node} */
    static JsonNode controller(JsonNode tree) {
        return Trees.orMissing(owners(tree).stream()
                .filter(owner -> owner.path("controller").asBoolean())
                .findFirst()
                .orElse(null));
    }

    @Nullable
    Ref find(String uid) {
        return objects.get(uid);
    }

    List<Ref> dependents(String uid) {
        return List.copyOf(dependents.getOrDefault(uid, Set.of()));
    }

    /** {@return the objects of a kind that an object controls} */
    List<ObjectNode> controlled(JsonNode owner, String storage) {
        String uid = Trees.uid(owner);
        return dependents(uid).stream()
                .filter(ref -> ref.storage().equals(storage))
                .map(ref -> store.find(storage, ref.key()))
                .filter(tree ->
                        tree != null && Trees.text(controller(tree), "uid").equals(uid))
                .toList();
    }

    private void forget(String uid, Ref ref) {
        dependents.computeIfPresent(uid, (u, refs) -> {
            refs.remove(ref);
            return refs.isEmpty() ? null : refs;
        });
    }
}
