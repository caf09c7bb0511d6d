package dev.mtc.engine.internal.move;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.plan.VolumeBackend;
import dev.mtc.engine.internal.run.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PersistentVolumes of the target for the storage of lent ones. They are never deleted but with the policy Retain. */
final class TargetVolume {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> DROPPED_ANNOTATIONS =
            List.of(SourceVolume.MOVED_BY, "pv.kubernetes.io/bound-by-controller", "kubectl.kubernetes.io/");

    private final ApiServer target;
    private final String planUid;

    TargetVolume(ApiServer target, String planUid) {
        this.target = target;
        this.planUid = planUid;
    }

    Optional<ObjectNode> find(String name) {
        return target.find(path(name));
    }

    boolean isOurs(JsonNode volume) {
        return volume.path("metadata").path("labels").path(Labels.PLAN).asText().equals(planUid);
    }

    /**
     * Makes the volume of the same name for the same storage, reserved for a claim. One that this plan made before is reserved
     * anew if its claim is gone.
     *
     * @param lent the volume of the source
     */
    void ensure(ObjectNode lent, ClaimRef claim, Map<String, String> labels) {
        String name = lent.path("metadata").path("name").asText();
        Optional<ObjectNode> present = find(name);
        if (present.isPresent()) {
            if (isReleased(present.get())) {
                ObjectNode patch = JSON.createObjectNode();
                reference(claim, patch.putObject("spec").putObject("claimRef"))
                        .putNull("uid")
                        .putNull("resourceVersion");
                target.merge(path(name), patch);
            }
            return;
        }
        ObjectNode volume = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "PersistentVolume");
        ObjectNode metadata = volume.putObject("metadata").put("name", name);
        ObjectNode targetLabels = metadata.putObject("labels");
        lent.path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> targetLabels.set(label.getKey(), label.getValue()));
        labels.forEach(targetLabels::put);
        ObjectNode annotations = metadata.putObject("annotations");
        lent.path("metadata").path("annotations").properties().forEach(annotation -> {
            if (DROPPED_ANNOTATIONS.stream().noneMatch(annotation.getKey()::startsWith)) {
                annotations.set(annotation.getKey(), annotation.getValue());
            }
        });
        ObjectNode spec = VolumeBackend.specElsewhere(lent);
        reference(claim, spec.putObject("claimRef"));
        volume.set("spec", spec);
        try {
            target.create(SourceVolume.COLLECTION, volume);
        } catch (ClusterAccessException e) {
            if (e.status() != 409) {
                throw e;
            }
        }
    }

    private static ObjectNode reference(ClaimRef claim, ObjectNode reference) {
        return reference
                .put("apiVersion", "v1")
                .put("kind", "PersistentVolumeClaim")
                .put("namespace", claim.namespace())
                .put("name", claim.name());
    }

    private static boolean isReleased(JsonNode volume) {
        return volume.path("status").path("phase").asText().equals("Released");
    }

    /** Sees to it that the storage stays when the claim goes, whatever was made of the policy since. */
    void retain(ObjectNode volume) {
        if (!volume.path("spec").path("persistentVolumeReclaimPolicy").asText().equals("Retain")) {
            ObjectNode patch = JSON.createObjectNode();
            patch.putObject("spec").put("persistentVolumeReclaimPolicy", "Retain");
            target.merge(path(volume.path("metadata").path("name").asText()), patch);
        }
    }

    /** Asks for the deletion of the object; the storage stays. */
    void remove(ObjectNode volume) {
        if (!VolumeMoves.isGoing(volume)) {
            retain(volume);
            target.delete(path(volume.path("metadata").path("name").asText()));
        }
    }

    private static String path(String name) {
        return SourceVolume.COLLECTION + "/" + name;
    }
}
