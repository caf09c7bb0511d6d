package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives objects the owners that they had on the source: at once where the owner is on the target already, else once all are there and
 * have UIDs. Each owner is looked up once. May be repeated. Thread-safe.
 */
final class Adoption {

    private static final String REFERENCES = "ownerReferences";

    private final ApiServer target;
    private final Discovery kinds;
    private final Map<String, Optional<String>> uids = new ConcurrentHashMap<>();
    private final Map<ObjectKey, Owned> expected = new ConcurrentHashMap<>();

    Adoption(ApiServer target, Discovery kinds) {
        this.target = target;
        this.kinds = kinds;
    }

    /**
     * An object that has owners.
     *
     * @param plan by whose mark it is told from that of someone else
     * @param owners its owner references as the source has them
     * @param had the UIDs of the owners that it has on the target
     */
    private record Owned(ResourceType type, ObjectKey key, String plan, List<ObjectNode> owners, List<String> had) {

        boolean hasAll(List<ObjectNode> references) {
            return !had.isEmpty()
                    && references.stream().allMatch(reference -> had.contains(Json.text(reference, "uid")));
        }
    }

    /** Notes that an object is about to be written or found equal, if it has owners. */
    void expect(Prepared.Applicable prepared, @Nullable ObjectNode existing) {
        if (prepared.owners().isEmpty()) {
            return;
        }
        String plan = plan(prepared.object());
        List<String> had = existing == null || !plan(existing).equals(plan)
                ? List.of()
                : Json.objects(existing.path("metadata").path(REFERENCES)).stream()
                        .map(reference -> Json.text(reference, "uid"))
                        .toList();
        expected.put(prepared.key(), new Owned(prepared.type(), prepared.key(), plan, prepared.owners(), had));
    }

    /** {@return an object with references to those of its owners that are on the target, itself if none is} */
    ObjectNode withOwners(Prepared.Applicable prepared) {
        List<ObjectNode> references = prepared.owners().stream()
                .flatMap(owner -> reference(prepared.key(), owner).stream())
                .toList();
        if (references.isEmpty()) {
            return prepared.object();
        }
        ObjectNode owned = prepared.object().deepCopy();
        owned.withObjectProperty("metadata").putArray(REFERENCES).addAll(references);
        return owned;
    }

    /** {@return a copy without owners} */
    static ObjectNode withoutOwners(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.withObjectProperty("metadata").remove(REFERENCES);
        return copy;
    }

    static boolean hasOwners(ObjectNode object) {
        return object.path("metadata").has(REFERENCES);
    }

    /** Notes with which owners an object was made. */
    void made(Prepared.Applicable prepared, ObjectNode written) {
        boolean all = prepared.owners().size()
                == written.path("metadata").path(REFERENCES).size();
        if (all) {
            expected.remove(prepared.key());
        }
    }

    /**
     * Writes what is missing in owner references. Blocks.
     *
     * @param stopping whether to begin no further object
     * @return warnings about owners that could not be given
     * @throws CancellationException if it was stopped
     */
    List<Problem> complete(Executor executor, BooleanSupplier stopping) {
        uids.values().removeIf(Optional::isEmpty);
        Queue<Problem> problems = new ConcurrentLinkedQueue<>();
        Lanes lanes = Lanes.on(executor);
        for (Owned owned : expected.values()) {
            if (stopping.getAsBoolean()) {
                lanes.drain();
                throw new CancellationException("Applying objects was stopped");
            }
            lanes.run(() -> problems.addAll(adopt(owned)));
        }
        lanes.drain();
        return List.copyOf(problems);
    }

    private List<Problem> adopt(Owned owned) {
        try {
            return adoptNow(owned);
        } catch (ClusterAccessException e) {
            boolean someoneWasFaster = e.status() == 409;
            return someoneWasFaster ? adoptAgain(owned) : List.of(refused(owned.key(), e));
        }
    }

    private List<Problem> adoptAgain(Owned owned) {
        try {
            return adoptNow(owned);
        } catch (ClusterAccessException e) {
            return List.of(refused(owned.key(), e));
        }
    }

    private List<Problem> adoptNow(Owned owned) {
        List<Problem> problems = new ArrayList<>();
        List<ObjectNode> wanted = new ArrayList<>();
        for (ObjectNode owner : owned.owners()) {
            reference(owned.key(), owner).ifPresentOrElse(wanted::add, () -> problems.add(missing(owned.key(), owner)));
        }
        if (owned.hasAll(wanted)) {
            return problems;
        }
        String path = owned.type().path(owned.key().namespace(), owned.key().name());
        Optional<ObjectNode> object =
                target.find(path).filter(found -> plan(found).equals(owned.plan()));
        if (object.isEmpty()) {
            return List.of();
        }
        ArrayNode references =
                object.get().path("metadata").withArrayProperty(REFERENCES).deepCopy();
        int before = references.size();
        wanted.forEach(reference -> add(references, reference));
        if (references.size() > before) {
            write(path, object.get(), references);
        }
        return problems;
    }

    /** {@return which plan brought an object; that of someone else is left alone} */
    private static String plan(ObjectNode object) {
        return Json.text(object, "metadata", "labels", Marks.PLAN);
    }

    private Optional<ObjectNode> reference(ObjectKey key, ObjectNode owner) {
        return kinds.findInAnyVersion(Json.text(owner, "apiVersion"), Json.text(owner, "kind"))
                .flatMap(kind -> uid(kind.path(kind.namespaced() ? key.namespace() : "", Json.text(owner, "name")))
                        .map(uid -> owner.deepCopy()
                                .put("apiVersion", kind.apiVersion())
                                .put("uid", uid)));
    }

    private Optional<String> uid(String path) {
        return uids.computeIfAbsent(
                path, owner -> target.find(owner).map(found -> Json.text(found, "metadata", "uid")));
    }

    private static void add(ArrayNode references, ObjectNode reference) {
        boolean there = Json.objects(references).stream()
                .anyMatch(other -> Json.text(other, "uid").equals(Json.text(reference, "uid")));
        if (!there) {
            references.add(reference);
        }
    }

    /** With its version, so that an owner that a controller adds meanwhile is not lost. */
    private void write(String path, ObjectNode object, ArrayNode references) {
        ObjectNode patch = Json.newObject();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("resourceVersion", Json.text(object, "metadata", "resourceVersion"));
        metadata.set(REFERENCES, references);
        target.merge(path, patch);
    }

    private static Problem missing(ObjectKey key, ObjectNode owner) {
        return Problem.warning(
                "target " + key,
                "OwnerReferenceDropped",
                "its owner reference to " + Json.text(owner, "kind") + " " + Json.text(owner, "name")
                        + " is dropped, as there is no such object, so it is not deleted with its owner",
                "migrate the owner too, or delete it by hand when its owner goes");
    }

    private static Problem refused(ObjectKey key, ClusterAccessException cause) {
        return Problem.warning(
                "target " + key,
                "OwnerReferenceDropped",
                "its owner references could not be set: " + cause.getMessage(),
                "run the migration again, or delete it by hand when its owner goes");
    }
}
