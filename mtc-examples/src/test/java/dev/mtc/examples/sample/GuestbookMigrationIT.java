package dev.mtc.examples.sample;

import static dev.mtc.testkit.MtcAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Plan;
import dev.mtc.testkit.MtcTestKit;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GuestbookMigrationIT {

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

    @RegisterExtension
    final MtcTestKit kit = MtcTestKit.create().versions("1.27", "1.31");

    @Test
    void guestbook_whileTheRegistryIsCutAndTheServerFails_arrives() {
        kit.sourceRegistry().putImage("guestbook/web:1", 3_000_000);
        kit.deploy(GUESTBOOK);
        kit.cutConnectionAfter(1_000_000); // bytes of an upload
        kit.target().faults().failNext("patch", "deployments", 2, 503);

        Plan plan = kit.plan("guestbook").namespace("guestbook", "guestbook-eu").build();

        assertThat(kit.migration(plan).quiesce().verify().cutover())
                .endedClean()
                .moved("deployments.apps guestbook-eu/web", "guestbook-eu/web:1")
                .proved("guestbook-eu/web:1");
        Deployment web = kit.target()
                .client()
                .apps()
                .deployments()
                .inNamespace("guestbook-eu")
                .withName("web")
                .get();
        assertThat(web.getStatus().getReadyReplicas()).isEqualTo(2);
        assertThat(kit.source().client().pods().inNamespace("guestbook").list().getItems())
                .isEmpty();
    }
}
