package dev.mtc.engine.internal.move;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.cluster.ApiServer;
import java.util.List;

/**
 * PersistentVolumes of the source that are lent to the target. Nothing is deleted here and no claim touched: a volume only gets
 * the reclaim policy Retain, so that it outlives its claim, and annotations that say what it had before and which plan did that.
 * They are what tells any later process that there is something to undo.
 */
final class SourceVolume {

    static final String COLLECTION = "/api/v1/persistentvolumes";

    /** MTC's annotation for the reclaim policy that a volume had (specification 6.6). */
    static final String ORIGINAL_POLICY = "migration.openshift.io/orig-reclaim-policy";

    /** The uid of the plan that moved the volume. */
    static final String MOVED_BY = "mtc.dev/moved-by-migplan";

    private static final String RETAIN = "Retain";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiServer source;
    private final String planUid;

    SourceVolume(ApiServer source, String planUid) {
        this.source = source;
        this.planUid = planUid;
    }

    /** {@return the volumes that the plan has lent} */
    List<ObjectNode> lent() {
        return source.list(COLLECTION, "").stream()
                .filter(volume -> annotation(volume, MOVED_BY).equals(planUid))
                .toList();
    }

    /** Sees to it that a volume is kept whatever becomes of its claim; {@return it as it is then} */
    ObjectNode lend(String name) {
        ObjectNode volume = source.get(COLLECTION + "/" + name);
        boolean isKept = policy(volume).equals(RETAIN)
                && annotation(volume, MOVED_BY).equals(planUid)
                && !annotation(volume, ORIGINAL_POLICY).isEmpty();
        if (isKept) {
            return volume;
        }
        ObjectNode patch = JSON.createObjectNode();
        ObjectNode annotations = patch.putObject("metadata").putObject("annotations");
        if (annotation(volume, ORIGINAL_POLICY).isEmpty()) {
            annotations.put(ORIGINAL_POLICY, policy(volume));
        }
        annotations.put(MOVED_BY, planUid);
        patch.putObject("spec").put("persistentVolumeReclaimPolicy", RETAIN);
        return source.merge(COLLECTION + "/" + name, patch);
    }

    /** Gives a volume the policy back that it had, and takes the annotations away. */
    void takeBack(ObjectNode volume) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("metadata")
                .putObject("annotations")
                .putNull(ORIGINAL_POLICY)
                .putNull(MOVED_BY);
        String original = annotation(volume, ORIGINAL_POLICY);
        if (!original.isEmpty()) {
            patch.putObject("spec").put("persistentVolumeReclaimPolicy", original);
        }
        source.merge(COLLECTION + "/" + volume.path("metadata").path("name").asText(), patch);
    }

    private static String policy(JsonNode volume) {
        return volume.path("spec").path("persistentVolumeReclaimPolicy").asText(RETAIN);
    }

    static String annotation(JsonNode object, String name) {
        return object.path("metadata").path("annotations").path(name).asText("");
    }
}
