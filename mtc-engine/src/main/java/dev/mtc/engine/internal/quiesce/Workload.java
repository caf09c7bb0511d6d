package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How workloads of one kind are stopped: the field that is changed, what it is changed to, and the annotation that keeps
 * the original (MTC specification 5.2). The annotation holds the original value, so that what was stopped before stays so.
 *
 * <p>A paused Deployment stays paused, since it scales all the same and unpausing it would roll out what its owner holds
 * back. A paused DeploymentConfig does not scale, so it is unpaused while it is stopped.
 */
enum Workload {
    CRON_JOB("CronJob", "cronjobs.batch", "suspend", "preQuiesceSuspend") {
        @Override
        JsonNode stopped() {
            return NODES.booleanNode(true);
        }

        @Override
        Optional<JsonNode> original(String text) {
            return text.equals("true") || text.equals("false")
                    ? Optional.of(NODES.booleanNode(text.equals("true")))
                    : Optional.empty();
        }

        @Override
        JsonNode whenAbsent() {
            return NODES.booleanNode(false);
        }

        /** MTC itself writes true on every CronJob, whether it was suspended or not. */
        @Override
        String doubt(String text) {
            return text.equals("true") ? "does not tell whether it was suspended before, so it stays suspended" : "";
        }
    },
    DEPLOYMENT_CONFIG("DeploymentConfig", "deploymentconfigs.apps.openshift.io", "replicas", "preQuiesceReplicas") {
        @Override
        boolean scalesOnlyUnpaused() {
            return true;
        }
    },
    DEPLOYMENT("Deployment", "deployments.apps", "replicas", "preQuiesceReplicas"),
    STATEFUL_SET("StatefulSet", "statefulsets.apps", "replicas", "preQuiesceReplicas") {
        @Override
        void stop(ObjectNode object, ObjectNode patch) {
            super.stop(object, patch);
            ClaimRetention.stop(object, patch);
        }
    },
    REPLICA_SET("ReplicaSet", "replicasets.apps", "replicas", "preQuiesceReplicas"),
    REPLICATION_CONTROLLER("ReplicationController", "replicationcontrollers", "replicas", "preQuiesceReplicas"),
    DAEMON_SET("DaemonSet", "daemonsets.apps", "", "preQuiesceNodeSelector") {
        @Override
        boolean isStopped(ObjectNode object) {
            return NodeSelector.isNowhere(object);
        }

        @Override
        String present(ObjectNode object) {
            return NodeSelector.text(object);
        }

        @Override
        void stop(ObjectNode object, ObjectNode patch) {
            NodeSelector.stop(patch);
        }

        @Override
        boolean isReadable(String text) {
            return NodeSelector.parse(text).isPresent();
        }

        @Override
        void restore(ObjectNode object, String original, ObjectNode patch) {
            NodeSelector.restore(object, original, patch);
        }
    },
    JOB("Job", "jobs.batch", "parallelism", "preQuiesceReplicas") {
        /** Ended, or suspended by someone: nothing of it runs. */
        @Override
        boolean isIdle(ObjectNode object) {
            return hasEnded(object) || object.path("spec").path("suspend").asBoolean();
        }

        /** A CronJob starts Jobs and does not look after them. */
        @Override
        boolean isLookedAfterBy(Workload owner) {
            return false;
        }
    };

    static final String PREFIX = "migration.openshift.io/";
    static final String PAUSED = PREFIX + "preQuiescePaused";
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String kind;
    private final String resource;
    private final String field;
    private final String annotation;

    Workload(String kind, String resource, String field, String annotation) {
        this.kind = kind;
        this.resource = resource;
        this.field = field;
        this.annotation = PREFIX + annotation;
    }

    /** {@return the kind that an owner reference names, if it is one of these} */
    static Optional<Workload> named(JsonNode reference) {
        String apiVersion = reference.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String kind = reference.path("kind").asText();
        return Arrays.stream(values())
                .filter(workload ->
                        workload.kind.equals(kind) && workload.group().equals(group))
                .findFirst();
    }

    static boolean hasEnded(ObjectNode job) {
        for (JsonNode condition : job.path("status").path("conditions")) {
            String type = condition.path("type").asText();
            if (condition.path("status").asText().equals("True")
                    && (type.equals("Complete") || type.equals("Failed"))) {
                return true;
            }
        }
        return job.path("status").has("completionTime");
    }

    private String group() {
        return resource.contains(".") ? resource.substring(resource.indexOf('.') + 1) : "";
    }

    String resource() {
        return resource;
    }

    String annotation() {
        return annotation;
    }

    /** The fields below {@code spec} that stop it, for those who look for the writer of one. */
    List<String> fields() {
        return this == DAEMON_SET ? List.of("template", "spec", "nodeSelector") : List.of(field);
    }

    JsonNode stopped() {
        return NODES.numberNode(0);
    }

    /** {@return what the annotation says, empty if it cannot be read} */
    Optional<JsonNode> original(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(NODES.numberNode(Integer.parseInt(text))) : Optional.empty();
    }

    boolean isReadable(String text) {
        return original(text).isPresent();
    }

    /** {@return why what the annotation says may not be what was, empty if it is} */
    String doubt(String text) {
        return "";
    }

    /** What the field means when it is not there. */
    JsonNode whenAbsent() {
        return NODES.numberNode(1);
    }

    /** {@return whether nothing of it runs although it was not stopped} */
    boolean isIdle(ObjectNode object) {
        return false;
    }

    boolean isLookedAfterBy(Workload owner) {
        return true;
    }

    boolean scalesOnlyUnpaused() {
        return false;
    }

    boolean isStopped(ObjectNode object) {
        return value(object).equals(stopped());
    }

    /** {@return how it is now, as the annotation keeps it} */
    String present(ObjectNode object) {
        return value(object).asText();
    }

    private JsonNode value(ObjectNode object) {
        JsonNode present = object.path("spec").path(field);
        return present.isMissingNode() ? whenAbsent() : present;
    }

    /** Writes into a patch what stops it. */
    void stop(ObjectNode object, ObjectNode patch) {
        patch.withObjectProperty("spec").set(field, stopped());
    }

    /** Writes into a patch what makes it as it was. */
    void restore(ObjectNode object, String original, ObjectNode patch) {
        @Nullable JsonNode value = original(original).orElse(null);
        if (value != null && !value.equals(value(object))) {
            patch.withObjectProperty("spec").set(field, value);
        }
    }
}
