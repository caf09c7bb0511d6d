package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How workloads of one kind are stopped: the field that is changed, what it is changed to, and the annotation that keeps
 * the original (MTC specification 5.2). The annotation holds the original value, so that what was stopped before stays so.
 */
enum Workload {
    CRON_JOB("cronjobs.batch", "suspend", "preQuiesceSuspend") {
        @Override
        JsonNode stopped() {
            return NODES.booleanNode(true);
        }

        @Override
        JsonNode original(String text) {
            return NODES.booleanNode(Boolean.parseBoolean(text));
        }

        @Override
        JsonNode whenAbsent() {
            return NODES.booleanNode(false);
        }
    },
    DEPLOYMENT_CONFIG("deploymentconfigs.apps.openshift.io", "replicas", "preQuiesceReplicas"),
    DEPLOYMENT("deployments.apps", "replicas", "preQuiesceReplicas"),
    STATEFUL_SET("statefulsets.apps", "replicas", "preQuiesceReplicas"),
    REPLICA_SET("replicasets.apps", "replicas", "preQuiesceReplicas"),
    REPLICATION_CONTROLLER("replicationcontrollers", "replicas", "preQuiesceReplicas"),
    DAEMON_SET("daemonsets.apps", "", "preQuiesceNodeSelector") {
        @Override
        @Nullable
        ObjectNode stopPatch(ObjectNode object) {
            JsonNode selector = object.at("/spec/template/spec/nodeSelector");
            if (selector.has(NOWHERE)) {
                return null;
            }
            ObjectNode patch = NODES.objectNode();
            patch.putObject("spec")
                    .putObject("template")
                    .putObject("spec")
                    .putObject("nodeSelector")
                    .put(NOWHERE, "true");
            annotate(patch, object, selector.isMissingNode() ? "{}" : selector.toString());
            return patch;
        }

        @Override
        ObjectNode startPatch(ObjectNode object, String annotation) {
            ObjectNode patch = NODES.objectNode();
            patch.putObject("spec")
                    .putObject("template")
                    .putObject("spec")
                    .putObject("nodeSelector")
                    .putNull(NOWHERE);
            return patch;
        }
    },
    JOB("jobs.batch", "parallelism", "preQuiesceReplicas") {
        @Override
        boolean isOver(ObjectNode object) {
            return object.path("status").has("completionTime");
        }
    };

    static final String PREFIX = "migration.openshift.io/";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String NOWHERE = "migration.openshift.io/quiesceDaemonSet";

    private final String resource;
    private final String field;
    private final String annotation;

    Workload(String resource, String field, String annotation) {
        this.resource = resource;
        this.field = field;
        this.annotation = PREFIX + annotation;
    }

    String resource() {
        return resource;
    }

    JsonNode stopped() {
        return NODES.numberNode(0);
    }

    JsonNode original(String text) {
        return NODES.numberNode(Integer.parseInt(text));
    }

    /** What the field means when it is not there. */
    JsonNode whenAbsent() {
        return NODES.numberNode(1);
    }

    boolean isOver(ObjectNode object) {
        return false;
    }

    private static boolean isOwned(ObjectNode object) {
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return true;
            }
        }
        return false;
    }

    /** {@return what stops it, null if it is stopped already or its owner stops it} */
    @Nullable
    ObjectNode stop(ObjectNode object) {
        return (isOwned(object) && this != JOB) || isOver(object) ? null : stopPatch(object);
    }

    @Nullable
    ObjectNode stopPatch(ObjectNode object) {
        JsonNode present = object.path("spec").path(field);
        JsonNode value = present.isMissingNode() ? whenAbsent() : present;
        if (value.equals(stopped())) {
            return null;
        }
        ObjectNode patch = NODES.objectNode();
        patch.putObject("spec").set(field, stopped());
        annotate(patch, object, value.asText());
        return patch;
    }

    /** Keeps the original; one that is kept already is older and therefore right. */
    void annotate(ObjectNode patch, ObjectNode object, String original) {
        if (!object.path("metadata").path("annotations").has(annotation)) {
            patch.putObject("metadata").putObject("annotations").put(annotation, original);
        }
    }

    /** {@return what makes it as it was, null if it was not stopped by a migration} */
    @Nullable
    ObjectNode start(ObjectNode object) {
        JsonNode kept = object.path("metadata").path("annotations").path(annotation);
        if (kept.isMissingNode()) {
            return null;
        }
        ObjectNode patch = startPatch(object, kept.asText());
        patch.putObject("metadata").putObject("annotations").putNull(annotation);
        return patch;
    }

    ObjectNode startPatch(ObjectNode object, String original) {
        ObjectNode patch = NODES.objectNode();
        if (object.path("spec").path(field).equals(stopped())) {
            patch.putObject("spec").set(field, original(original));
        }
        return patch;
    }

    static List<Workload> all() {
        return List.of(values());
    }
}
