package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Stateful sets: numbered pods in order, with claims of their own. */
final class StatefulSetController implements Workloads.Reconciler {

    private static final String HASH = "controller-revision-hash";

    private final Workloads workloads;

    StatefulSetController(Workloads workloads) {
        this.workloads = workloads;
    }

    @Override
    public void reconcile(ResourceType type, ObjectNode set) {
        int wanted = Trees.number(set, 1, "spec", "replicas");
        String revision = Revisions.of(workloads, type, set);
        ResourceType pods = workloads.type("", "pods");
        boolean parallel = Trees.text(set, "spec", "podManagementPolicy").equals("Parallel");
        for (int i = 0; i < wanted; i++) {
            ObjectNode pod = workloads.find(pods, Trees.namespace(set), Trees.name(set) + "-" + i);
            if (pod == null) {
                makeClaims(set, i);
                workloads.create(pod(type, set, i, revision), pods);
            }
            if (!parallel && (pod == null || !Workloads.isReady(pod) || Trees.isDeleting(pod))) {
                break;
            }
        }
        shrink(set, wanted);
        renew(set, wanted, revision);
        report(type, set, revision);
    }

    private void shrink(ObjectNode set, int wanted) {
        List<ObjectNode> pods = workloads.owned(set, Workloads.PODS);
        int highest =
                pods.stream().mapToInt(StatefulSetController::ordinal).max().orElse(-1);
        boolean ending = pods.stream().anyMatch(Trees::isDeleting);
        if (highest >= wanted && !ending) {
            pods.stream().filter(pod -> ordinal(pod) == highest).forEach(pod -> remove(set, pod));
        }
    }

    private void remove(ObjectNode set, ObjectNode pod) {
        if (Trees.text(set, "spec", "persistentVolumeClaimRetentionPolicy", "whenScaled")
                .equals("Delete")) {
            claims(set, ordinal(pod)).forEach(claim -> giveTo(pod, claim));
        }
        workloads.delete(workloads.type("", "pods"), pod);
    }

    private List<ObjectNode> claims(ObjectNode set, int ordinal) {
        ResourceType claims = workloads.type("", "persistentvolumeclaims");
        return Trees.items(Trees.at(set, "spec", "volumeClaimTemplates")).stream()
                .map(template -> workloads.find(claims, Trees.namespace(set), claimName(template, set, ordinal)))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Has a claim go with a pod, as real sets do. */
    private void giveTo(ObjectNode pod, ObjectNode claim) {
        workloads.change(workloads.type("", "persistentvolumeclaims"), claim, tree -> Trees.listIn(
                        Trees.meta(tree), "ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "Pod")
                .put("name", Trees.name(pod))
                .put("uid", Trees.uid(pod)));
    }

    /** Replaces the highest pod of an old revision, one at a time and only while all are ready. */
    private void renew(ObjectNode set, int wanted, String revision) {
        List<ObjectNode> pods = workloads.owned(set, Workloads.PODS);
        boolean calm = pods.size() == wanted
                && pods.stream().allMatch(pod -> Workloads.isReady(pod) && !Trees.isDeleting(pod));
        boolean rolling = !Trees.text(set, "spec", "updateStrategy", "type").equals("OnDelete");
        if (calm && rolling) {
            pods.stream()
                    .filter(pod -> !revision.equals(Trees.labels(pod).get(HASH)))
                    .max((one, other) -> Integer.compare(ordinal(one), ordinal(other)))
                    .ifPresent(pod -> workloads.delete(workloads.type("", "pods"), pod));
        }
    }

    private static int ordinal(ObjectNode pod) {
        String name = Trees.name(pod);
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    private void makeClaims(ObjectNode set, int ordinal) {
        ResourceType claims = workloads.type("", "persistentvolumeclaims");
        for (JsonNode template : Trees.at(set, "spec", "volumeClaimTemplates")) {
            String name = claimName(template, set, ordinal);
            if (workloads.find(claims, Trees.namespace(set), name) == null) {
                ObjectNode claim = template.deepCopy();
                ObjectNode metadata = Trees.meta(claim);
                metadata.put("name", name).put("namespace", Trees.namespace(set));
                Trees.strings(Trees.at(set, "spec", "selector", "matchLabels"))
                        .forEach((label, value) -> Trees.in(metadata, "labels").put(label, value));
                claim.remove("status");
                workloads.create(claim, claims);
            }
        }
    }

    private static String claimName(JsonNode template, ObjectNode set, int ordinal) {
        return Trees.name(template) + "-" + Trees.name(set) + "-" + ordinal;
    }

    private ObjectNode pod(ResourceType type, ObjectNode set, int ordinal, String revision) {
        ObjectNode pod = workloads.podOf(type, set);
        String name = Trees.name(set) + "-" + ordinal;
        Trees.meta(pod).put("name", name);
        Trees.in(pod, "metadata", "labels").put(HASH, revision).put("statefulset.kubernetes.io/pod-name", name);
        ObjectNode spec = Trees.in(pod, "spec");
        spec.put("hostname", name).put("subdomain", Trees.text(set, "spec", "serviceName"));
        for (JsonNode template : Trees.at(set, "spec", "volumeClaimTemplates")) {
            ArrayNode volumes = Trees.listIn(spec, "volumes");
            volumes.removeIf(volume -> Trees.text(volume, "name").equals(Trees.name(template)));
            volumes.addObject()
                    .put("name", Trees.name(template))
                    .putObject("persistentVolumeClaim")
                    .put("claimName", claimName(template, set, ordinal));
        }
        return pod;
    }

    private void report(ResourceType type, ObjectNode set, String revision) {
        List<ObjectNode> pods = workloads.livePods(set);
        int ready = (int) pods.stream().filter(Workloads::isReady).count();
        int updated = (int) pods.stream()
                .filter(pod -> revision.equals(Trees.labels(pod).get(HASH)))
                .count();
        Map<String, Integer> counts = Map.of(
                "replicas", pods.size(),
                "readyReplicas", ready,
                "availableReplicas", ready,
                "currentReplicas", updated,
                "updatedReplicas", updated);
        workloads.status(type, set, counts, status -> {
            status.put("updateRevision", revision);
            if (updated == pods.size()) {
                status.put("currentRevision", revision);
            }
        });
    }
}
