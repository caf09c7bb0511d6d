package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Replica sets and replication controllers: as many pods as are wanted. */
final class ReplicaController implements Workloads.Reconciler {

    private static final Comparator<ObjectNode> YOUNGEST_FIRST = Comparator.<ObjectNode>comparingLong(
                    pod -> Long.parseLong(Trees.text(pod, "metadata", "resourceVersion")))
            .reversed();

    /** Those that are not ready go first, then the youngest. */
    private static final Comparator<ObjectNode> FIRST_TO_GO =
            Comparator.<ObjectNode, Boolean>comparing(Workloads::isReady).thenComparing(YOUNGEST_FIRST);

    private final Workloads workloads;

    ReplicaController(Workloads workloads) {
        this.workloads = workloads;
    }

    @Override
    public void reconcile(ResourceType type, ObjectNode workload) {
        int wanted = Trees.number(workload, 1, "spec", "replicas");
        List<ObjectNode> pods = workloads.livePods(workload);
        for (int i = pods.size(); i < wanted; i++) {
            ObjectNode pod = workloads.podOf(type, workload);
            Trees.meta(pod).put("generateName", Trees.name(workload) + "-");
            workloads.create(pod, workloads.type("", "pods"));
        }
        pods.stream()
                .sorted(FIRST_TO_GO)
                .limit(Math.max(0, pods.size() - wanted))
                .forEach(pod -> workloads.delete(workloads.type("", "pods"), pod));
        report(type, workload);
    }

    private void report(ResourceType type, ObjectNode workload) {
        List<ObjectNode> pods = workloads.livePods(workload);
        int ready = (int) pods.stream().filter(Workloads::isReady).count();
        Map<String, Integer> counts = Map.of(
                "replicas",
                pods.size(),
                "fullyLabeledReplicas",
                pods.size(),
                "readyReplicas",
                ready,
                "availableReplicas",
                ready);
        workloads.status(type, workload, counts, status -> {});
    }
}
