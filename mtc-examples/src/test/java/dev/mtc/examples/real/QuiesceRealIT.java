package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.quiesce.Changes;
import dev.mtc.engine.internal.quiesce.Quiesce;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that runs pods on a real cluster is stopped, and runs as before when it is started again. */
class QuiesceRealIT {

    private static final String NAME = "mtc-quiesce-it";
    private static final String[] WORKLOADS = {
        "apps/v1/deployments/Deployment",
        "apps/v1/statefulsets/StatefulSet",
        "apps/v1/daemonsets/DaemonSet",
        "apps/v1/replicasets/ReplicaSet",
        "/v1/replicationcontrollers/ReplicationController",
        "batch/v1beta1/cronjobs/CronJob",
        "batch/v1/jobs/Job",
        "autoscaling/v1/horizontalpodautoscalers/HorizontalPodAutoscaler",
    };
    private static final String POD =
            """
            {terminationGracePeriodSeconds: 0, containers: [
             {name: sleep, image: REGISTRY/shop/busybox:1, command: [sleep, "86400"], resources: {requests: {cpu: 1m}}}]}
            """
                    .replace("\n", " ");
    private static final String YAML =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: paused, namespace: mtc-quiesce-it}
            spec: {replicas: 2, selector: {matchLabels: {app: paused}},
              template: {metadata: {labels: {app: paused}}, spec: POD}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: scaled, namespace: mtc-quiesce-it}
            spec: {replicas: 2, selector: {matchLabels: {app: scaled}},
              template: {metadata: {labels: {app: scaled}}, spec: POD}}
            ---
            apiVersion: autoscaling/v1
            kind: HorizontalPodAutoscaler
            metadata: {name: scaled, namespace: mtc-quiesce-it}
            spec: {minReplicas: 1, maxReplicas: 4, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: scaled}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: set, namespace: mtc-quiesce-it}
            spec: {replicas: 2, serviceName: set, podManagementPolicy: Parallel, selector: {matchLabels: {app: set}},
              template: {metadata: {labels: {app: set}}, spec: POD}}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: daemon, namespace: mtc-quiesce-it}
            spec: {selector: {matchLabels: {app: daemon}},
              template: {metadata: {labels: {app: daemon}}, spec: POD}}
            ---
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata: {name: replicas, namespace: mtc-quiesce-it}
            spec: {replicas: 1, selector: {matchLabels: {app: replicas}},
              template: {metadata: {labels: {app: replicas}}, spec: POD}}
            ---
            apiVersion: v1
            kind: ReplicationController
            metadata: {name: controller, namespace: mtc-quiesce-it}
            spec: {replicas: 1, selector: {app: controller},
              template: {metadata: {labels: {app: controller}}, spec: POD}}
            ---
            apiVersion: batch/v1beta1
            kind: CronJob
            metadata: {name: often, namespace: mtc-quiesce-it}
            spec: {schedule: "0 3 1 1 *", jobTemplate: {spec: {template: {spec: JOB}}}}
            ---
            apiVersion: batch/v1beta1
            kind: CronJob
            metadata: {name: suspended, namespace: mtc-quiesce-it}
            spec: {schedule: "0 3 1 1 *", suspend: true, jobTemplate: {spec: {template: {spec: JOB}}}}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: running, namespace: mtc-quiesce-it}
            spec: {parallelism: 2, completions: 4, template: {spec: JOB}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: bare, namespace: mtc-quiesce-it}
            spec: POD
            """;
    private static final int PODS = 2 + 2 + 2 + 1 + 1 + 1 + 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private RealNamespace namespace;
    private ApiServer server;

    @BeforeEach
    void open() {
        namespace = RealNamespace.onSource(NAME);
        namespace.delete();
        namespace.create();
        server = Connections.open(Side.SOURCE, RealClusters.source());
        namespace.apply(YAML.replace("JOB", POD.strip().replaceFirst("\\}$", ", restartPolicy: Never}"))
                .replace("POD", POD.strip())
                .replace("REGISTRY", RealClusters.env("MTC_REGISTRY_A")));
        awaitPods(pods -> pods.stream().filter(QuiesceRealIT::isReady).count() == PODS + 1);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        server.close();
        namespace.delete();
        namespace.close();
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private List<Pod> pods() {
        return namespace.client().pods().inNamespace(NAME).list().getItems();
    }

    private void awaitPods(Predicate<List<Pod>> which) {
        namespace
                .client()
                .pods()
                .inNamespace(NAME)
                .informOnCondition(which::test)
                .orTimeout(120, TimeUnit.SECONDS)
                .join();
    }

    private Quiesce quiesce() {
        return Quiesce.of(server, Discovery.of(server, threads), threads, new Quiesce.Scope(List.of(NAME), ""));
    }

    /** Pauses a Deployment and changes its template, which is not to be rolled out until it is unpaused. */
    private void holdBackAChange() {
        namespace
                .client()
                .apps()
                .deployments()
                .inNamespace(NAME)
                .withName("paused")
                .edit(deployment -> {
                    deployment.getSpec().setPaused(true);
                    deployment.getSpec().getTemplate().getMetadata().getLabels().put("change", "held-back");
                    return deployment;
                });
    }

    @Test
    void stopAndStart_ofEverythingThatRunsPods_leavesItAsItWas() {
        holdBackAChange();
        Map<String, String> before = namespace.objects(WORKLOADS);

        Changes stopped = quiesce().stop();

        assertThat(stopped.failure()).isEmpty();
        assertThat(stopped.changed())
                .containsExactly(
                        "cronjobs.batch " + NAME + "/often",
                        "daemonsets.apps " + NAME + "/daemon",
                        "deployments.apps " + NAME + "/paused",
                        "deployments.apps " + NAME + "/scaled",
                        "jobs.batch " + NAME + "/running",
                        "replicasets.apps " + NAME + "/replicas",
                        "replicationcontrollers " + NAME + "/controller",
                        "statefulsets.apps " + NAME + "/set");
        awaitPods(
                pods -> pods.size() == 1 && pods.get(0).getMetadata().getName().equals("bare"));
        assertThat(quiesce().pods().toAwait(Set.of())).isEmpty();
        assertThat(quiesce().stopAgain().broughtBack()).isEmpty();

        Changes started = quiesce().start();

        assertThat(started.failure()).isEmpty();
        assertThat(started.warnings()).isEmpty();
        assertThat(started.changed()).isEqualTo(stopped.changed());
        awaitPods(pods -> pods.stream().filter(QuiesceRealIT::isReady).count() == PODS + 1 && pods.size() == PODS + 1);
        assertThat(namespace.objects(WORKLOADS)).isEqualTo(before);
        assertThat(pods())
                .noneMatch(pod -> pod.getMetadata().getLabels() != null
                        && pod.getMetadata().getLabels().containsKey("change"));
        assertThat(quiesce().start().changed()).isEmpty();
    }
}
