package dev.mtc.transfer.internal.pods;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The pods of a transfer in memory; tests are the kubelet.
 *
 * @param <R> their roles
 */
public abstract class FakePods<R extends PodRole> {

    public final Map<R, List<Pod>> pods = new HashMap<>();
    public final List<Event> events = new ArrayList<>();
    public final List<String> differences = new ArrayList<>();
    public Instant now = Instant.parse("2026-01-01T00:00:00Z");
    public String log = "";

    private List<Pod> all(R role) {
        return pods.computeIfAbsent(role, r -> new ArrayList<>());
    }

    public List<Pod> pods(R role) {
        return List.copyOf(all(role));
    }

    public List<Event> events(R role, Pod pod) {
        return events;
    }

    public List<String> differences(Pod pod) {
        return differences;
    }

    public String capacity(R role) {
        return "4Mi";
    }

    public void delete(R role, Pod pod) {
        all(role)
                .removeIf(known ->
                        known.getMetadata().getName().equals(pod.getMetadata().getName()));
    }

    protected final void makePod(R role, int attempt) {
        all(role)
                .add(new PodBuilder()
                        .withNewMetadata()
                        .withName(role.shortName() + "-" + attempt)
                        .withNamespace("shop")
                        .withUid(role + "-" + attempt)
                        .withCreationTimestamp(now.toString())
                        .addToLabels(TransferId.ATTEMPT_LABEL, Integer.toString(attempt))
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName(MoverPod.CONTAINER)
                        .withImage("mover:1")
                        .endContainer()
                        .endSpec()
                        .withNewStatus()
                        .withPhase("Pending")
                        .endStatus()
                        .build());
    }

    /** Changes the newest pod of a role. */
    private void status(R role, UnaryOperator<PodStatusBuilder> change) {
        List<Pod> all = all(role);
        Pod last = all.remove(all.size() - 1);
        all.add(new PodBuilder(last)
                .withStatus(change.apply(new PodStatusBuilder()).build())
                .build());
    }

    public final void runs(R role) {
        status(role, status -> status.withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition());
    }

    public final void waits(R role, String reason) {
        waits(role, reason, "image is not there");
    }

    public final void waits(R role, String reason, String message) {
        status(role, status -> status.withPhase("Pending")
                .addNewContainerStatus()
                .withNewState()
                .withNewWaiting(message, reason)
                .endState()
                .endContainerStatus());
    }

    public final void unschedulable(R role, String message) {
        status(role, status -> status.withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withMessage(message)
                .endCondition());
    }

    public final void ends(R role, int code, String message) {
        ends(role, code, "Error", message);
    }

    public final void ends(R role, int code, String reason, String message) {
        status(role, status -> status.withPhase(code == 0 ? "Succeeded" : "Failed")
                .addNewContainerStatus()
                .withNewState()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(reason)
                .withMessage(message)
                .withFinishedAt(now.toString())
                .endTerminated()
                .endState()
                .endContainerStatus());
    }

    public final void evicted(R role) {
        status(role, status -> status.withPhase("Failed").withReason("Evicted").withMessage("node was low on memory"));
    }

    public final void warns(R role, String reason, String message) {
        Pod pod = all(role).get(all(role).size() - 1);
        events.add(new EventBuilder()
                .withType("Warning")
                .withReason(reason)
                .withMessage(message)
                .withFirstTimestamp(now.toString())
                .withLastTimestamp(now.toString())
                .withNewInvolvedObject()
                .withKind("Pod")
                .withUid(pod.getMetadata().getUid())
                .endInvolvedObject()
                .build());
    }

    public final void isDeleted(R role) {
        List<Pod> all = all(role);
        Pod last = all.remove(all.size() - 1);
        all.add(new PodBuilder(last)
                .editMetadata()
                .withDeletionTimestamp(now.toString())
                .endMetadata()
                .build());
    }
}
