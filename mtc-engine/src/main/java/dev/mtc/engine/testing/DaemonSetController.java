package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Daemon sets: one pod, as there is one node. */
final class DaemonSetController implements Workloads.Reconciler {

    private static final String HASH = "controller-revision-hash";

    private final Workloads workloads;

    DaemonSetController(Workloads workloads) {
        this.workloads = workloads;
    }

    @Override
    public void reconcile(ResourceType type, ObjectNode set) {
        String revision = Revisions.of(workloads, type, set);
        // A node selector that the node does not have is how daemon sets are told to stop.
        boolean fits = Trees.strings(Trees.at(set, "spec", "template", "spec", "nodeSelector")).entrySet().stream()
                .allMatch(e -> isLabelOfNode(e.getKey(), e.getValue()));
        List<ObjectNode> pods = workloads.livePods(set);
        if (fits && pods.isEmpty()) {
            ObjectNode pod = workloads.podOf(type, set);
            Trees.meta(pod).put("generateName", Trees.name(set) + "-");
            Trees.in(pod, "metadata", "labels").put(HASH, revision);
            workloads.create(pod, workloads.type("", "pods"));
        }
        pods.stream()
                .filter(pod -> !fits || !revision.equals(Trees.labels(pod).get(HASH)))
                .forEach(pod -> workloads.delete(workloads.type("", "pods"), pod));
        report(type, set, fits ? 1 : 0);
    }

    private boolean isLabelOfNode(String label, String value) {
        ObjectNode node = workloads.find(workloads.type("", "nodes"), "", Furnishing.NODE);
        return node != null && value.equals(Trees.labels(node).get(label));
    }

    private void report(ResourceType type, ObjectNode set, int wanted) {
        List<ObjectNode> pods = workloads.livePods(set);
        int ready = (int) pods.stream().filter(Workloads::isReady).count();
        workloads.status(
                type, set, Map.of("numberAvailable", ready), status -> status.put("desiredNumberScheduled", wanted)
                        .put("currentNumberScheduled", pods.size())
                        .put("updatedNumberScheduled", pods.size())
                        .put("numberMisscheduled", 0)
                        .put("numberReady", ready));
    }
}
