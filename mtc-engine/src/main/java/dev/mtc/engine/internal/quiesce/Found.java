package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A workload as it was read from a cluster.
 *
 * @param workload its kind
 * @param type how the cluster serves it
 * @param object the object
 * @param autoscaler who sets its replicas besides its owner, empty if nobody does
 */
record Found(Workload workload, ResourceType type, ObjectNode object, String autoscaler) {

    /** What is kept of an earlier stop when something is stopped again. */
    enum Memory {
        /** Nothing: how it is now is how its owner wants it. */
        NEW,
        /** What was noted then: since then it was only brought back by something that wants it to run. */
        OLD
    }

    Found with(ObjectNode newer) {
        return new Found(workload, type, newer, autoscaler);
    }

    String namespace() {
        return object.path("metadata").path("namespace").asText();
    }

    String name() {
        return object.path("metadata").path("name").asText();
    }

    String path() {
        return type.path(namespace(), name());
    }

    /** {@return the controller of an object, empty if it has none} */
    static Optional<JsonNode> controller(ObjectNode object) {
        return StreamSupport.stream(
                        object.path("metadata").path("ownerReferences").spliterator(), false)
                .filter(owner -> owner.path("controller").asBoolean())
                .findFirst();
    }

    /** {@return whether a workload that is stopped itself stops this one} */
    private boolean isLookedAfter() {
        return controller(object)
                .flatMap(Workload::named)
                .filter(workload::isLookedAfterBy)
                .isPresent();
    }

    JsonNode annotation(String key) {
        return object.path("metadata").path("annotations").path(key);
    }

    /** {@return whether a migration stopped it} */
    boolean isMarked() {
        return annotation(workload.annotation()).isTextual();
    }

    private boolean isNoted() {
        return isMarked() || annotation(Workload.PAUSED).isTextual();
    }

    private boolean isRunnable() {
        return !isLookedAfter()
                && !workload.isIdle(object)
                && !object.path("metadata").has("deletionTimestamp");
    }

    /** {@return whether it was stopped and something started it again} */
    boolean isBack() {
        return isRunnable() && isMarked() && !workload.isStopped(object);
    }

    /** {@return what stops it, empty if nothing of it runs or its owner is what has to be stopped} */
    Optional<Change> stop(Memory memory) {
        if (!isRunnable() || workload.isStopped(object)) {
            return Optional.empty();
        }
        ObjectNode patch = patch();
        workload.stop(object, patch);
        boolean isKept = isMarked()
                && workload.isReadable(annotation(workload.annotation()).asText())
                && (memory == Memory.OLD || isAutoscaled());
        if (!isKept) {
            annotate(patch).put(workload.annotation(), workload.present(object));
        }
        if (workload.scalesOnlyUnpaused() && object.path("spec").path("paused").asBoolean()) {
            patch.withObjectProperty("spec").put("paused", false);
            annotate(patch).put(Workload.PAUSED, "true");
        }
        return Optional.of(new Change(this, patch, List.of()));
    }

    /** {@return what makes it as it was, empty if it was not stopped by a migration} */
    Optional<Change> start() {
        return isNoted() && !isLookedAfter() ? Optional.of(new Starting(this).change()) : Optional.empty();
    }

    /** {@return what takes away the note that was copied to it from a workload which looks after it, if it was} */
    Optional<ObjectNode> tidying() {
        if (!isNoted() || !isLookedAfter()) {
            return Optional.empty();
        }
        ObjectNode patch = Workload.NODES.objectNode();
        annotate(patch).putNull(workload.annotation()).putNull(Workload.PAUSED);
        return Optional.of(patch);
    }

    /** {@return whether something besides its owner sets its replicas} */
    boolean isAutoscaled() {
        return !autoscaler.isEmpty();
    }

    /** {@return whether the cluster has acted on what the object says now} */
    boolean isObserved() {
        return object.path("status").path("observedGeneration").asLong()
                >= object.path("metadata").path("generation").asLong(1);
    }

    /** {@return whether only its pause is still to be restored} */
    boolean isToBePaused() {
        return !isMarked() && annotation(Workload.PAUSED).asText().equals("true");
    }

    /** {@return a patch that fails if someone else changes the object first} */
    ObjectNode patch() {
        ObjectNode patch = Workload.NODES.objectNode();
        patch.putObject("metadata")
                .set("resourceVersion", object.path("metadata").path("resourceVersion"));
        return patch;
    }

    static ObjectNode annotate(ObjectNode patch) {
        return patch.withObjectProperty("metadata").withObjectProperty("annotations");
    }

    @Override
    public String toString() {
        return type.resource() + " " + namespace() + "/" + name();
    }
}
