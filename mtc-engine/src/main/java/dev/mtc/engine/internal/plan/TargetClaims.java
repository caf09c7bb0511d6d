package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Side;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.quiesce.RunningPods;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.RunContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Claims on the target. A claim that a finished cut-over left in use is the truth from then on: it carries a mark, and no
 * later run writes to it until a rollback has deleted it.
 */
public final class TargetClaims {

    /** Names the run that handed the claim over to the target's applications. */
    static final String HANDED_OVER = "migration.openshift.io/handed-over-by";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> DROPPED_ANNOTATIONS = List.of(
            HANDED_OVER,
            Conversion.CONVERTED_FROM,
            "pv.kubernetes.io/",
            "volume.beta.kubernetes.io/",
            "volume.kubernetes.io/",
            "kubectl.kubernetes.io/");

    /** Whose marks count. */
    private enum Marks {
        OF_ANY_PLAN,
        OF_THE_PLAN
    }

    private final ApiServer target;
    private final String planUid;
    private final Marks marks;

    private TargetClaims(ApiServer target, String planUid, Marks marks) {
        this.target = target;
        this.planUid = planUid;
        this.marks = marks;
    }

    /** Looks after claims of a plan. */
    public TargetClaims(ApiServer target, String planUid) {
        this(target, planUid, Marks.OF_ANY_PLAN);
    }

    /**
     * {@return the claims of a run's plan} Those to which data goes back have been taken over by applications of that cluster in
     * any case, whether they came there with a migration or not.
     */
    public static TargetClaims of(RunContext context) {
        return new TargetClaims(
                context.server(Side.TARGET),
                context.planUid(),
                context.plan().reverses().isPresent() ? Marks.OF_THE_PLAN : Marks.OF_ANY_PLAN);
    }

    /** {@return a claim as it is, if it is there} */
    public Optional<ObjectNode> find(ClaimRef claim) {
        return target.find(path(claim));
    }

    /** {@return whether a claim was put there by this plan} */
    public boolean isOurs(ObjectNode claim) {
        return claim.path("metadata").path("labels").path(Labels.PLAN).asText().equals(planUid);
    }

    /** {@return the run that handed a claim over, if one did} */
    public Optional<String> handedOverBy(ObjectNode claim) {
        JsonNode mark = claim.path("metadata").path("annotations").path(HANDED_OVER);
        return mark.isMissingNode() || (marks == Marks.OF_THE_PLAN && !isOurs(claim))
                ? Optional.empty()
                : Optional.of(mark.asText());
    }

    /** {@return the pods of the target that run and mount a claim, helpers left out} */
    public List<String> users(ClaimRef claim) {
        return target
                .list("/api/v1/namespaces/" + claim.namespace() + "/pods", Labels.COMPONENT + "!=" + Labels.MOVER)
                .stream()
                .filter(pod -> RunningPods.claimsOf(pod).contains(claim.toString()))
                .filter(pod -> !Set.of("Succeeded", "Failed")
                        .contains(pod.path("status").path("phase").asText()))
                .map(pod -> pod.path("metadata").path("name").asText())
                .toList();
    }

    /** Makes a claim if it is not there. */
    public void ensure(PlannedVolume volume, StorageClasses classes, Map<String, String> labels) {
        if (find(volume.target()).isPresent()) {
            return;
        }
        ObjectNode claim = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        ObjectNode metadata = claim.putObject("metadata")
                .put("name", volume.target().name())
                .put("namespace", volume.target().namespace());
        ObjectNode targetLabels = metadata.putObject("labels");
        volume.claim()
                .path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> targetLabels.set(label.getKey(), label.getValue()));
        targetLabels.remove(Conversion.SOURCE_FOR);
        labels.forEach(targetLabels::put);
        ObjectNode annotations = metadata.putObject("annotations");
        volume.claim().path("metadata").path("annotations").properties().forEach(annotation -> {
            if (DROPPED_ANNOTATIONS.stream().noneMatch(annotation.getKey()::startsWith)) {
                annotations.set(annotation.getKey(), annotation.getValue());
            }
        });
        if (volume.way() == PlannedVolume.Way.CONVERTED) {
            annotations.put(Conversion.CONVERTED_FROM, volume.source().name());
        }
        spec(volume, classes, claim.putObject("spec"));
        try {
            target.create("/api/v1/namespaces/" + volume.target().namespace() + "/persistentvolumeclaims", claim);
        } catch (ClusterAccessException e) {
            if (e.status() != 409) {
                throw e;
            }
        }
    }

    private static void spec(PlannedVolume volume, StorageClasses classes, ObjectNode spec) {
        JsonNode from = volume.claim().path("spec");
        Optional<VolumeChoice.Copy> copy = volume.copy();
        Optional<String> accessMode = copy.flatMap(VolumeChoice.Copy::accessMode);
        if (accessMode.isPresent()) {
            spec.putArray("accessModes").add(accessMode.get());
        } else {
            spec.set("accessModes", from.path("accessModes"));
        }
        spec.putObject("resources").putObject("requests").put("storage", volume.targetSize());
        if (volume.isMoved()) {
            // The class of the volume: without any, the target's default would be put in, and the two would not fit.
            spec.put("storageClassName", volume.sourceStorageClass()).put("volumeName", volume.volumeName());
        } else {
            classes.propose(volume).ifPresent(name -> spec.put("storageClassName", name));
        }
        if (from.has("volumeMode")) {
            spec.set("volumeMode", from.path("volumeMode"));
        }
    }

    /** Asks for the deletion of a claim. */
    public void delete(ClaimRef claim) {
        target.delete(path(claim));
    }

    /** Marks a claim as handed over to the target's applications. */
    public void handOver(ClaimRef claim, String runId) {
        mark(claim, JSON.getNodeFactory().textNode(runId));
    }

    /** Takes a mark of {@link #handOver} back. */
    public void takeBack(ClaimRef claim) {
        mark(claim, JSON.getNodeFactory().nullNode());
    }

    private void mark(ClaimRef claim, JsonNode value) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("metadata").putObject("annotations").set(HANDED_OVER, value);
        find(claim).ifPresent(present -> target.merge(path(claim), patch));
    }

    private static String path(ClaimRef claim) {
        return "/api/v1/namespaces/" + claim.namespace() + "/persistentvolumeclaims/" + claim.name();
    }
}
