package dev.mtc.engine.internal.quiesce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stopping everything that runs pods, and starting it again as it was. */
class QuiesceIT {

    private QuietCluster cluster;

    @BeforeEach
    void open() {
        cluster = QuietCluster.start();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void createRunning(Kind kind) {
        if (kind == Kind.JOB) {
            // A Job whose pods cannot start does not end by itself.
            cluster.cluster.images().only("elsewhere.example/");
        }
        cluster.create(kind);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void stopAndStart_ofEachKind_leaveTheSpecAsItWas(Kind kind) {
        createRunning(kind);
        JsonNode before = cluster.present(kind).path("spec");

        assertThat(cluster.quiesce().stop().changed())
                .singleElement()
                .asString()
                .contains(kind.resource())
                .contains("app/x");
        ObjectNode stopped = cluster.present(kind);
        assertThat(stopped.at(kind.pointer())).isEqualTo(kind.stopped());
        assertThat(kind.annotation(stopped).asText()).isEqualTo(kind.original());
        cluster.settle();
        assertThat(cluster.quiesce().pods().toAwait(Set.of())).isEmpty();

        assertThat(cluster.quiesce().start().changed()).hasSize(1);
        assertThat(cluster.present(kind).path("spec")).isEqualTo(before);
        assertThat(kind.annotation(cluster.present(kind)).isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void stopAndStart_twice_changeNothingMore(Kind kind) {
        createRunning(kind);
        cluster.quiesce().stop();
        JsonNode stopped = cluster.present(kind).path("spec");

        assertThat(cluster.quiesce().stop().changed()).isEmpty();
        assertThat(cluster.quiesce().stopAgain().changes().changed()).isEmpty();
        assertThat(cluster.present(kind).path("spec")).isEqualTo(stopped);
        assertThat(kind.annotation(cluster.present(kind)).asText()).isEqualTo(kind.original());
        cluster.quiesce().start();
        JsonNode started = cluster.present(kind).path("spec");

        assertThat(cluster.quiesce().start().changed()).isEmpty();
        assertThat(cluster.present(kind).path("spec")).isEqualTo(started);
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "DAEMON_SET")
    void stopAndStart_ofWhatWasStopped_leaveItStopped(Kind kind) {
        ObjectNode object = kind.object();
        object.withObjectProperty("spec").set(kind.pointer().substring("/spec/".length()), kind.stopped());
        cluster.create(kind, object);

        assertThat(cluster.quiesce().stop().changed()).isEmpty();
        assertThat(kind.annotation(cluster.present(kind)).isMissingNode()).isTrue();
        assertThat(cluster.quiesce().start().changed()).isEmpty();
        assertThat(cluster.present(kind).at(kind.pointer())).isEqualTo(kind.stopped());
    }

    @Test
    void stop_onAClusterOf120_suspendsCronJobsOfTheBeta() {
        try (QuietCluster old = QuietCluster.ofVersion("1.20")) {
            String collection = "/apis/batch/v1beta1/namespaces/app/cronjobs";
            old.server.create(collection, Kind.CRON_JOB.object().put("apiVersion", "batch/v1beta1"));

            assertThat(old.quiesce().stop().changed()).containsExactly("cronjobs.batch app/x");
            assertThat(old.server.get(collection + "/x").at("/spec/suspend").asBoolean())
                    .isTrue();
            assertThat(old.quiesce().start().changed()).containsExactly("cronjobs.batch app/x");
            assertThat(old.server.get(collection + "/x").at("/spec/suspend").asBoolean())
                    .isFalse();
        }
    }

    @Test
    void stop_ofJobs_leavesEndedAndSuspendedOnesAndStopsThoseOfCronJobs() {
        cluster.create(Kind.JOB);
        cluster.cluster.images().only("elsewhere.example/");
        ObjectNode suspended = Kind.JOB.object();
        suspended.withObjectProperty("metadata").put("name", "suspended");
        suspended.withObjectProperty("spec").put("suspend", true);
        cluster.create(Kind.JOB, suspended);
        String cronJob = cluster.create(Kind.CRON_JOB).at("/metadata/uid").asText();
        ObjectNode nightly = Kind.JOB.object();
        nightly.withObjectProperty("metadata")
                .put("name", "nightly")
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "batch/v1")
                .put("kind", "CronJob")
                .put("name", "x")
                .put("uid", cronJob)
                .put("controller", true);
        cluster.create(Kind.JOB, nightly);

        assertThat(cluster.quiesce().stop().changed())
                .containsExactly("cronjobs.batch app/x", "jobs.batch app/nightly");
    }

    @Test
    void stop_ofADeployment_leavesItsReplicaSetToItAndAutoscalersAlone() {
        cluster.create(Kind.DEPLOYMENT);
        ObjectNode scaler = autoscaler("autoscaling/v2");
        cluster.cluster.forgetRequests();

        cluster.quiesce().stop();
        cluster.settle();

        assertThat(cluster.cluster.requests())
                .filteredOn(request -> request.verb().equals("PATCH"))
                .extracting(request -> request.resource())
                .containsExactly("deployments");
        assertThat(cluster.server.list(Kind.REPLICA_SET.collection(), ""))
                .singleElement()
                .satisfies(set -> assertThat(set.at("/spec/replicas").asInt()).isZero());
        assertThat(cluster.server.get("/apis/autoscaling/v2/namespaces/app/horizontalpodautoscalers/x"))
                .isEqualTo(scaler);
    }

    private ObjectNode autoscaler(String version) {
        return cluster.create(
                "/apis/" + version + "/namespaces/app/horizontalpodautoscalers",
                """
                {"apiVersion": "%s", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "x"},
                 "spec": {"minReplicas": 1, "maxReplicas": 5, "scaleTargetRef":
                   {"apiVersion": "apps/v1", "kind": "Deployment", "name": "x"}}}"""
                        .formatted(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"autoscaling/v1", "autoscaling/v2"})
    void start_ofWhatAnAutoscalerChangedMeanwhile_givesTheOriginalReplicasBack(String version) {
        cluster.create(Kind.DEPLOYMENT);
        autoscaler(version);
        cluster.quiesce().stop();
        cluster.merge(Kind.DEPLOYMENT, "{\"spec\": {\"replicas\": 1}}");

        Quiesce.StopAgain again = cluster.quiesce().stopAgain();
        assertThat(again.broughtBack())
                .singleElement()
                .asString()
                .contains("deployments.apps app/x")
                .contains("HorizontalPodAutoscaler x");
        assertThat(cluster.present(Kind.DEPLOYMENT).at("/spec/replicas").asInt())
                .isZero();
        cluster.merge(Kind.DEPLOYMENT, "{\"spec\": {\"replicas\": 1}}");
        cluster.quiesce().start();

        assertThat(cluster.present(Kind.DEPLOYMENT).at("/spec/replicas").asInt())
                .isEqualTo(3);
    }

    @Test
    void stop_ofWhatAnOperatorOwns_stopsItAndNamesTheOperatorWhenItComesBack() {
        String uid = cluster.create(
                        "/api/v1/namespaces/app/configmaps",
                        """
                        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "operator"}}""")
                .at("/metadata/uid")
                .asText();
        ObjectNode object = Kind.STATEFUL_SET.object();
        object.withObjectProperty("metadata")
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "ConfigMap")
                .put("name", "operator")
                .put("uid", uid)
                .put("controller", true);
        cluster.create(Kind.STATEFUL_SET, object);

        assertThat(cluster.quiesce().stop().changed()).containsExactly("statefulsets.apps app/x");
        cluster.merge(Kind.STATEFUL_SET, "{\"spec\": {\"replicas\": 2}}");

        assertThat(cluster.quiesce().stopAgain().broughtBack())
                .singleElement()
                .asString()
                .contains("statefulsets.apps app/x runs again")
                .contains("ConfigMap operator")
                .contains("stop or pause");
        assertThat(Kind.STATEFUL_SET
                        .annotation(cluster.present(Kind.STATEFUL_SET))
                        .asText())
                .isEqualTo("1");
    }

    @Test
    void stopAgain_whatSomeToolSetsBack_namesItsFieldManager() {
        cluster.create(Kind.DEPLOYMENT);
        cluster.quiesce().stop();
        ObjectNode wish = Kind.DEPLOYMENT.object();
        cluster.cluster
                .client()
                .resource(wish.toString())
                .inNamespace("app")
                .fieldManager("kustomize-controller")
                .forceConflicts()
                .serverSideApply();

        assertThat(cluster.quiesce().stopAgain().broughtBack())
                .singleElement()
                .asString()
                .contains("field manager kustomize-controller");
    }

    @Test
    void start_ofADeployment_takesTheNoteThatWasCopiedToItsReplicaSetAway() {
        cluster.create(Kind.DEPLOYMENT);
        cluster.quiesce().stop();
        cluster.settle();
        ObjectNode copy = cluster.server.list(Kind.REPLICA_SET.collection(), "").get(0);
        assertThat(Kind.REPLICA_SET.annotation(copy).asText()).isEqualTo("3");

        assertThat(cluster.quiesce().start().changed()).containsExactly("deployments.apps app/x");
        cluster.settle();

        ObjectNode set = cluster.server.list(Kind.REPLICA_SET.collection(), "").get(0);
        assertThat(Kind.REPLICA_SET.annotation(set).isMissingNode()).isTrue();
        assertThat(set.at("/spec/replicas").asInt()).isEqualTo(3);
    }

    @Test
    void stop_withALabelSelector_leavesOthersAlone() {
        cluster.create(Kind.DEPLOYMENT);

        assertThat(cluster.quiesce(Runnable::run, "team=sales").stop().changed())
                .isEmpty();
        assertThat(cluster.present(Kind.DEPLOYMENT).at("/spec/replicas").asInt())
                .isEqualTo(3);
    }

    @Test
    void stopAndStart_of300Deployments_sendOneListForEachKindAndOnePatchForEachObject() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            ObjectNode object = Kind.DEPLOYMENT.object();
            object.withObjectProperty("metadata").put("name", "x-" + i);
            object.withObjectProperty("spec").put("replicas", 0);
            cluster.server.create(Kind.DEPLOYMENT.collection(), object);
            names.add("x-" + i);
        }
        cluster.settle();
        names.forEach(name -> cluster.server.merge(
                Kind.DEPLOYMENT.collection() + "/" + name, QuietCluster.read("{\"spec\": {\"replicas\": 1}}")));
        cluster.settle();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            Quiesce quiesce = cluster.quiesce(threads);
            cluster.cluster.forgetRequests();
            assertThat(quiesce.stop().changed()).hasSize(300);
            assertRequests();
            cluster.settle();
            cluster.cluster.forgetRequests();
            assertThat(quiesce.start().changed()).hasSize(300);
            assertRequests();
        } finally {
            threads.shutdownNow();
        }
    }

    private void assertRequests() {
        assertThat(cluster.requests("PATCH", "deployments")).isEqualTo(300);
        for (Kind kind : Kind.values()) {
            assertThat(cluster.requests("GET", kind.resource()))
                    .as(kind.resource())
                    .isEqualTo(1);
        }
        assertThat(cluster.requests("GET", "horizontalpodautoscalers")).isEqualTo(1);
        long tidied = cluster.requests("PATCH", "replicasets");
        assertThat(tidied).isLessThanOrEqualTo(300);
        assertThat(cluster.cluster.requests()).hasSize((int) (300 + tidied + Kind.values().length + 1));
    }
}
