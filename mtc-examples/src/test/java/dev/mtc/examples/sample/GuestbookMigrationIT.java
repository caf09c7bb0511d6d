package dev.mtc.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Clusters;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.engine.testing.EmbeddedCluster;
import dev.mtc.transfer.testing.FakeRegistry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuestbookMigrationIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String GUESTBOOK =
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: guestbook}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: guestbook}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers: [{name: web, image: "REGISTRY/guestbook/web:1"}]
            """;

    @Test
    void guestbook_whileTheRegistryIsCutAndTheServerFails_arrives() {
        try (FakeRegistry oldImages = FakeRegistry.open();
                FakeRegistry newImages = FakeRegistry.open();
                EmbeddedCluster old = EmbeddedCluster.start("old");
                EmbeddedCluster fresh = EmbeddedCluster.start("new")) {
            oldImages.putImage("guestbook/web:1", 3_000_000);
            String manifests = GUESTBOOK.replace("REGISTRY", oldImages.host());
            old.client()
                    .load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)))
                    .serverSideApply();
            old.settle(LIMIT);
            fresh.images().only(newImages.host() + "/"); // the target's nodes pull from nowhere else

            newImages.cutNext(FakeRegistry.Operation.UPLOAD_WRITE, 1, 1_000_000); // bytes
            fresh.faults().failNext("patch", "deployments", 2, 503);

            Plan plan = Plan.named("guestbook")
                    .from(Clusters.of("old", old.client()).registry(oldImages.connection()))
                    .to(Clusters.of("new", fresh.client()).registry(newImages.connection()))
                    .namespace("guestbook", "guestbook-eu")
                    .build();
            MigrationResult moved =
                    Migration.of(plan).quiesce().verify().cutover().await(LIMIT).requireClean();

            assertThat(moved.items()).anySatisfy(item -> {
                assertThat(item.name()).endsWith("/guestbook-eu/web:1");
                assertThat(item.proof()).contains("sha256:");
            });
            Deployment web = fresh.client()
                    .apps()
                    .deployments()
                    .inNamespace("guestbook-eu")
                    .withName("web")
                    .get();
            assertThat(web.getStatus().getReadyReplicas()).isEqualTo(2);
            assertThat(old.client().pods().inNamespace("guestbook").list().getItems())
                    .isEmpty();
        }
    }
}
