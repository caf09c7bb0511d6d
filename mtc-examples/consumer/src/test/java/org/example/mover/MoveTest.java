package org.example.mover;

import static dev.mtc.testkit.MtcAssertions.assertThat;

import dev.mtc.api.Plan;
import dev.mtc.api.VolumeChoice;
import dev.mtc.testkit.MtcTestKit;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MoveTest {

    private static final String SHOP =
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: orders, namespace: shop}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - {name: web, image: "REGISTRY/shop/web:1", volumeMounts: [{name: orders, mountPath: /orders}]}
                  volumes: [{name: orders, persistentVolumeClaim: {claimName: orders}}]
            """;

    @RegisterExtension
    final MtcTestKit kit = MtcTestKit.create();

    @Test
    void shop_whileConnectionsAreCut_arrives() throws IOException {
        kit.sourceRegistry().putImage("shop/web:1", 300_000);
        kit.deploy(SHOP);
        Files.write(kit.sourceVolume("shop", "orders").resolve("orders"), new byte[200_000]);
        kit.cutConnectionAfter(100_000);

        Plan plan = kit.plan("shop").namespace("shop").volumes(VolumeChoice.copy().verify()).build();

        assertThat(kit.migration(plan).quiesce().verify().cutover())
                .endedClean()
                .moved("shop/orders", "shop/web:1", "deployments.apps shop/web")
                .proved("shop/orders", "shop/web:1");
    }
}
