package dev.mtc.engine.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.Plan;
import dev.mtc.api.Registry;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.objects.KindWithoutSchema;
import dev.mtc.engine.testing.EmbeddedCluster;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlannedImagesIT {

    private final EmbeddedCluster old =
            EmbeddedCluster.builder("old").withoutWorkloads().start();
    private final Cluster cluster = Clusters.of("old", old.client()).registry(Registry.at("old.example"));
    private final ApiServer server = Connections.open(Side.SOURCE, cluster);
    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @BeforeEach
    void define() {
        create("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}");
        create(KindWithoutSchema.yaml("buildconfigs", "build.openshift.io", "BuildConfig", "v1"));
        create(KindWithoutSchema.yaml("imagestreams", "image.openshift.io", "ImageStream", "v1"));
    }

    @AfterEach
    void close() {
        executor.shutdownNow();
        server.close();
        old.close();
    }

    private void create(String yaml) {
        old.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .create();
    }

    @Test
    void find_buildsStreamsAndVolumes_findsWhatTheyComeFrom() {
        create(
                """
                apiVersion: build.openshift.io/v1
                kind: BuildConfig
                metadata: {name: b, namespace: shop}
                spec:
                  source: {images: [{from: {kind: DockerImage, name: old.example/shop/source}}]}
                  strategy: {sourceStrategy: {from: {kind: DockerImage, name: old.example/shop/base}}}
                  output: {to: {kind: DockerImage, name: old.example/shop/output}}
                """);
        create(
                """
                apiVersion: image.openshift.io/v1
                kind: ImageStream
                metadata: {name: i, namespace: shop}
                spec: {tags: [{name: "1", from: {kind: DockerImage, name: "old.example/shop/tag:1"}}, {name: "2", from: {kind: ImageStreamTag, name: "x:1"}}]}
                """);
        create(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d, namespace: shop}
                spec:
                  selector: {matchLabels: {app: d}}
                  template:
                    metadata: {labels: {app: d}}
                    spec:
                      containers: [{name: a, image: old.example/shop/web}, {name: b, image: elsewhere.example/web}, {name: c, image: "redis:7"}]
                      volumes: [{name: v, image: {reference: old.example/shop/volume}}]
                """);
        Plan plan = Plan.named("shop")
                .from(cluster)
                .to(Clusters.inCluster().named("new").registry(Registry.at("new.example")))
                .namespace("shop", "shop-eu")
                .copyImages("docker.io/library", "new.example/hub")
                .build();

        Map<String, String> found = PlannedImages.find(plan, server, Discovery.of(server, executor));

        assertThat(found)
                .as("a registry can be asked for it only with its host")
                .containsEntry("docker.io/library/redis:7", "new.example/hub/redis:7");
        assertThat(found.values())
                .containsExactlyInAnyOrder(
                        "new.example/hub/redis:7",
                        "new.example/shop-eu/source",
                        "new.example/shop-eu/base",
                        "new.example/shop-eu/tag:1",
                        "new.example/shop-eu/web",
                        "new.example/shop-eu/volume");
    }
}
