package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VolumesTest {

    private static final String CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";
    private static final String VOLUMES = "/api/v1/persistentvolumes";
    private static final String CLASSES = "/apis/storage.k8s.io/v1/storageclasses";
    private static final String PODS = "/api/v1/namespaces/default/pods";

    private final EmbeddedCluster cluster = EmbeddedCluster.start("volumes");
    private final Http http = new Http(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void claim_defaultClass_isBoundToNewVolume() {
        make(CLAIMS, claim("c", ""));

        JsonNode claim = http.get(CLAIMS + "/c").json();
        assertThat(claim.at("/spec/storageClassName").asText()).isEqualTo("standard");
        assertThat(claim.at("/status/phase").asText()).isEqualTo("Bound");
        JsonNode volume =
                http.get(VOLUMES + "/" + claim.at("/spec/volumeName").asText()).json();
        assertThat(volume.at("/spec/claimRef/uid").asText())
                .isEqualTo(claim.at("/metadata/uid").asText());
        assertThat(volume.at("/spec/capacity/storage").asText()).isEqualTo("1Gi");
        assertThat(volume.at("/status/phase").asText()).isEqualTo("Bound");
    }

    @Test
    void claim_unknownProvisioner_staysPending() {
        make(CLASSES, "{'metadata':{'name':'odd'},'provisioner':'example.com/none'}");
        make(CLAIMS, claim("c", "'storageClassName':'odd',"));

        assertThat(phase("c")).isEqualTo("Pending");
    }

    @Test
    void claim_waitForFirstConsumer_isBoundWithItsPod() {
        make(
                CLASSES,
                "{'metadata':{'name':'late'},'provisioner':'" + EmbeddedCluster.PROVISIONER
                        + "','volumeBindingMode':'WaitForFirstConsumer'}");
        make(CLAIMS, claim("c", "'storageClassName':'late',"));
        assertThat(phase("c")).isEqualTo("Pending");

        make(PODS, pod("c"));

        assertThat(phase("c")).isEqualTo("Bound");
        assertThat(http.get(PODS + "/p").json().at("/status/phase").asText()).isEqualTo("Running");
    }

    @Test
    void pod_claimComesLater_runsThen() {
        make(PODS, pod("c"));
        assertThat(http.get(PODS + "/p").json().at("/status/phase").asText()).isEqualTo("Pending");

        make(CLAIMS, claim("c", ""));

        assertThat(http.get(PODS + "/p").json().at("/status/phase").asText()).isEqualTo("Running");
    }

    @Test
    void claim_deletedWhileInUse_waitsForThePod() {
        make(CLAIMS, claim("c", ""));
        make(PODS, pod("c"));

        http.delete(CLAIMS + "/c");
        settle();
        assertThat(http.get(CLAIMS + "/c")
                        .json()
                        .at("/metadata/deletionTimestamp")
                        .asText())
                .isNotEmpty();
        http.delete(PODS + "/p");
        settle();

        assertThat(http.get(CLAIMS + "/c").code()).isEqualTo(404);
        assertThat(http.get(VOLUMES).json().path("items")).isEmpty();
    }

    @Test
    void claim_namedVolume_takesThatOneAndRetainsIt() {
        make(VOLUMES, volume("mine"));
        assertThat(http.get(VOLUMES + "/mine").json().at("/status/phase").asText())
                .isEqualTo("Available");

        make(CLAIMS, claim("c", "'storageClassName':'','volumeName':'mine',"));
        assertThat(phase("c")).isEqualTo("Bound");
        http.delete(CLAIMS + "/c");
        settle();

        assertThat(http.get(VOLUMES + "/mine").json().at("/status/phase").asText())
                .isEqualTo("Released");
    }

    @Test
    void claim_namedVolumeThatComesLater_isBoundThen() {
        make(CLAIMS, claim("c", "'storageClassName':'','volumeName':'mine',"));
        assertThat(phase("c")).isEqualTo("Pending");

        make(VOLUMES, volume("mine"));

        assertThat(phase("c")).isEqualTo("Bound");
    }

    private String phase(String claim) {
        return http.get(CLAIMS + "/" + claim).json().at("/status/phase").asText();
    }

    private void make(String path, String body) {
        assertThat(http.post(path, body).code()).isEqualTo(201);
        settle();
    }

    private void settle() {
        assertThat(cluster.settle(Duration.ofSeconds(20))).isTrue();
    }

    private static String claim(String name, String spec) {
        return "{'metadata':{'name':'" + name + "'},'spec':{" + spec
                + "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}";
    }

    private static String volume(String name) {
        return "{'metadata':{'name':'" + name
                + "'},'spec':{'accessModes':['ReadWriteOnce'],'capacity':{'storage':'2Gi'},"
                + "'hostPath':{'path':'/x'}}}";
    }

    private static String pod(String claim) {
        return "{'metadata':{'name':'p'},'spec':{'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'" + claim
                + "'}}],'containers':[{'name':'c','image':'x'}]}}";
    }
}
