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
import java.util.Optional;

/** Gives objects the owners that they had on the source, once all are on the target and have UIDs there. May be repeated. */
final class Adoption {

    private static final String REFERENCES = "ownerReferences";

    private final ApiServer target;
    private final Discovery kinds;

    Adoption(ApiServer target, Discovery kinds) {
        this.target = target;
        this.kinds = kinds;
    }

    /** Writes what is missing in an object's owner references; {@return warnings about owners that could not be given} */
    List<Problem> adopt(Prepared.Applicable owned) {
        try {
            return adoptNow(owned);
        } catch (ClusterAccessException e) {
            boolean someoneWasFaster = e.status() == 409;
            return someoneWasFaster ? adoptAgain(owned) : List.of(refused(owned.key(), e));
        }
    }

    private List<Problem> adoptAgain(Prepared.Applicable owned) {
        try {
            return adoptNow(owned);
        } catch (ClusterAccessException e) {
            return List.of(refused(owned.key(), e));
        }
    }

    private List<Problem> adoptNow(Prepared.Applicable owned) {
        List<Problem> problems = new ArrayList<>();
        String path = owned.type().path(owned.key().namespace(), owned.key().name());
        Optional<ObjectNode> object =
                target.find(path).filter(found -> plan(found).equals(plan(owned.object())));
        if (object.isEmpty()) {
            return problems;
        }
        ArrayNode references =
                object.get().path("metadata").withArrayProperty(REFERENCES).deepCopy();
        int before = references.size();
        for (ObjectNode owner : owned.owners()) {
            reference(owned.key(), owner)
                    .ifPresentOrElse(
                            reference -> add(references, reference), () -> problems.add(missing(owned.key(), owner)));
        }
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
        String name = Json.text(owner, "name");
        Optional<ResourceType> type = kinds.findInAnyVersion(Json.text(owner, "apiVersion"), Json.text(owner, "kind"));
        return type.flatMap(kind -> target.find(kind.path(kind.namespaced() ? key.namespace() : "", name))
                .map(found -> owner.deepCopy()
                        .put("apiVersion", kind.apiVersion())
                        .put("uid", Json.text(found, "metadata", "uid"))));
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
