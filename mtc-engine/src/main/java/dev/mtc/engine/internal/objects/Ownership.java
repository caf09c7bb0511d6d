package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.Set;

/**
 * Leaves out what a controller makes again on the target, and drops owner references of the rest, as the UIDs in them belong to the
 * source. What a custom resource controls is left out only if that resource comes along; otherwise nobody would make it.
 */
final class Ownership implements BuiltInTransform {

    private static final Set<String> CONTROLLERS = Set.of(
            "Deployment",
            "ReplicaSet",
            "StatefulSet",
            "DaemonSet",
            "Job",
            "CronJob",
            "ReplicationController",
            "DeploymentConfig",
            "Service",
            "Endpoints",
            "Node");

    private final Discovery target;
    private final Selection selection;
    private final Surroundings surroundings;

    Ownership(Discovery target, Selection selection, Surroundings surroundings) {
        this.target = target;
        this.selection = selection;
        this.surroundings = surroundings;
    }

    @Override
    public void apply(Draft draft) {
        if (draft.is("endpoints") && isOfService(draft)) {
            draft.skip("the target makes it from its service");
            return;
        }
        for (ObjectNode owner : Json.objects(draft.object().path("metadata").path("ownerReferences"))) {
            String name = Json.text(owner, "kind") + " " + Json.text(owner, "name");
            if (isController(draft, owner) && makesAgain(draft, owner)) {
                draft.skip(name + " makes it again on the target");
                return;
            }
            draft.warn(
                    "OwnerReferenceDropped",
                    "its owner reference to " + name + " is dropped, so it is not deleted with its owner",
                    "set it again with a transform if the owner does not");
        }
        draft.metadata().remove("ownerReferences");
    }

    private boolean isOfService(Draft endpoints) {
        boolean namesPods = Json.objects(endpoints.object().path("subsets")).stream()
                .flatMap(subset -> Json.objects(subset.path("addresses")).stream())
                .anyMatch(address -> Json.text(address, "targetRef", "kind").equals("Pod"));
        return namesPods
                || surroundings.hasSelector(
                        endpoints.source().namespace(), endpoints.source().name());
    }

    /** Service CAs and the endpoint controllers set no controller flag on every version. */
    private static boolean isController(Draft draft, ObjectNode owner) {
        return owner.path("controller").asBoolean()
                || draft.is("pods")
                || (Json.text(owner, "kind").equals("Service")
                        && draft.resource().startsWith("endpoint"));
    }

    private boolean makesAgain(Draft draft, ObjectNode owner) {
        if (draft.is("pods") || draft.is("controllerrevisions.apps")) {
            return true;
        }
        String kind = Json.text(owner, "kind");
        return CONTROLLERS.contains(kind)
                || target.find(Json.text(owner, "apiVersion"), kind)
                        .filter(ResourceType::namespaced)
                        .filter(selection::takes)
                        .isPresent();
    }
}
