package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.CheckReport;
import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import dev.mtc.api.VolumeChoice;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes wrong says what, where and what to do, soon, and leaves the source running and no helper behind. */
class BadInputRealIT {

    private static final String NAME = "bad-it";
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String APP =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: bad-it}
            data: {color: blue}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, namespace: bad-it}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 100Mi}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: app, namespace: bad-it}
            spec:
              replicas: 1
              selector: {matchLabels: {app: app}}
              template:
                metadata: {labels: {app: app}}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                  - name: app
                    image: REGISTRY/shop/busybox:1
                    command: [sh, -c, "dd if=/dev/urandom of=/data/file bs=1M count=20; exec sleep 86400"]
                    readinessProbe: {exec: {command: [test, -e, /data/file]}, periodSeconds: 1}
                    volumeMounts: [{name: data, mountPath: /data}]
                  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
            """;

    private static RealNamespace source;
    private static RealNamespace target;

    @BeforeAll
    static void deploy() {
        source = RealNamespace.onSource(NAME);
        target = RealNamespace.onTarget(NAME);
        source.delete();
        target.delete();
        source.create();
        source.apply(APP.replace("REGISTRY/", RealClusters.env("MTC_REGISTRY_A") + "/"));
        source.awaitDeployment("app");
    }

    @AfterEach
    void nothingIsLostOrLeftBehind() {
        assertThat(source.client()
                        .apps()
                        .deployments()
                        .inNamespace(NAME)
                        .withName("app")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(1);
        source.awaitDeployment("app");
        for (RealNamespace side : new RealNamespace[] {source, target}) {
            assertThat(side.labelled("app.kubernetes.io/component", "mover")).isEmpty();
        }
        if (target.exists()) {
            target.delete();
        }
    }

    @AfterAll
    static void cleanUp() {
        source.delete();
        source.close();
        target.close();
    }

    private static PlanBuilder plan() {
        return Plan.named(NAME)
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace(NAME);
    }

    private static MigrationResult cutover(Plan plan) {
        return Migration.of(plan)
                .quiesce()
                .verify()
                .pendingLimit(Duration.ofSeconds(15))
                .cutover()
                .await(SOON);
    }

    private static void assertFailed(MigrationResult result, String... words) {
        assertThat(result.status()).as(result.report().toText()).isEqualTo(Status.FAILED);
        assertThat(result.errors()).as(result.report().toText()).anySatisfy(error -> assertThat(error.toString())
                .contains(words));
    }

    @Test
    void kubeconfig_missing_isNamed() {
        assertThatThrownBy(() -> Clusters.fromKubeconfig(Path.of("no-such.kubeconfig")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no-such.kubeconfig");
    }

    @Test
    void context_unknown_isNamedWithThoseThatExist() {
        Cluster unknown = Clusters.fromKubeconfig(Path.of(RealClusters.env("MTC_SOURCE_KUBECONFIG")), "nowhere");
        CheckReport report = plan().from(unknown.named("old")).build().check();
        assertThat(report.isOk()).isFalse();
        assertThat(report.describe()).contains("no context 'nowhere'", "it has [");
    }

    @Test
    void token_wrong_isNamed() {
        String url = source.client().getMasterUrl().toString().replaceFirst("/$", "");
        Cluster refused =
                Clusters.fromToken(url, Secret.of("nonsense")).named("old").insecure();
        CheckReport report = plan().from(refused).build().check();
        assertThat(report.describe()).contains("SourceClusterNotReady", "old", "Unauthorized", "token");
        assertThat(report.describe()).doesNotContain("nonsense");
    }

    @Test
    void namespace_missing_isNamedWithThoseThatExist() {
        MigrationResult result = cutover(Plan.named("nowhere")
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace("no-such-namespace")
                .build());
        assertFailed(result, "NamespaceNotFoundOnSourceCluster", "no-such-namespace", NAME);
    }

    @Test
    void objectOfSomeoneElse_onTarget_stopsBeforeAnythingIsChanged() {
        target.create();
        target.apply(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: bad-it}
                data: {color: red}
                """);
        MigrationResult result = cutover(plan().build());
        assertFailed(result, "configmaps bad-it/settings", "data.color");
        assertThat(target.client()
                        .configMaps()
                        .inNamespace(NAME)
                        .withName("settings")
                        .get()
                        .getData())
                .containsEntry("color", "red");
        assertThat(target.client()
                        .persistentVolumeClaims()
                        .inNamespace(NAME)
                        .list()
                        .getItems())
                .isEmpty();
    }

    @Test
    void registry_refuses_isNamed() {
        Registry wrong = Registry.at(RealClusters.env("MTC_REGISTRY_B"))
                .caBundle(Path.of(RealClusters.env("MTC_REGISTRY_B_CA")))
                .credentials("mtc", Secret.of("wrong-password"));
        MigrationResult result =
                cutover(plan().to(RealClusters.target().registry(wrong)).build());
        assertFailed(result, RealClusters.env("MTC_REGISTRY_B"), "Unauthorized");
        assertThat(result.report().toText()).doesNotContain("wrong-password");
        assertThat(target.exists()).isFalse();
    }

    @Test
    void claim_thatCannotBeBound_isNamed() {
        var never = new StorageClassBuilder()
                .withNewMetadata()
                .withName("it-never")
                .endMetadata()
                .withProvisioner("it.example/none")
                .withVolumeBindingMode("Immediate")
                .build();
        target.client().resource(never).createOr(existing -> existing.update());
        try {
            MigrationResult result = cutover(
                    plan().volumes(VolumeChoice.copy().storageClass("it-never")).build());
            assertFailed(result, "bad-it/data", "it-never");
        } finally {
            target.client().resource(never).delete();
        }
    }

    @Test
    void storageClass_unknown_isNamedWithThoseThatExist() {
        MigrationResult result =
                cutover(plan().volumes(VolumeChoice.copy().storageClass("gold")).build());
        assertFailed(result, "PvInvalidStorageClass", "gold", "standard");
    }

    @Test
    void volume_tooSmall_isNamedAtOnce() {
        MigrationResult result =
                cutover(plan().volumes(VolumeChoice.copy().storageClass("tiny").size("4Mi"))
                        .build());
        assertFailed(result, "NoSpaceLeft", "bad-it/data");
    }
}
