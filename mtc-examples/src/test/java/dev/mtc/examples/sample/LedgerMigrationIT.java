package dev.mtc.examples.sample;

import static dev.mtc.testkit.MtcAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Migration;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.VolumeChoice;
import dev.mtc.testkit.MtcTestKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerMigrationIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String LEDGER =
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: bank}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: ledger, namespace: bank}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: books, namespace: bank}
            spec:
              serviceName: books
              selector: {matchLabels: {app: books}}
              template:
                metadata: {labels: {app: books}}
                spec:
                  containers:
                  - {name: books, image: "quay.io/acme/books:1", volumeMounts: [{name: ledger, mountPath: /data}]}
                  volumes: [{name: ledger, persistentVolumeClaim: {claimName: ledger}}]
            """;

    @RegisterExtension
    final MtcTestKit kit = MtcTestKit.create();

    private Migration migration;

    @BeforeEach
    void bank() throws IOException {
        kit.deploy(LEDGER);
        Files.writeString(kit.sourceVolume("bank", "ledger").resolve("2026.csv"), "1;tea\n");
        Plan plan = kit.plan("bank")
                .namespace("bank")
                .volumes(VolumeChoice.copy().verify())
                .build();
        migration = kit.migration(plan).quiesce().verify();
    }

    @Test
    void cutover_thatFails_leavesTheSourceRunning() {
        kit.failOn(Phase.FINAL_RESTORE_CREATED);

        assertThat(migration.cutover()).failedIn(Phase.FINAL_RESTORE_CREATED);

        assertThat(kit.source().settle(LIMIT)).isTrue();
        assertThat(readyBooks()).isEqualTo(1);
    }

    @Test
    void rollback_afterTheCutover_startsTheSourceOnItsOwnData() throws IOException {
        assertThat(migration.cutover()).endedClean().moved("bank/ledger").proved("bank/ledger");
        Path moved = kit.targetVolume("bank", "ledger").resolve("2026.csv");
        assertThat(moved).hasContent("1;tea\n");
        Files.writeString(moved, "2;written on the target\n");

        assertThat(migration.rollback()).endedClean();

        assertThat(kit.target().client().namespaces().withName("bank").get()).isNull();
        assertThat(kit.source().settle(LIMIT)).isTrue();
        assertThat(readyBooks()).isEqualTo(1);
        assertThat(kit.sourceVolume("bank", "ledger").resolve("2026.csv")).hasContent("1;tea\n");
    }

    private int readyBooks() {
        return kit.source()
                .client()
                .apps()
                .statefulSets()
                .inNamespace("bank")
                .withName("books")
                .get()
                .getStatus()
                .getReadyReplicas();
    }
}
