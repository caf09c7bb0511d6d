package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * Removes what API servers and controllers set: identity, history, status. Finalizers go too: they belong to controllers of the source, those
 * of the target set their own, and without a controller they would keep a rollback from deleting.
 */
final class ServerFields implements BuiltInTransform {

    private static final List<String> METADATA = List.of(
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "selfLink",
            "managedFields",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "finalizers",
            "clusterName");

    private static final List<String> ANNOTATIONS = List.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            "deployment.kubernetes.io/revision",
            "deployment.kubernetes.io/desired-replicas",
            "deployment.kubernetes.io/max-replicas",
            "deprecated.daemonset.template.generation",
            "endpoints.kubernetes.io/last-change-trigger-time",
            "autoscaling.alpha.kubernetes.io/conditions",
            "autoscaling.alpha.kubernetes.io/current-metrics",
            "batch.kubernetes.io/job-tracking",
            "field.cattle.io/publicEndpoints");

    /** Those of Kubernetes itself, which every cluster sets. */
    private static final Set<String> STANDARD = Set.of(
            "kubernetes",
            "orphan",
            "foregroundDeletion",
            "kubernetes.io/pv-protection",
            "kubernetes.io/pvc-protection",
            "batch.kubernetes.io/job-tracking",
            "service.kubernetes.io/load-balancer-cleanup");

    @Override
    public String name() {
        return "server-set fields";
    }

    private static void tellOfFinalizers(Draft draft) {
        List<String> finalizers = draft.metadata()
                .path("finalizers")
                .valueStream()
                .map(JsonNode::asText)
                .filter(finalizer -> !STANDARD.contains(finalizer))
                .toList();
        if (!finalizers.isEmpty()) {
            draft.advise(
                    "FinalizersDropped",
                    "its finalizers " + String.join(", ", finalizers) + " stay behind",
                    "nothing is to be done if the controllers that use them run on the target, which set their own");
        }
    }

    @Override
    public void apply(Draft draft) {
        tellOfFinalizers(draft);
        draft.metadata().remove(METADATA);
        ANNOTATIONS.forEach(draft::removeAnnotation);
        draft.object().remove("status");
        Json.walk(draft.object(), "", (path, node) -> removeNull(node));
    }

    /** Templates carry {@code creationTimestamp: null}. */
    private static void removeNull(ObjectNode node) {
        JsonNode timestamp = node.get("creationTimestamp");
        if (timestamp != null && timestamp.isNull()) {
            node.remove("creationTimestamp");
        }
    }
}
