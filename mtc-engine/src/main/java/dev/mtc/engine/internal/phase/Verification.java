package dev.mtc.engine.internal.phase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.api.model.v1alpha1.UnhealthyNamespace;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.PendingReasons;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.plan.PodHealth;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Waits until the workloads that the plan put on the target are ready. Those that are not within the limit for pending
 * pods become a warning that says what their pods wait for, as MTC does; the migration does not fail.
 */
final class Verification implements PhaseHandler {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final List<String> WORKLOADS = List.of(
            "deployments.apps",
            "statefulsets.apps",
            "daemonsets.apps",
            "replicasets.apps",
            "replicationcontrollers",
            "deploymentconfigs.apps.openshift.io");

    private static final class Begin {
        private final Instant at;

        private Begin(RunContext context) {
            at = context.clock().instant();
        }
    }

    /** Something that runs pods on the target. */
    private record Workload(String resource, String namespace, String name) {
        @Override
        public String toString() {
            return resource + " " + namespace + "/" + name;
        }
    }

    @Override
    public Outcome run(RunContext context) {
        List<Workload> unready = unready(context);
        if (unready.isEmpty()) {
            return Outcome.advance();
        }
        Instant begin = context.work(Begin.class, Begin::new).at;
        Duration waited = Duration.between(begin, context.clock().instant());
        String reasons = reasons(context);
        if (waited.compareTo(context.pendingLimit()) < 0) {
            return Outcome.waitFor(
                    LOOK_AGAIN,
                    unready.size() + " not ready, first " + unready.get(0) + (reasons.isEmpty() ? "" : ": " + reasons));
        }
        context.journal().unhealthy(status(unready));
        context.journal()
                .warn(Problem.warning(
                        "target " + unready.stream().map(Workload::toString).collect(Collectors.joining(", ")),
                        "UnhealthyNamespaces",
                        "not ready after " + waited.toSeconds() + " s" + (reasons.isEmpty() ? "" : ": " + reasons),
                        "look at these workloads on the target; roll back if they cannot be mended"));
        return Outcome.advance();
    }

    private static List<UnhealthyNamespace> status(List<Workload> unready) {
        Map<String, Map<String, List<String>>> byNamespace = new TreeMap<>();
        unready.forEach(workload -> byNamespace
                .computeIfAbsent(workload.namespace(), namespace -> new TreeMap<>())
                .computeIfAbsent(workload.resource(), resource -> new ArrayList<>())
                .add(workload.name()));
        return byNamespace.entrySet().stream()
                .map(entry -> PodHealth.namespace(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<Workload> unready(RunContext context) {
        ApiServer target = context.server(Side.TARGET);
        List<Workload> unready = new ArrayList<>();
        for (String resource : WORKLOADS) {
            List<ResourceType> versions = context.discovery(Side.TARGET).versions(resource);
            for (NamespaceMapping mapping : context.plan().namespaces()) {
                if (versions.isEmpty()) {
                    continue;
                }
                String selector = Labels.PLAN + "=" + context.planUid();
                for (ObjectNode workload : target.list(versions.get(0).collection(mapping.target()), selector)) {
                    if (!isReady(workload)) {
                        unready.add(new Workload(
                                resource,
                                mapping.target(),
                                workload.path("metadata").path("name").asText()));
                    }
                }
            }
        }
        return unready;
    }

    private static boolean isReady(ObjectNode workload) {
        JsonNode status = workload.path("status");
        boolean isSeen = status.path("observedGeneration").asLong(Long.MAX_VALUE)
                >= workload.path("metadata").path("generation").asLong();
        boolean isDaemonSet = status.has("desiredNumberScheduled");
        long wanted = isDaemonSet
                ? status.path("desiredNumberScheduled").asLong()
                : workload.path("spec").path("replicas").asLong(1);
        long ready = isDaemonSet
                ? status.path("numberReady").asLong()
                : status.path("readyReplicas").asLong();
        return isSeen && ready >= wanted;
    }

    /** What pods of the plan's namespaces wait for, in the words of the kubelet and the scheduler. */
    private static String reasons(RunContext context) {
        List<String> reasons = new ArrayList<>();
        for (NamespaceMapping mapping : context.plan().namespaces()) {
            String pods = "/api/v1/namespaces/" + mapping.target() + "/pods";
            context.server(Side.TARGET).list(pods, "").forEach(pod -> reasons.addAll(PendingReasons.of(pod)));
        }
        return String.join("; ", reasons.subList(0, Math.min(3, reasons.size())));
    }
}
