package dev.mtc.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterTest {

    @Test
    void clusters_atOnce_areApart() {
        try (EmbeddedCluster old = EmbeddedCluster.start("old");
                EmbeddedCluster other = EmbeddedCluster.start("other")) {
            old.client()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("only")
                            .endMetadata()
                            .build())
                    .create();

            assertThat(old.client().configMaps().withName("only").get()).isNotNull();
            assertThat(other.client().configMaps().withName("only").get()).isNull();
        }
    }

    @Test
    void kubeconfig_written_opensTheCluster(@TempDir Path directory) {
        try (EmbeddedCluster cluster = EmbeddedCluster.start("old");
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(
                                cluster.kubeconfig(directory.resolve("config")).toFile()))
                        .build()) {
            assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("29");
            assertThat(client.getNamespace()).isEqualTo("default");
        }
    }

    @Test
    void close_whileWatchedAndDelayed_leavesNoThread() throws InterruptedException {
        EmbeddedCluster cluster = EmbeddedCluster.start("leaver");
        cluster.client().configMaps().inNamespace("default").inform();
        cluster.faults().delay("GET", "secrets", Duration.ofMinutes(5));
        var unused = CompletableFuture.supplyAsync(() -> new Http(cluster).get("/api/v1/namespaces/default/secrets"));

        cluster.close();
        cluster.close();

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("mtc-leaver-")) {
                // a pool has ended a moment before its last thread has
                thread.join(5_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }
}
