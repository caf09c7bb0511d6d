package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

    private static final String APPS = "/apis/apps/v1/namespaces/default/";
    private static final String CORE = "/api/v1/namespaces/default/";
    private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";

    private final EmbeddedCluster cluster = EmbeddedCluster.start("workloads");
    private final Http http = new Http(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void deployment_created_runsPodsThroughReplicaSet() {
        post(APPS + "deployments", workload("Deployment", "web", "'replicas':3"));

        JsonNode status = http.get(APPS + "deployments/web").json().path("status");
        assertThat(status.path("readyReplicas").asInt()).isEqualTo(3);
        assertThat(status.path("availableReplicas").asInt()).isEqualTo(3);
        assertThat(status.path("updatedReplicas").asInt()).isEqualTo(3);
        assertThat(status.path("observedGeneration").asInt()).isEqualTo(1);
        JsonNode set = http.get(APPS + "replicasets").json().at("/items/0");
        assertThat(set.at("/metadata/ownerReferences/0/kind").asText()).isEqualTo("Deployment");
        JsonNode pod = http.get(CORE + "pods").json().at("/items/0");
        assertThat(pod.at("/metadata/ownerReferences/0/name").asText())
                .isEqualTo(set.at("/metadata/name").asText());
        assertThat(pod.at("/status/phase").asText()).isEqualTo("Running");
        assertThat(pod.at("/spec/nodeName").asText()).isNotEmpty();
    }

    @Test
    void deployment_scaledDown_losesItsPods() {
        post(APPS + "deployments", workload("Deployment", "web", "'replicas':3"));

        Http.Answer scale = http.patch(APPS + "deployments/web/scale", "merge-patch+json", "{'spec':{'replicas':0}}");
        settle();

        assertThat(scale.json().path("kind").asText()).isEqualTo("Scale");
        assertThat(http.get(CORE + "pods").json().path("items")).isEmpty();
        JsonNode deployment = http.get(APPS + "deployments/web").json();
        assertThat(deployment.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(deployment.at("/status/observedGeneration").asInt()).isEqualTo(2);
        assertThat(deployment.at("/status/readyReplicas").asInt()).isZero();
    }

    @Test
    void deployment_templateChanged_rollsOver() {
        post(APPS + "deployments", workload("Deployment", "web", "'replicas':2"));

        http.patch(
                APPS + "deployments/web",
                "strategic-merge-patch+json",
                "{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'new'}]}}}}");
        settle();

        JsonNode pods = http.get(CORE + "pods").json().path("items");
        assertThat(pods).hasSize(2);
        assertThat(pods).allMatch(p -> p.at("/spec/containers/0/image").asText().equals("new"));
        assertThat(http.get(APPS + "replicasets").json().path("items")).hasSize(2);
    }

    @Test
    void pod_deleted_isReplaced() {
        post(APPS + "deployments", workload("Deployment", "web", "'replicas':1"));
        String name =
                http.get(CORE + "pods").json().at("/items/0/metadata/name").asText();

        JsonNode ending = http.delete(CORE + "pods/" + name).json();
        settle();

        assertThat(ending.at("/metadata/deletionTimestamp").asText()).isNotEmpty();
        assertThat(http.get(CORE + "pods/" + name).code()).isEqualTo(404);
        assertThat(http.get(CORE + "pods").json().path("items")).hasSize(1);
    }

    private static String statefulSet(String more) {
        return workload(
                "StatefulSet",
                "db",
                "'replicas':2,'serviceName':'db','volumeClaimTemplates':[{'metadata':{'name':'data'},'spec':"
                        + "{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}]" + more);
    }

    @Test
    void statefulSet_thatDeletesClaimsWhenScaled_losesThoseOfPodsThatGo() {
        post(
                APPS + "statefulsets",
                statefulSet(",'persistentVolumeClaimRetentionPolicy':{'whenScaled':'Delete','whenDeleted':'Retain'}"));

        http.patch(APPS + "statefulsets/db", "merge-patch+json", "{'spec':{'replicas':1}}");
        settle();

        assertThat(http.get(CORE + "persistentvolumeclaims/data-db-0").code()).isEqualTo(200);
        assertThat(http.get(CORE + "persistentvolumeclaims/data-db-1").code()).isEqualTo(404);
    }

    @Test
    void statefulSet_created_hasNumberedPodsAndBoundClaims() {
        post(APPS + "statefulsets", statefulSet(""));

        assertThat(http.get(APPS + "statefulsets/db")
                        .json()
                        .at("/status/readyReplicas")
                        .asInt())
                .isEqualTo(2);
        JsonNode pod = http.get(CORE + "pods/db-1").json();
        assertThat(pod.at("/metadata/labels/statefulset.kubernetes.io~1pod-name")
                        .asText())
                .isEqualTo("db-1");
        JsonNode claim = http.get(CORE + "persistentvolumeclaims/data-db-1").json();
        assertThat(claim.at("/status/phase").asText()).isEqualTo("Bound");
        http.patch(APPS + "statefulsets/db", "merge-patch+json", "{'spec':{'replicas':0}}");
        settle();
        assertThat(http.get(CORE + "pods").json().path("items")).isEmpty();
        assertThat(http.get(CORE + "persistentvolumeclaims").json().path("items"))
                .hasSize(2);
    }

    @Test
    void daemonSet_unmatchedNodeSelector_stops() {
        post(APPS + "daemonsets", workload("DaemonSet", "agent", "'revisionHistoryLimit':3"));
        assertThat(http.get(APPS + "daemonsets/agent")
                        .json()
                        .at("/status/numberReady")
                        .asInt())
                .isEqualTo(1);

        http.patch(
                APPS + "daemonsets/agent",
                "merge-patch+json",
                "{'spec':{'template':{'spec':{'nodeSelector':{'quiet':'yes'}}}}}");
        settle();

        assertThat(http.get(APPS + "daemonsets/agent")
                        .json()
                        .at("/status/desiredNumberScheduled")
                        .asInt())
                .isZero();
        assertThat(http.get(CORE + "pods").json().path("items")).isEmpty();
    }

    @Test
    void job_created_completes() {
        post(
                JOBS,
                "{'metadata':{'name':'once'},'spec':{'completions':2,'template':{'spec':{'restartPolicy':'Never',"
                        + "'containers':[{'name':'c','image':'x'}]}}}}");

        JsonNode job = http.get(JOBS + "/once").json();
        assertThat(job.at("/status/succeeded").asInt()).isEqualTo(2);
        assertThat(job.at("/status/completionTime").asText()).isNotEmpty();
        assertThat(job.at("/status/conditions/0/type").asText()).isEqualTo("Complete");
    }

    @Test
    void job_whosePodsFail_failsAfterItsRetriesAndKeepsTheirLogs() {
        cluster.jobs().end("x", 3, "one\ntwo\nthree");
        post(JOBS, job("'backoffLimit':1"));

        JsonNode status = http.get(JOBS + "/once").json().path("status");
        assertThat(status.path("failed").asInt()).isEqualTo(2);
        assertThat(status.at("/conditions/0/type").asText()).isEqualTo("Failed");
        assertThat(status.at("/conditions/0/reason").asText()).isEqualTo("BackoffLimitExceeded");
        JsonNode pods = http.get(CORE + "pods").json().path("items");
        assertThat(pods).hasSize(2);
        assertThat(pods.at("/0/status/phase").asText()).isEqualTo("Failed");
        assertThat(pods.at("/0/status/containerStatuses/0/state/terminated/exitCode")
                        .asInt())
                .isEqualTo(3);
        String name = pods.at("/0/metadata/name").asText();
        assertThat(cluster.client()
                        .pods()
                        .inNamespace("default")
                        .withName(name)
                        .tailingLines(2)
                        .getLog())
                .isEqualTo("two\nthree");
    }

    @Test
    void job_thatRunsOn_endsWhenItIsTold() {
        cluster.jobs().runOn("x", "");
        post(JOBS, job("'activeDeadlineSeconds':3600"));
        assertThat(http.get(JOBS + "/once").json().at("/status/active").asInt()).isEqualTo(1);

        cluster.jobs().end("x", 0, "");
        settle();

        assertThat(http.get(JOBS + "/once").json().at("/status/succeeded").asInt())
                .isEqualTo(1);
    }

    @Test
    void job_whosePodsAreRefused_saysSoInAnEvent() {
        post(
                JOBS,
                "{'metadata':{'name':'once'},'spec':{'template':{'spec':{'restartPolicy':'Never',"
                        + "'serviceAccountName':'nobody','containers':[{'name':'c','image':'x'}]}}}}");

        JsonNode event = http.get(CORE + "events").json().at("/items/0");
        assertThat(event.path("reason").asText()).isEqualTo("FailedCreate");
        assertThat(event.path("message").asText()).contains("serviceaccount \"nobody\" not found");
        assertThat(event.at("/involvedObject/uid").asText())
                .isEqualTo(http.get(JOBS + "/once").json().at("/metadata/uid").asText());
    }

    private static String job(String spec) {
        return "{'metadata':{'name':'once'},'spec':{" + spec + ",'template':{'spec':{'restartPolicy':'Never',"
                + "'containers':[{'name':'c','image':'x'}]}}}}";
    }

    @Test
    void job_generatedSelectorOfOtherJob_isRefused() {
        Http.Answer answer = http.post(
                JOBS,
                "{'metadata':{'name':'copied'},'spec':{'selector':{'matchLabels':{'controller-uid':'abc'}},'template':"
                        + "{'metadata':{'labels':{'controller-uid':'abc'}},'spec':{'restartPolicy':'Never'}}}}");

        assertThat(answer.code()).isEqualTo(422);
    }

    @Test
    void pod_imageNotAllowed_waitsUntilItIs() {
        cluster.images().only("registry-b/");
        post(CORE + "pods", "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'registry-a/x'}]}}");

        JsonNode waiting = http.get(CORE + "pods/p").json().path("status");
        assertThat(waiting.path("phase").asText()).isEqualTo("Pending");
        assertThat(waiting.at("/containerStatuses/0/state/waiting/reason").asText())
                .isEqualTo("ImagePullBackOff");

        cluster.images().any();
        settle();
        assertThat(http.get(CORE + "pods/p").json().at("/status/phase").asText())
                .isEqualTo("Running");
    }

    @Test
    void pod_missingServiceAccount_isForbidden() {
        Http.Answer answer =
                http.post(CORE + "pods", "{'metadata':{'name':'p'},'spec':{'serviceAccountName':'nobody'}}");

        assertThat(answer.code()).isEqualTo(403);
        assertThat(answer.message()).contains("serviceaccount \"nobody\" not found");
    }

    private void post(String path, String body) {
        assertThat(http.post(path, body).code()).isEqualTo(201);
        settle();
    }

    private void settle() {
        assertThat(cluster.settle(Duration.ofSeconds(20))).isTrue();
    }

    private static String workload(String kind, String name, String spec) {
        return "{'apiVersion':'apps/v1','kind':'" + kind + "','metadata':{'name':'" + name + "'},'spec':{" + spec
                + ",'selector':{'matchLabels':{'app':'" + name + "'}},'template':{'metadata':{'labels':{'app':'" + name
                + "'}},'spec':{'containers':[{'name':'c','image':'x'}]}}}}";
    }
}
