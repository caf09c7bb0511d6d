package dev.mtc.transfer.internal.pods;

import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why a pod does not run yet, and whether waiting may help.
 *
 * @param role which end the pod is
 * @param pod the pod
 * @param claim its claim, for messages
 * @param events about pod and claim, oldest first
 */
public record PodDiagnosis(PodRole role, Pod pod, String claim, List<Event> events) {

    /** A registry may stumble once; what it refuses for so long it will go on to refuse. */
    public static final Duration IMAGE_PATIENCE = Duration.ofSeconds(5);

    private static final Set<String> NO_IMAGE = Set.of("ErrImagePull", "ImagePullBackOff", "RegistryUnavailable");
    private static final Set<String> NEVER_IMAGE = Set.of("InvalidImageName", "ErrImageNeverPull");

    /**
     * {@return that it is pending, with the reason, or that it failed}
     *
     * @param now the time
     * @param limit how long a pod may be pending
     */
    public TransferStatus status(Instant now, Duration limit) {
        Optional<ContainerStateWaiting> waiting = PodState.waiting(pod);
        String word = waiting.map(ContainerStateWaiting::getReason).orElse("");
        String message = waiting.map(ContainerStateWaiting::getMessage).orElse("");
        if (NEVER_IMAGE.contains(word)
                || (NO_IMAGE.contains(word) && !now.isBefore(imageFailed().plus(IMAGE_PATIENCE)))) {
            return noImage(message.isEmpty() ? word : message);
        }
        if (word.endsWith("ContainerError") && message.contains("executable file not found")) {
            return new Failed(
                    Kind.USER_FIXABLE,
                    "MoverImage",
                    MoverPod.unfit(pod, PodReport.parse("")) + ": " + message,
                    MoverPod.REQUIREMENT);
        }
        String reason = reason(word);
        Duration age = Duration.between(PodState.created(pod), now);
        if (age.compareTo(limit) > 0) {
            return new Failed(
                    Kind.USER_FIXABLE,
                    "PodPending",
                    "The " + role.word() + " pod " + PodState.name(pod) + " for claim " + claim + " is pending for "
                            + age.toSeconds() + " s: " + reason,
                    "remove what keeps the pod or its claim pending, then start again");
        }
        return new TransferStatus.Pending(role.word() + " pod " + PodState.name(pod) + ": " + reason);
    }

    private Failed noImage(String message) {
        String image = pod.getSpec().getContainers().get(0).getImage();
        return new Failed(
                Kind.USER_FIXABLE,
                "ImagePull",
                "The " + role.side().word() + " cluster cannot pull the mover image " + image + " for pod "
                        + PodState.name(pod) + ": " + lastWarning().orElse(message),
                "give that cluster an image that its nodes can pull with Cluster.moverImage");
    }

    private Instant imageFailed() {
        return events.stream()
                .filter(event -> "Failed".equals(event.getReason()))
                .map(event -> PodState.instant(event.getFirstTimestamp()).orElseGet(() -> time(event)))
                .findFirst()
                .orElseGet(() -> PodState.created(pod));
    }

    private String reason(String waiting) {
        Optional<String> unscheduled = PodState.condition(pod, "PodScheduled")
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(condition -> "Unschedulable, " + condition.getMessage());
        // what a provisioner waits for it tells in events that are no warnings
        Optional<String> claimTrouble = events.stream()
                .filter(event -> !"Pod".equals(event.getInvolvedObject().getKind()))
                .reduce((older, newer) -> newer)
                .map(event -> "claim " + claim + ": " + event.getReason() + ", " + event.getMessage());
        if (unscheduled.isPresent()) {
            return unscheduled.get() + claimTrouble.map(text -> "; " + text).orElse("");
        }
        return lastWarning().or(() -> claimTrouble).orElse(waiting.isEmpty() ? "waits for a node" : waiting);
    }

    private Optional<String> lastWarning() {
        return warnings()
                .filter(event -> pod.getMetadata()
                        .getUid()
                        .equals(event.getInvolvedObject().getUid()))
                .filter(event -> !"BackOff".equals(event.getReason()))
                .reduce((older, newer) -> newer)
                .map(event -> event.getReason() + ", " + event.getMessage());
    }

    private Stream<Event> warnings() {
        return events.stream().filter(event -> "Warning".equals(event.getType()));
    }

    /** {@return when an event was last seen} */
    public static Instant time(Event event) {
        return PodState.instant(event.getLastTimestamp())
                .or(() -> event.getEventTime() == null
                        ? Optional.empty()
                        : PodState.instant(event.getEventTime().getTime()))
                .or(() -> PodState.instant(event.getMetadata().getCreationTimestamp()))
                .orElse(Instant.EPOCH);
    }
}
