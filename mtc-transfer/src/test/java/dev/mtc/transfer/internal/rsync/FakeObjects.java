package dev.mtc.transfer.internal.rsync;

import dev.mtc.transfer.internal.pods.MoverPod;
import dev.mtc.transfer.internal.pods.TransferId;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The objects of a transfer in memory; tests are the kubelet. */
final class FakeObjects implements TransferObjects {

    final Map<Role, List<Pod>> pods =
            new EnumMap<>(Map.of(Role.SENDER, new ArrayList<>(), Role.RECEIVER, new ArrayList<>()));
    final List<Event> events = new ArrayList<>();
    final List<String> differences = new ArrayList<>();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    boolean started;
    int lastAttempt;
    String log = "";
    Optional<Endpoint.Address> address = Optional.of(new Endpoint.Address("198.51.100.7", 30100));

    @Override
    public boolean isStarted() {
        return started;
    }

    @Override
    public void start() {
        started = true;
        createReceiver(1);
    }

    @Override
    public List<Pod> pods(Role role) {
        return List.copyOf(pods.get(role));
    }

    @Override
    public String logTail(Pod pod) {
        return log;
    }

    @Override
    public List<String> differences(Pod pod) {
        return differences;
    }

    @Override
    public List<Event> events(Role role, Pod pod) {
        return events;
    }

    @Override
    public int lastAttempt() {
        return lastAttempt;
    }

    @Override
    public String claim(Role role) {
        return role == Role.RECEIVER ? "target/files (not bound, storage class slow)" : "source/files";
    }

    @Override
    public String capacity(Role role) {
        return "4Mi";
    }

    @Override
    public void createReceiver(int attempt) {
        create(Role.RECEIVER, attempt);
    }

    @Override
    public Optional<Endpoint.Address> address(Pod receiver) {
        return address;
    }

    @Override
    public String requirement() {
        return "open the port";
    }

    @Override
    public void createSender(int attempt, Endpoint.Address to) {
        lastAttempt = attempt;
        create(Role.SENDER, attempt);
    }

    @Override
    public void delete(Role role, Pod pod) {
        pods.get(role)
                .removeIf(known ->
                        known.getMetadata().getName().equals(pod.getMetadata().getName()));
    }

    private void create(Role role, int attempt) {
        pods.get(role)
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
    private void status(Role role, UnaryOperator<PodStatusBuilder> change) {
        List<Pod> all = pods.get(role);
        Pod last = all.remove(all.size() - 1);
        all.add(new PodBuilder(last)
                .withStatus(change.apply(new PodStatusBuilder()).build())
                .build());
    }

    void runs(Role role) {
        status(role, status -> status.withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition());
    }

    void waits(Role role, String reason) {
        status(role, status -> status.withPhase("Pending")
                .addNewContainerStatus()
                .withNewState()
                .withNewWaiting("image is not there", reason)
                .endState()
                .endContainerStatus());
    }

    void unschedulable(Role role, String message) {
        status(role, status -> status.withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withMessage(message)
                .endCondition());
    }

    void ends(Role role, int code, String message) {
        ends(role, code, "Error", message);
    }

    void ends(Role role, int code, String reason, String message) {
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

    void evicted(Role role) {
        status(role, status -> status.withPhase("Failed").withReason("Evicted").withMessage("node was low on memory"));
    }

    void warns(Role role, String reason, String message) {
        Pod pod = pods.get(role).get(pods.get(role).size() - 1);
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
}
