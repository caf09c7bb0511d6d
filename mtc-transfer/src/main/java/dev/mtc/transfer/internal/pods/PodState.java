package dev.mtc.transfer.internal.pods;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a mover pod is in its life. */
public enum PodState {
    /** Not running yet: not scheduled, its image not pulled, its volume not mounted. */
    PENDING,
    /** Its script runs; a receiver does not listen yet. */
    STARTING,
    /** A sender sends, a receiver listens. */
    RUNNING,
    /** Ended, whichever way. */
    ENDED;

    private static final Duration STARTED_BY = Duration.ofSeconds(2);

    public static PodState of(Pod pod) {
        String phase = phase(pod);
        if ("Succeeded".equals(phase)
                || "Failed".equals(phase)
                || terminated(pod).isPresent()) {
            return ENDED;
        }
        if (!"Running".equals(phase)) {
            return PENDING;
        }
        return isStarted(pod) ? RUNNING : STARTING;
    }

    /** {@return the pod of the highest attempt that is not about to go} */
    public static Optional<Pod> newest(List<Pod> pods) {
        return pods.stream().filter(PodState::isLiving).max(Comparator.comparingInt(PodState::attempt));
    }

    /** {@return whether it is not about to go} */
    public static boolean isLiving(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null;
    }

    /**
     * {@return whether it is about to go and none of its containers runs, so that only its kubelet is waited for}
     *
     * @param now the time; what was starting when the pod was deleted has until {@link #STARTED_BY} after its end
     */
    public static boolean lingers(Pod pod, Instant now) {
        String phase = phase(pod);
        return !isLiving(pod) && ("Succeeded".equals(phase) || "Failed".equals(phase) || neverStarted(pod, now));
    }

    /** A kubelet starts no container of a pod that it knows to be deleted. */
    private static boolean neverStarted(Pod pod, Instant now) {
        boolean runs = container(pod)
                .map(ContainerStatus::getState)
                .filter(state -> state.getRunning() != null)
                .isPresent();
        return !runs
                && instant(pod.getMetadata().getDeletionTimestamp())
                        .filter(end -> now.isAfter(end.plus(STARTED_BY)))
                        .isPresent();
    }

    public static int attempt(Pod pod) {
        String label = pod.getMetadata().getLabels().getOrDefault(TransferId.ATTEMPT_LABEL, "1");
        try {
            return Integer.parseInt(label);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    public static String name(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    public static @Nullable String phase(Pod pod) {
        return pod.getStatus() == null ? null : pod.getStatus().getPhase();
    }

    public static Optional<ContainerStateTerminated> terminated(Pod pod) {
        return container(pod)
                .map(ContainerStatus::getState)
                .flatMap(state -> Optional.ofNullable(state.getTerminated()));
    }

    public static Optional<ContainerStateWaiting> waiting(Pod pod) {
        return container(pod).map(ContainerStatus::getState).flatMap(state -> Optional.ofNullable(state.getWaiting()));
    }

    public static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    /** {@return when the API server made the pod} */
    public static Instant created(Pod pod) {
        return instant(pod.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH);
    }

    /** {@return when the pod's container ended, if that is known} */
    public static Optional<Instant> finished(Pod pod) {
        return terminated(pod).flatMap(end -> instant(end.getFinishedAt()));
    }

    public static Optional<Instant> instant(@Nullable String timestamp) {
        return timestamp == null ? Optional.empty() : Optional.of(Instant.parse(timestamp));
    }

    /** Old kubelets tell that a container has started at once, but may need a minute to call its pod ready. */
    private static boolean isStarted(Pod pod) {
        return container(pod).map(ContainerStatus::getStarted).orElseGet(() -> condition(pod, "Ready")
                .filter(ready -> "True".equals(ready.getStatus()))
                .isPresent());
    }

    private static Optional<ContainerStatus> container(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getContainerStatuses().stream().findFirst();
    }
}
