package dev.mtc.engine.internal.quiesce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Clusters;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuiesceIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TEMPLATE =
            """
            {"metadata": {"labels": {"app": "x"}},
             "spec": {"containers": [{"name": "x", "image": "docker.example/x:1"}]}}""";
    private static final String JOB_TEMPLATE =
            TEMPLATE.replace("\"spec\": {", "\"spec\": {\"restartPolicy\": \"Never\", ");
    private static final String SELECTOR = "\"selector\": {\"matchLabels\": {\"app\": \"x\"}}";

    /** A workload, how it is when it is stopped, and what it says about how it was. */
    private enum Kind {
        CRON_JOB(
                "/apis/batch/v1",
                "cronjobs",
                "{\"schedule\": \"0 3 * * *\", \"jobTemplate\": {\"spec\": {\"template\": " + JOB_TEMPLATE + "}}}",
                "/spec/suspend true",
                "preQuiesceSuspend false"),
        DEPLOYMENT_CONFIG(
                "/apis/apps.openshift.io/v1",
                "deploymentconfigs",
                "{\"replicas\": 3, \"template\": " + TEMPLATE + "}",
                "/spec/replicas 0",
                "preQuiesceReplicas 3"),
        DEPLOYMENT(
                "/apis/apps/v1",
                "deployments",
                "{\"replicas\": 3, " + SELECTOR + ", \"template\": " + TEMPLATE + "}",
                "/spec/replicas 0",
                "preQuiesceReplicas 3"),
        STATEFUL_SET(
                "/apis/apps/v1",
                "statefulsets",
                "{\"serviceName\": \"x\", " + SELECTOR + ", \"template\": " + TEMPLATE + "}",
                "/spec/replicas 0",
                "preQuiesceReplicas 1"),
        REPLICA_SET(
                "/apis/apps/v1",
                "replicasets",
                "{\"replicas\": 2, " + SELECTOR + ", \"template\": " + TEMPLATE + "}",
                "/spec/replicas 0",
                "preQuiesceReplicas 2"),
        REPLICATION_CONTROLLER(
                "/api/v1",
                "replicationcontrollers",
                "{\"replicas\": 2, \"selector\": {\"app\": \"x\"}, \"template\": " + TEMPLATE + "}",
                "/spec/replicas 0",
                "preQuiesceReplicas 2"),
        DAEMON_SET(
                "/apis/apps/v1",
                "daemonsets",
                "{" + SELECTOR + ", \"template\": "
                        + TEMPLATE.replace("\"spec\": {", "\"spec\": {\"nodeSelector\": {\"disk\": \"ssd\"}, ") + "}",
                "/spec/template/spec/nodeSelector {\"disk\":\"ssd\",\"migration.openshift.io/quiesceDaemonSet\":\"true\"}",
                "preQuiesceNodeSelector {\"disk\":\"ssd\"}"),
        JOB(
                "/apis/batch/v1",
                "jobs",
                "{\"suspend\": true, \"parallelism\": 2, \"completions\": 5, \"template\": " + JOB_TEMPLATE + "}",
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

        private String collection() {
            return api + "/namespaces/app/" + resource;
        }
    }

    private EmbeddedCluster cluster;
    private ApiServer server;

    @BeforeEach
    void open() throws IOException {
        cluster = EmbeddedCluster.start("quiet");
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("app")
                        .endMetadata()
                        .build())
                .create();
        try (InputStream yaml = Objects.requireNonNull(getClass().getResourceAsStream("deploymentconfigs.yaml"))) {
            cluster.client().load(yaml).create();
        }
        assertThat(cluster.settle(LIMIT)).isTrue();
        server = Connections.open(Side.SOURCE, Clusters.of("quiet", cluster.client()));
    }

    @AfterEach
    void close() {
        server.close();
        cluster.close();
    }

    private Quiesce quiesce() {
        return new Quiesce(server, Discovery.of(server, Runnable::run), List.of("app"), "");
    }

    private ObjectNode create(Kind kind, JsonNode spec) {
        ObjectNode object = JSON.createObjectNode();
        object.put("apiVersion", kind.api.replaceFirst("^/apis?/", ""));
        object.put("kind", kindName(kind));
        object.putObject("metadata").put("name", "x");
        object.set("spec", spec);
        ObjectNode created = server.create(kind.collection(), object);
        assertThat(cluster.settle(LIMIT)).isTrue();
        return created;
    }

    private static String kindName(Kind kind) {
        StringBuilder name = new StringBuilder();
        for (String word : kind.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return name.toString();
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode present(Kind kind) {
        return server.get(kind.collection() + "/x");
    }

    private static JsonNode annotation(ObjectNode object, Kind kind) {
        return object.at("/metadata/annotations").path("migration.openshift.io/" + kind.annotation);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void stopAndStart_ofEachKind_leaveTheSpecAsItWas(Kind kind) {
        JsonNode before = create(kind, read(kind.spec)).path("spec");

        assertThat(quiesce().stop())
                .singleElement()
                .asString()
                .contains(kind.resource)
                .contains("app/x");
        ObjectNode stopped = present(kind);
        assertThat(stopped.at(kind.pointer)).isEqualTo(read(kind.stopped));
        assertThat(annotation(stopped, kind).asText()).isEqualTo(kind.original);
        assertThat(cluster.settle(LIMIT)).isTrue();
        assertThat(quiesce().stillRunning()).isEmpty();

        assertThat(quiesce().start()).hasSize(1);
        assertThat(present(kind).path("spec")).isEqualTo(before);
        assertThat(annotation(present(kind), kind).isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void stopAndStart_twice_changeNothingMore(Kind kind) {
        create(kind, read(kind.spec));
        quiesce().stop();
        JsonNode stopped = present(kind).path("spec");

        assertThat(quiesce().stop()).isEmpty();
        assertThat(present(kind).path("spec")).isEqualTo(stopped);
        assertThat(annotation(present(kind), kind).asText()).isEqualTo(kind.original);
        quiesce().start();
        JsonNode started = present(kind).path("spec");

        assertThat(quiesce().start()).isEmpty();
        assertThat(present(kind).path("spec")).isEqualTo(started);
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "DAEMON_SET")
    void stopAndStart_ofWhatWasStopped_leaveItStopped(Kind kind) {
        ObjectNode spec = (ObjectNode) read(kind.spec);
        spec.set(kind.pointer.substring("/spec/".length()), read(kind.stopped));
        create(kind, spec);

        assertThat(quiesce().stop()).isEmpty();
        assertThat(annotation(present(kind), kind).isMissingNode()).isTrue();
        assertThat(quiesce().start()).isEmpty();
        assertThat(present(kind).at(kind.pointer)).isEqualTo(read(kind.stopped));
    }

    @Test
    void start_ofWhatWasScaledUpByHand_keepsTheNewScale() {
        create(Kind.DEPLOYMENT, read(Kind.DEPLOYMENT.spec));
        quiesce().stop();
        server.merge(Kind.DEPLOYMENT.collection() + "/x", (ObjectNode) read("{\"spec\": {\"replicas\": 7}}"));

        quiesce().start();

        assertThat(present(Kind.DEPLOYMENT).at("/spec/replicas").asInt()).isEqualTo(7);
        assertThat(annotation(present(Kind.DEPLOYMENT), Kind.DEPLOYMENT).isMissingNode())
                .isTrue();
    }

    @Test
    void stop_ofADeployment_leavesItsReplicaSetToItAndAutoscalersAlone() {
        create(Kind.DEPLOYMENT, read(Kind.DEPLOYMENT.spec));
        String scalers = "/apis/autoscaling/v2/namespaces/app/horizontalpodautoscalers";
        ObjectNode scaler = server.create(
                scalers,
                (ObjectNode)
                        read(
                                """
                        {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "x"},
                         "spec": {"maxReplicas": 5, "scaleTargetRef":
                           {"apiVersion": "apps/v1", "kind": "Deployment", "name": "x"}}}"""));

        quiesce().stop();

        assertThat(cluster.requests())
                .filteredOn(request -> request.verb().equals("PATCH"))
                .extracting(request -> request.resource())
                .containsExactly("deployments");
        assertThat(server.list(Kind.REPLICA_SET.collection(), ""))
                .singleElement()
                .satisfies(set -> assertThat(annotation(set, Kind.REPLICA_SET).isMissingNode())
                        .isTrue());
        assertThat(server.get(scalers + "/x")).isEqualTo(scaler);
    }

    @Test
    void barePods_thatUseAClaim_areFoundAndNotAwaited() {
        ObjectNode pod = (ObjectNode)
                read(
                        """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "bare"}, "spec": {
                 "containers": [{"name": "x", "image": "docker.example/x:1"}],
                 "volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]}}""");
        server.create(
                "/api/v1/namespaces/app/persistentvolumeclaims",
                (ObjectNode)
                        read(
                                """
                        {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data"}, "spec": {
                         "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}"""));
        server.create("/api/v1/namespaces/app/pods", pod);
        assertThat(cluster.settle(LIMIT)).isTrue();

        assertThat(quiesce().stillRunning()).isEmpty();
        assertThat(quiesce().barePodsUsing(Set.of("app/data"))).containsExactly("app/bare");
        assertThat(quiesce().barePodsUsing(Set.of("app/other"))).isEmpty();
    }

    @Test
    void stop_withALabelSelector_leavesOthersAlone() {
        create(Kind.DEPLOYMENT, read(Kind.DEPLOYMENT.spec));

        List<String> stopped =
                new Quiesce(server, Discovery.of(server, Runnable::run), List.of("app"), "team=sales").stop();

        assertThat(stopped).isEmpty();
        assertThat(present(Kind.DEPLOYMENT).at("/spec/replicas").asInt()).isEqualTo(3);
    }
}
