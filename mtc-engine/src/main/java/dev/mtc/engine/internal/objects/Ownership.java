package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.Optional;
import java.util.Set;

/**
 * Leaves out what a controller makes again on the target, and takes the owner references of the rest, as the UIDs in them belong to
 * the source; {@link Adoption} gives them back. Secrets and ConfigMaps of custom resources come along, since a password that
 * was generated once is in the data too; what else a custom resource controls is left out if that resource comes along.
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

    private static final Set<String> DATA = Set.of("secrets", "configmaps");

    private final Discovery target;
    private final RestoreSettings settings;
    private final Selection selection;
    private final Surroundings surroundings;

    Ownership(Discovery target, RestoreSettings settings, Surroundings surroundings) {
        this.target = target;
        this.settings = settings;
        this.selection = Selection.of(settings.plan());
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "ownership";
    }

    @Override
    public void apply(Draft draft) {
        if (draft.is("endpoints") && isOfService(draft)) {
            draft.skip("the target makes it from its service");
            return;
        }
        for (ObjectNode owner : Json.objects(draft.object().path("metadata").path("ownerReferences"))) {
            own(draft, owner);
            if (draft.skipReason().isPresent()) {
                return;
            }
        }
        draft.metadata().remove("ownerReferences");
    }

    private void own(Draft draft, ObjectNode owner) {
        if (Json.text(owner, "kind").equals("DeploymentConfig")
                && settings.plan().convertsDeploymentConfigs()) {
            owner.put("apiVersion", "apps/v1").put("kind", "Deployment");
        }
        String name = Json.text(owner, "kind") + " " + Json.text(owner, "name");
        if (isHeldBack(draft, owner)) {
            draft.spec().remove("replicas");
            draft.advise(
                    "RolloutHeldBack",
                    "it comes along, since its " + name + " is paused and would not make it",
                    "nothing is to be done: the " + Json.text(owner, "kind") + " takes it over");
        } else if (isController(draft, owner) && makesAgain(draft, owner)) {
            draft.skip(fate(owner, name));
        } else if (kind(owner).isPresent()) {
            draft.own(owner);
        } else {
            draft.warn(
                    "OwnerReferenceDropped",
                    "its owner reference to " + name + " is dropped, as the target does not serve "
                            + Json.text(owner, "apiVersion") + " " + Json.text(owner, "kind")
                            + ", so it is not deleted with its owner",
                    "install on the target what serves that kind, or delete it by hand when its owner goes");
        }
    }

    private boolean isOfService(Draft endpoints) {
        boolean namesPods = Json.objects(endpoints.object().path("subsets")).stream()
                .flatMap(subset -> Json.objects(subset.path("addresses")).stream())
                .anyMatch(address -> Json.text(address, "targetRef", "kind").equals("Pod"));
        return namesPods
                || surroundings.hasSelector(
                        endpoints.source().namespace(), endpoints.source().name());
    }

    private boolean isHeldBack(Draft draft, ObjectNode owner) {
        return surroundings.isHeldBack(
                draft.source().namespace(),
                Json.text(owner, "kind"),
                Json.text(owner, "name"),
                draft.source().name());
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
        boolean builtIn = CONTROLLERS.contains(Json.text(owner, "kind"));
        boolean cannotBeMadeAgain = DATA.contains(draft.resource());
        return builtIn
                || (!cannotBeMadeAgain
                        && kind(owner)
                                .filter(ResourceType::namespaced)
                                .filter(selection::takes)
                                .isPresent());
    }

    private String fate(ObjectNode owner, String name) {
        return kind(owner)
                .map(type -> selection.takes(type)
                        ? name + " makes it again on the target"
                        : "it belongs to " + name + ", which the plan leaves out")
                .orElse("it belongs to " + name + ", whose kind the target does not serve");
    }

    private Optional<ResourceType> kind(ObjectNode owner) {
        return target.findInAnyVersion(Json.text(owner, "apiVersion"), Json.text(owner, "kind"));
    }
}
