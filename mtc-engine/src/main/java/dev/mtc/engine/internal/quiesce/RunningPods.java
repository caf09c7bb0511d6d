package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.run.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The pods that have not ended, told apart by what can be done about them. Helpers and hooks of a migration and the static pods
 * of a node are none of them.
 */
public final class RunningPods {

    private static final Set<String> OVER = Set.of("Succeeded", "Failed");
    /** When a container that was being started as its pod was deleted is told of. */
    private static final Duration STARTED_BY = Duration.ofSeconds(3);

    private static final String MIRROR = "kubernetes.io/config.mirror";

    private final List<ObjectNode> pods;

    private RunningPods(List<ObjectNode> pods) {
        this.pods = pods;
    }

    static RunningPods of(List<ObjectNode> pods) {
        return new RunningPods(
                pods.stream().filter(pod -> !isOver(pod) && !isForeign(pod)).toList());
    }

    static boolean isOver(ObjectNode pod) {
        return OVER.contains(pod.path("status").path("phase").asText());
    }

    private static boolean isForeign(ObjectNode pod) {
        return pod.path("metadata").path("annotations").has(MIRROR) || Labels.isTool(pod);
    }

    /**
     * {@return these without those that are being deleted and have no running container} A kubelet starts none of theirs any
     * more; but one before 1.22 may need a minute to say that the pod is gone, as it waits for its collector of dead containers.
     *
     * @param now the time
     */
    public RunningPods withoutEnded(Instant now) {
        return new RunningPods(pods.stream().filter(pod -> !hasEnded(pod, now)).toList());
    }

    private static boolean hasEnded(ObjectNode pod, Instant now) {
        JsonNode metadata = pod.path("metadata");
        if (!metadata.has("deletionTimestamp") || isRunning(pod.path("status"))) {
            return false;
        }
        Instant deleted = Instant.parse(metadata.path("deletionTimestamp").asText())
                .minusSeconds(metadata.path("deletionGracePeriodSeconds").asLong());
        return now.isAfter(deleted.plus(STARTED_BY));
    }

    private static boolean isRunning(JsonNode status) {
        return Stream.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")
                .flatMap(kind -> StreamSupport.stream(status.path(kind).spliterator(), false))
                .anyMatch(container -> !container.path("state").has("waiting")
                        && !container.path("state").has("terminated"));
    }

    /** {@return the pods of workloads that can be stopped, and those of others that use one of these claims} */
    public List<String> toAwait(Set<String> claims) {
        return names(
                pod -> Found.controller(pod).flatMap(Workload::named).isPresent() || isControlledUser(pod, claims));
    }

    /** {@return the pods of whatever controller that use one of these claims} */
    public List<String> using(Set<String> claims) {
        return names(pod -> isControlledUser(pod, claims));
    }

    private static boolean isControlledUser(ObjectNode pod, Set<String> claims) {
        return Found.controller(pod).isPresent() && uses(pod, claims);
    }

    private List<String> names(Predicate<ObjectNode> which) {
        return pods.stream().filter(which).map(RunningPods::inWords).toList();
    }

    /** {@return the running pods that belong to no workload and so cannot be stopped, but use one of these claims} */
    public List<String> bare(Set<String> claims) {
        return pods.stream()
                .filter(pod -> Found.controller(pod).isEmpty()
                        && pod.path("status").path("phase").asText().equals("Running")
                        && uses(pod, claims))
                .map(RunningPods::name)
                .toList();
    }

    private static boolean uses(ObjectNode pod, Set<String> claims) {
        return claimsOf(pod).stream().anyMatch(claims::contains);
    }

    private static String name(ObjectNode pod) {
        JsonNode metadata = pod.path("metadata");
        return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
    }

    private static String inWords(ObjectNode pod) {
        Optional<JsonNode> stranger =
                Found.controller(pod).filter(owner -> Workload.named(owner).isEmpty());
        return name(pod)
                + stranger.map(owner -> " (of " + Scaler.words(owner)
                                + ", which only its operator can stop: stop it there, then run the migration again)")
                        .orElse("");
    }

    /** {@return the claims a pod mounts, as {@code namespace/name}; those made for the pod alone among them} */
    public static Set<String> claimsOf(ObjectNode pod) {
        String namespace = pod.path("metadata").path("namespace").asText();
        return StreamSupport.stream(pod.path("spec").path("volumes").spliterator(), false)
                .map(volume -> claimOf(pod, volume))
                .filter(claim -> !claim.isEmpty())
                .map(claim -> namespace + "/" + claim)
                .collect(Collectors.toSet());
    }

    private static String claimOf(ObjectNode pod, JsonNode volume) {
        return volume.has("ephemeral")
                ? pod.path("metadata").path("name").asText() + "-"
                        + volume.path("name").asText()
                : volume.path("persistentVolumeClaim").path("claimName").asText("");
    }
}
