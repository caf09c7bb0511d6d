package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.Controller;
import dev.mtc.api.Migration;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.RunningController;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The shop's database, a StatefulSet, and its web server, a Deployment, go to another storage class in place, and back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StorageConversionRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String NAME = "storage-conversion-it";
    private static final String MTC = "openshift-migration";

    /** What MTC's user interface writes: one MigCluster on both sides, and a state migration that stops the applications. */
    private static final String RESOURCES =
            """
            apiVersion: migration.openshift.io/v1alpha1
            kind: MigCluster
            metadata: {name: old, namespace: openshift-migration}
            spec: {isHostCluster: false, url: "https://old.example:6443"}
            ---
            apiVersion: migration.openshift.io/v1alpha1
            kind: MigPlan
            metadata: {name: convert-it, namespace: openshift-migration}
            spec:
              srcMigClusterRef: {name: old, namespace: openshift-migration}
              destMigClusterRef: {name: old, namespace: openshift-migration}
              namespaces: [storage-conversion-it]
            """;

    private static final String MIGRATION =
            """
            apiVersion: migration.openshift.io/v1alpha1
            kind: MigMigration
            metadata: {name: NAME, namespace: openshift-migration}
            spec:
              migPlanRef: {name: convert-it, namespace: openshift-migration}
              stage: false
              WHAT: true
              quiescePods: true
            """;

    /** By Java, or by resources. */
    private static final int WAY = new Random().nextInt(2);

    private static RealNamespace namespace;
    private static Shop shop;
    private static String orders;
    private static List<String> files;

    @BeforeAll
    static void openShop() {
        namespace = RealNamespace.onSource(NAME);
        shop = Shop.open(namespace);
        orders = shop.orders();
        files = shop.files();
    }

    @AfterAll
    static void closeShop() {
        if (namespace != null) {
            namespace.delete();
            namespace.close();
        }
    }

    private static Map<String, String> claims() {
        return namespace.client().persistentVolumeClaims().inNamespace(NAME).list().getItems().stream()
                .collect(Collectors.toMap(
                        claim -> claim.getMetadata().getName(),
                        (PersistentVolumeClaim claim) -> claim.getSpec().getStorageClassName()));
    }

    private static String mountedByWeb() {
        return namespace
                .client()
                .apps()
                .deployments()
                .inNamespace(NAME)
                .withName("web")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getVolumes()
                .get(0)
                .getPersistentVolumeClaim()
                .getClaimName();
    }

    private static PersistentVolumeClaim template() {
        return namespace
                .client()
                .apps()
                .statefulSets()
                .inNamespace(NAME)
                .withName("postgres")
                .get()
                .getSpec()
                .getVolumeClaimTemplates()
                .get(0);
    }

    private static void assertConverted() {
        shop.awaitReady();
        assertThat(mountedByWeb()).startsWith("files-mig-");
        assertThat(template().getMetadata().getName()).startsWith("data-mig-");
        assertThat(template().getSpec().getStorageClassName()).isEqualTo("fast");
        assertThat(claims())
                .containsEntry(mountedByWeb(), "fast")
                .containsEntry(template().getMetadata().getName() + "-postgres-0", "fast")
                .containsEntry("files", "standard")
                .containsEntry("data-postgres-0", "standard");
        assertThat(shop.orders()).isEqualTo(orders);
        assertThat(namespace.tree(mountedByWeb())).isEqualTo(files);
        assertNothingHelpsAnyMore();
    }

    private static void assertAsBefore() {
        shop.awaitReady();
        assertThat(mountedByWeb()).isEqualTo("files");
        assertThat(template().getMetadata().getName()).isEqualTo("data");
        assertThat(claims()).containsOnlyKeys("files", "data-postgres-0");
        assertThat(shop.orders()).isEqualTo(orders);
        assertThat(shop.files()).isEqualTo(files);
        assertNothingHelpsAnyMore();
    }

    private static void assertNothingHelpsAnyMore() {
        for (String component : List.of("mover", "replacement")) {
            assertThat(namespace.labelled("app.kubernetes.io/component", component))
                    .isEmpty();
        }
    }

    private static Plan plan() {
        Cluster cluster = RealClusters.source();
        return Plan.named("convert-fluent-it")
                .from(cluster)
                .to(cluster)
                .namespace(NAME)
                .volumes(VolumeChoice.copy().storageClass("fast").verify())
                .build();
    }

    @Test
    @Order(1)
    void migrateState_ofOneCluster_convertsInPlaceAfterAStage() {
        Moments.assumePicked(0, WAY);
        Migration.of(plan()).migrateState().await(LIMIT).requireSuccess();
        assertThat(mountedByWeb()).isEqualTo("files");

        Migration.of(plan()).quiesce().migrateState().await(LIMIT).requireClean();

        assertConverted();
    }

    @Test
    @Order(2)
    void rollback_fromAnotherProcess_hasTheShopRunOnItsOwnClaims() {
        Moments.assumePicked(0, WAY);
        Migration.of(plan()).rollback().await(LIMIT).requireClean();

        assertAsBefore();
    }

    @Test
    @Order(3)
    void resources_ofMtc_convertAndRollBackTheSame() {
        Moments.assumePicked(1, WAY);
        try (EmbeddedCluster hub =
                EmbeddedCluster.builder("hub").withoutWorkloads().start()) {
            KubernetesClient host = hub.client();
            host.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(MTC)
                            .endMetadata()
                            .build())
                    .create();
            try (RunningController controller = Controller.on(Clusters.of("hub", host))
                    .cluster(RealClusters.source())
                    .start()) {
                assertThat(controller.awaitLeadership(LIMIT)).isTrue();
                apply(host, RESOURCES);
                choose(host);
                migrate(host, "convert-1", "migrateState");
                assertConverted();
                migrate(host, "back-1", "rollback");
                assertAsBefore();
            }
        }
    }

    private static void apply(KubernetesClient host, String yaml) {
        host.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> host.resource(object).create());
    }

    private static void choose(KubernetesClient host) {
        var plan = host.resources(MigPlan.class).inNamespace(MTC).withName("convert-it");
        plan.waitUntilCondition(
                it -> it != null && MigrationResources.holds(it, "PvsDiscovered"), 60, TimeUnit.SECONDS);
        plan.edit(it -> {
            it.getSpec().getPersistentVolumes().forEach(volume -> volume.getSelection()
                    .setStorageClass("fast"));
            return it;
        });
        plan.waitUntilCondition(it -> MigrationResources.holds(it, "Ready"), 60, TimeUnit.SECONDS);
    }

    private static void migrate(KubernetesClient host, String name, String what) {
        apply(host, MIGRATION.replace("NAME", name).replace("WHAT", what));
        MigMigration ended = host.resources(MigMigration.class)
                .inNamespace(MTC)
                .withName(name)
                .waitUntilCondition(
                        it -> it != null
                                && Phase.COMPLETED
                                        .wireName()
                                        .equals(it.getStatus().getPhase()),
                        LIMIT.toSeconds(),
                        TimeUnit.SECONDS);
        assertThat(MigrationResources.holds(ended, "Succeeded"))
                .as(
                        "%s %s",
                        MigrationResources.conditions(ended), ended.getStatus().getErrors())
                .isTrue();
    }
}
