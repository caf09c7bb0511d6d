package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Deployments: a replica set per template; the old ones shrink when the new one is ready. */
final class DeploymentController implements Workloads.Reconciler {

    private static final String HASH = "pod-template-hash";
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String SETS = "apps/replicasets";

    private final Workloads workloads;

    DeploymentController(Workloads workloads) {
        this.workloads = workloads;
    }

    @Override
    public void reconcile(ResourceType type, ObjectNode deployment) {
        int wanted = Trees.number(deployment, 1, "spec", "replicas");
        String hash = Workloads.hash(Trees.at(deployment, "spec", "template"));
        List<ObjectNode> sets = workloads.owned(deployment, SETS);
        ObjectNode current = sets.stream()
                .filter(set -> hash.equals(Trees.labels(set).get(HASH)))
                .findFirst()
                .orElse(null);
        List<ObjectNode> old = sets.stream().filter(set -> !set.equals(current)).toList();
        boolean recreate = Trees.text(deployment, "spec", "strategy", "type").equals("Recreate");
        boolean paused = Trees.at(deployment, "spec", "paused").asBoolean();
        if (paused && current == null) {
            old.stream().limit(1).forEach(set -> scale(set, wanted));
        } else if (recreate && podsOf(old) > 0) {
            old.forEach(set -> scale(set, 0));
        } else {
            advance(type, deployment, current, hash, wanted, old);
        }
        if (current != null) {
            copyAnnotations(deployment, current);
        }
        report(type, deployment, hash, wanted);
    }

    private void copyAnnotations(ObjectNode deployment, ObjectNode set) {
        Map<String, String> copied = new TreeMap<>(Trees.strings(Trees.at(deployment, "metadata", "annotations")));
        copied.keySet().removeIf(key -> key.startsWith("deployment.kubernetes.io/") || key.equals(LAST_APPLIED));
        if (!Trees.strings(Trees.at(set, "metadata", "annotations")).entrySet().containsAll(copied.entrySet())) {
            workloads.change(
                    workloads.type("apps", "replicasets"),
                    set,
                    t -> copied.forEach(Trees.in(t, "metadata", "annotations")::put));
        }
    }

    private void advance(
            ResourceType type,
            ObjectNode deployment,
            @Nullable ObjectNode current,
            String hash,
            int wanted,
            List<ObjectNode> old) {
        if (current == null) {
            makeSet(type, deployment, hash, wanted, old.size() + 1);
            return;
        }
        scale(current, wanted);
        if (Trees.number(current, 0, "status", "readyReplicas") >= wanted) {
            old.forEach(set -> scale(set, 0));
        }
    }

    private int podsOf(List<ObjectNode> sets) {
        return sets.stream()
                .mapToInt(set -> workloads.owned(set, Workloads.PODS).size())
                .sum();
    }

    private void scale(ObjectNode set, int replicas) {
        if (Trees.number(set, 1, "spec", "replicas") != replicas) {
            workloads.change(workloads.type("apps", "replicasets"), set, t -> {
                Trees.in(t, "spec").put("replicas", replicas);
                Trees.in(t, "metadata", "annotations")
                        .put("deployment.kubernetes.io/desired-replicas", Integer.toString(replicas));
            });
        }
    }

    private void makeSet(ResourceType type, ObjectNode deployment, String hash, int replicas, int revision) {
        ResourceType sets = workloads.type("apps", "replicasets");
        ObjectNode set = Workloads.child(sets, type, deployment);
        ObjectNode metadata = Trees.meta(set).put("name", Trees.name(deployment) + "-" + hash);
        ObjectNode spec = set.putObject("spec").put("replicas", replicas);
        spec.set("selector", Trees.at(deployment, "spec", "selector").deepCopy());
        spec.set("template", Trees.at(deployment, "spec", "template").deepCopy());
        Trees.in(spec, "selector", "matchLabels").put(HASH, hash);
        Trees.in(spec, "template", "metadata", "labels").put(HASH, hash);
        metadata.set("labels", Trees.at(spec, "template", "metadata", "labels").deepCopy());
        Trees.in(metadata, "annotations")
                .put("deployment.kubernetes.io/desired-replicas", Integer.toString(replicas))
                .put("deployment.kubernetes.io/max-replicas", Integer.toString(replicas + (replicas + 3) / 4))
                .put(REVISION, Integer.toString(revision));
        workloads.create(set, sets);
        workloads.change(type, deployment, t -> Trees.in(t, "metadata", "annotations")
                .put(REVISION, Integer.toString(revision)));
    }

    private void report(ResourceType type, ObjectNode deployment, String hash, int wanted) {
        List<ObjectNode> sets = workloads.owned(deployment, SETS);
        int updated = sets.stream()
                .filter(set -> hash.equals(Trees.labels(set).get(HASH)))
                .mapToInt(set -> Trees.number(set, 0, "status", "replicas"))
                .sum();
        int all = sum(sets, "replicas");
        int ready = sum(sets, "readyReplicas");
        Map<String, Integer> counts = Map.of(
                "replicas", all,
                "updatedReplicas", updated,
                "readyReplicas", ready,
                "availableReplicas", ready,
                "unavailableReplicas", Math.max(0, Math.max(all, wanted) - ready));
        workloads.status(type, deployment, counts, status -> {
            Workloads.condition(
                    status,
                    "Available",
                    ready >= wanted,
                    ready >= wanted ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable");
            boolean done = updated == wanted && ready == wanted && all == wanted;
            Workloads.condition(status, "Progressing", true, done ? "NewReplicaSetAvailable" : "ReplicaSetUpdated");
        });
    }

    private static int sum(List<ObjectNode> sets, String count) {
        return sets.stream()
                .mapToInt(set -> Trees.number(set, 0, "status", count))
                .sum();
    }
}
