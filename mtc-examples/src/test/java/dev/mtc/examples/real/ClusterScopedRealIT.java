package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.Backup;
import dev.mtc.api.Backups;
import dev.mtc.api.ClusterScoped;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.Problem;
import dev.mtc.api.Storage;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application with a custom resource, a priority, a storage class and rights in the whole cluster. */
class ClusterScopedRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String NAME = "pv-companions-it";
    private static final String TARGET = "pv-companions-eu-it";
    private static final String WIDGETS = "widgets.pv-it.mtc.dev";

    @TempDir
    Path repository;

    private RealNamespace source;
    private RealNamespace target;

    @BeforeEach
    void open() {
        source = RealNamespace.onSource(NAME);
        target = RealNamespace.onTarget(TARGET);
        deleteAll();
        source.create();
        source.apply(SeedText.of("cluster-scoped.yaml", Map.of("NAMESPACE", NAME)));
        source.awaitEstablished(WIDGETS);
        source.apply(SeedText.of("needs-cluster-scoped.yaml", Map.of("NAMESPACE", NAME)));
        source.client()
                .persistentVolumeClaims()
                .inNamespace(NAME)
                .withName("cache")
                .waitUntilCondition(
                        claim -> claim != null
                                && "Bound".equals(claim.getStatus().getPhase()),
                        60,
                        TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        deleteAll();
        source.close();
        target.close();
    }

    private void deleteAll() {
        for (RealNamespace namespace : List.of(source, target)) {
            namespace.delete();
            KubernetesClient client = namespace.client();
            client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(WIDGETS)
                    .delete();
            client.rbac().clusterRoleBindings().withName("pv-it-sees-nodes").delete();
            client.rbac().clusterRoles().withName("pv-it-sees-nodes").delete();
            client.scheduling()
                    .v1()
                    .priorityClasses()
                    .withName("pv-it-important")
                    .delete();
            client.storage().v1().storageClasses().withName("pv-it-fast").delete();
        }
    }

    private List<String> entries(String runId) throws IOException {
        List<String> names = new ArrayList<>();
        Path archive = repository.resolve("backups").resolve(runId).resolve(runId + ".tar.gz");
        try (InputStream bytes = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(bytes))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    @Test
    void companions_goThereAndBack() throws IOException {
        Plan plan = Plan.named(NAME)
                .from(RealClusters.source())
                .to(RealClusters.target())
                .via(Storage.directory(repository))
                .namespace(NAME, TARGET)
                .withClusterScoped(ClusterScoped.values())
                .build();
        Preview preview = plan.preview();

        MigrationResult result = Migration.of(plan)
                .quiesce()
                .expecting(preview)
                .cutover()
                .await(LIMIT)
                .requireSuccess();

        assertThat(preview.deviations(result.items()))
                .as(result.report().toText())
                .isEmpty();
        assertThat(entries(result.runId()))
                .contains(
                        "resources/customresourcedefinitions.apiextensions.k8s.io/cluster/" + WIDGETS + ".json",
                        "resources/clusterroles.rbac.authorization.k8s.io/cluster/pv-it-sees-nodes.json",
                        "resources/storageclasses.storage.k8s.io/cluster/pv-it-fast.json");
        KubernetesClient client = target.client();
        assertThat(sizeOfWidget(client)).isEqualTo(3);
        assertThat(client.rbac()
                        .clusterRoleBindings()
                        .withName("pv-it-sees-nodes")
                        .get()
                        .getSubjects())
                .extracting(Subject::getNamespace, Subject::getName)
                .containsExactly(tuple(TARGET, "default"));
        assertThat(client.persistentVolumeClaims()
                        .inNamespace(TARGET)
                        .withName("cache")
                        .get()
                        .getSpec()
                        .getStorageClassName())
                .isEqualTo("pv-it-fast");

        Migration.of(plan).rollback().await(LIMIT).requireSuccess();
        assertGone(client);

        Backups captured = Backups.of(plan);
        assertThat(captured.list()).extracting(Backup::name).containsExactly(result.runId());
        Preview ofBackup = captured.preview(result.runId());
        MigrationResult restored = captured.restore(result.runId()).requireSuccess();

        assertThat(ofBackup.deviations(restored.items()))
                .as(restored.report().toText())
                .isEmpty();
        assertThat(sizeOfWidget(client)).isEqualTo(3);
        assertThat(restored.warnings()).extracting(Problem::code).contains("VolumeDataNotRestored");
        Migration.of(plan).rollback().await(LIMIT).requireSuccess();
        assertGone(client);
    }

    private static Integer sizeOfWidget(KubernetesClient client) {
        return client.genericKubernetesResources("pv-it.mtc.dev/v1", "Widget")
                .inNamespace(TARGET)
                .withName("first")
                .get()
                .get("spec", "size");
    }

    private static void assertGone(KubernetesClient client) {
        assertThat(client.rbac().clusterRoles().withName("pv-it-sees-nodes").get())
                .isNull();
        assertThat(client.scheduling()
                        .v1()
                        .priorityClasses()
                        .withName("pv-it-important")
                        .get())
                .isNull();
        assertThat(client.storage().v1().storageClasses().withName("pv-it-fast").get())
                .isNull();
        assertThat(client.storage().v1().storageClasses().withName("standard").get())
                .isNotNull();
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(WIDGETS)
                .waitUntilCondition(definition -> definition == null, 60, TimeUnit.SECONDS);
    }
}
