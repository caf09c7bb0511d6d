package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A workload, how it is when it is stopped, and what it says about how it was. */
enum Kind {
    CRON_JOB(
            "/apis/batch/v1",
            "cronjobs",
            "{\"schedule\": \"0 3 * * *\", \"jobTemplate\": {\"spec\": {\"template\": " + Templates.JOB + "}}}",
            "/spec/suspend true",
            "preQuiesceSuspend false"),
    DEPLOYMENT_CONFIG(
            "/apis/apps.openshift.io/v1",
            "deploymentconfigs",
            "{\"replicas\": 3, \"template\": " + Templates.POD + "}",
            "/spec/replicas 0",
            "preQuiesceReplicas 3"),
    DEPLOYMENT(
            "/apis/apps/v1",
            "deployments",
            "{\"replicas\": 3, " + Templates.SELECTOR + ", \"template\": " + Templates.POD + "}",
            "/spec/replicas 0",
            "preQuiesceReplicas 3"),
    STATEFUL_SET(
            "/apis/apps/v1",
            "statefulsets",
            "{\"serviceName\": \"x\", " + Templates.SELECTOR + ", \"template\": " + Templates.POD + "}",
            "/spec/replicas 0",
            "preQuiesceReplicas 1"),
    REPLICA_SET(
            "/apis/apps/v1",
            "replicasets",
            "{\"replicas\": 2, " + Templates.SELECTOR + ", \"template\": " + Templates.POD + "}",
            "/spec/replicas 0",
            "preQuiesceReplicas 2"),
    REPLICATION_CONTROLLER(
            "/api/v1",
            "replicationcontrollers",
            "{\"replicas\": 2, \"selector\": {\"app\": \"x\"}, \"template\": " + Templates.POD + "}",
            "/spec/replicas 0",
            "preQuiesceReplicas 2"),
    DAEMON_SET(
            "/apis/apps/v1",
            "daemonsets",
            "{" + Templates.SELECTOR + ", \"template\": "
                    + Templates.POD.replace("\"spec\": {", "\"spec\": {\"nodeSelector\": {\"disk\": \"ssd\"}, ") + "}",
            "/spec/template/spec/nodeSelector {\"disk\":\"ssd\",\"migration.openshift.io/quiesceDaemonSet\":\"true\"}",
            "preQuiesceNodeSelector {\"disk\":\"ssd\"}"),
    JOB(
            "/apis/batch/v1",
            "jobs",
            "{\"parallelism\": 2, \"completions\": 5, \"template\": " + Templates.JOB + "}",
            "/spec/parallelism 0",
            "preQuiesceReplicas 2");

    private final String api;
    private final String resource;
    private final String spec;
    private final String pointer;
    private final String stopped;
    private final String annotation;
    private final String original;

    Kind(String api, String resource, String spec, String stopped, String annotation) {
        this.api = api;
        this.resource = resource;
        this.spec = spec;
        this.pointer = stopped.substring(0, stopped.indexOf(' '));
        this.stopped = stopped.substring(stopped.indexOf(' ') + 1);
        this.annotation = annotation.substring(0, annotation.indexOf(' '));
        this.original = annotation.substring(annotation.indexOf(' ') + 1);
    }

    String resource() {
        return resource;
    }

    String pointer() {
        return pointer;
    }

    /** {@return what the pointer points at when it is stopped} */
    JsonNode stopped() {
        return QuietCluster.value(stopped);
    }

    String original() {
        return original;
    }

    ObjectNode spec() {
        return QuietCluster.read(spec);
    }

    String collection() {
        return api + "/namespaces/app/" + resource;
    }

    /** {@return an object of this kind named x} */
    ObjectNode object() {
        ObjectNode object = spec().objectNode();
        object.put("apiVersion", api.replaceFirst("^/apis?/", ""));
        object.put("kind", kind());
        object.putObject("metadata").put("name", "x");
        object.set("spec", spec());
        return object;
    }

    private String kind() {
        StringBuilder name = new StringBuilder();
        for (String word : name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    JsonNode annotation(ObjectNode object) {
        return object.at("/metadata/annotations").path("migration.openshift.io/" + annotation);
    }
}
