package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.PhaseTime;
import dev.mtc.api.Plan;
import dev.mtc.api.VolumeChoice;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The shop moves from the source to the target, again over itself, back by a rollback, and under another name. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShopMigrationRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String[] SOURCE_OBJECTS = {
        "/v1/services/Service",
        "/v1/configmaps/ConfigMap",
        "networking.k8s.io/v1/ingresses/Ingress",
        "networking.k8s.io/v1/networkpolicies/NetworkPolicy",
        "rbac.authorization.k8s.io/v1/roles/Role",
    };

    private static RealNamespace source;
    private static RealNamespace target;
    private static RealNamespace renamed;
    private static Shop shop;
    private static String orders;
    private static List<String> files;
    private static Map<String, String> before;

    @BeforeAll
    static void openShop() {
        source = RealNamespace.onSource("shop-it");
        target = RealNamespace.onTarget("shop-it");
        renamed = RealNamespace.onTarget("shop-eu-it");
        target.delete();
        renamed.delete();
        shop = Shop.open(source);
        orders = shop.orders();
        files = shop.files();
        before = source.objects(SOURCE_OBJECTS);
        assertThat(orders).startsWith("1000 rows");
        assertThat(files).hasSizeGreaterThan(4000);
    }

    @AfterAll
    static void closeShop() {
        for (RealNamespace namespace : new RealNamespace[] {source, target, renamed}) {
            if (namespace != null) {
                namespace.delete();
                namespace.close();
            }
        }
    }

    private static Plan plan(String targetNamespace) {
        return Plan.named("shop-it")
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace("shop-it", targetNamespace)
                .volumes(VolumeChoice.copy().verify())
                .build();
    }

    @Test
    @Order(1)
    void stage_runningShop_copiesAheadAndLeavesItRunning() {
        MigrationResult result =
                Migration.of(plan("shop-it")).stage().await(LIMIT).requireSuccess();

        assertThat(result.items())
                .filteredOn(item -> item.kind().equals("volume"))
                .hasSize(2);
        assertThat(result.items())
                .filteredOn(item -> item.kind().equals("image"))
                .hasSize(3);
        assertThat(shop.orders()).isEqualTo(orders);
        assertThat(target.client()
                        .apps()
                        .deployments()
                        .inNamespace("shop-it")
                        .list()
                        .getItems())
                .isEmpty();
    }

    @Test
    @Order(2)
    void cutover_wholeShop_arrivesEqualAndReady() {
        MigrationResult result = Migration.of(plan("shop-it"))
                .quiesce()
                .verify()
                .cutover()
                .await(LIMIT)
                .requireClean();

        Path report = result.report().write(Path.of("target", "reports", "shop.html"));
        assertThat(report).content().contains("DirectVolume", "shop-it/files").doesNotContain("not verified");
        assertThat(result.phases()).allMatch(time -> time.end() == PhaseTime.End.COMPLETED);
        Shop arrived = Shop.in(target);
        arrived.awaitReady();
        assertThat(arrived.orders()).isEqualTo(orders);
        assertThat(arrived.files()).isEqualTo(files);
        assertThat(result.items())
                .filteredOn(item -> item.action() == Action.FAILED)
                .isEmpty();
        assertThat(result.items())
                .filteredOn(item -> item.kind().equals("object") && item.action() == Action.CREATED)
                .extracting(ItemOutcome::name)
                .contains(
                        "services shop-it/web",
                        "services shop-it/postgres",
                        "configmaps shop-it/shop",
                        "secrets shop-it/database",
                        "serviceaccounts shop-it/shop",
                        "roles.rbac.authorization.k8s.io shop-it/shop",
                        "rolebindings.rbac.authorization.k8s.io shop-it/shop",
                        "ingresses.networking.k8s.io shop-it/web",
                        "networkpolicies.networking.k8s.io shop-it/database-for-web-only",
                        "horizontalpodautoscalers.autoscaling shop-it/web",
                        "poddisruptionbudgets.policy shop-it/web",
                        "cronjobs.batch shop-it/visit",
                        "deployments.apps shop-it/web",
                        "statefulsets.apps shop-it/postgres");
        assertThat(result.items())
                .filteredOn(item -> item.name().equals("jobs.batch shop-it/fill-files"))
                .extracting(ItemOutcome::action)
                .containsExactly(Action.SKIPPED);
    }

    @Test
    @Order(3)
    void cutover_done_leavesSourceScaledDownAndOtherwiseAsItWas() {
        assertThat(source.client()
                        .apps()
                        .deployments()
                        .inNamespace("shop-it")
                        .withName("web")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isZero();
        assertThat(source.client()
                        .apps()
                        .statefulSets()
                        .inNamespace("shop-it")
                        .withName("postgres")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isZero();
        assertThat(source.objects(SOURCE_OBJECTS)).isEqualTo(before);
        for (RealNamespace side : List.of(source, target)) {
            assertThat(side.labelled("app.kubernetes.io/component", "mover")).isEmpty();
        }
    }

    @Test
    @Order(4)
    void cutover_done_podsRunImagesOfTheTargetRegistry() {
        String registry = RealClusters.env("MTC_REGISTRY_B");
        assertThat(target.client().pods().inNamespace("shop-it").list().getItems())
                .isNotEmpty()
                .allSatisfy(pod -> assertThat(pod.getSpec().getContainers())
                        .allSatisfy(
                                container -> assertThat(container.getImage()).startsWith(registry + "/")));
        assertThat(target.client()
                        .serviceAccounts()
                        .inNamespace("shop-it")
                        .withName("shop")
                        .get()
                        .getImagePullSecrets())
                .extracting(LocalObjectReference::getName)
                .isNotEmpty();
    }

    @Test
    @Order(5)
    void cutover_done_cronJobVisitsTheShop() {
        var cronJob = target.client()
                .batch()
                .v1beta1()
                .cronjobs()
                .inNamespace("shop-it")
                .withName("visit")
                .get();
        assertThat(cronJob.getSpec().getSuspend()).isFalse();
        var job = new io.fabric8.kubernetes.api.model.batch.v1.JobBuilder()
                .withNewMetadata()
                .withName("visit-by-hand")
                .withNamespace("shop-it")
                .endMetadata()
                .withSpec(cronJob.getSpec().getJobTemplate().getSpec())
                .build();
        target.client().resource(job).create();
        target.awaitJob("visit-by-hand");
        target.client()
                .resource(job)
                .withPropagationPolicy(io.fabric8.kubernetes.api.model.DeletionPropagation.BACKGROUND)
                .delete();
    }

    @Test
    @Order(6)
    void cutover_again_changesNothingAndSaysSo() {
        Shop.in(target).sql("INSERT INTO orders VALUES (1001, 'new', 1, now())");
        String newer = Shop.in(target).orders();

        MigrationResult result = Migration.of(plan("shop-it"))
                .quiesce()
                .verify()
                .cutover()
                .await(LIMIT)
                .requireClean();

        assertThat(result.isNoOp()).as(result.report().toText()).isTrue();
        assertThat(result.toString()).contains("nothing to do");
        assertThat(Shop.in(target).orders()).isEqualTo(newer).startsWith("1001 rows");
    }

    @Test
    @Order(7)
    void rollback_afterCutover_emptiesTargetAndRestartsSource() {
        Migration.of(plan("shop-it")).rollback().await(LIMIT).requireClean();

        shop.awaitReady();
        assertThat(shop.orders()).isEqualTo(orders);
        assertThat(shop.files()).isEqualTo(files);
        assertThat(target.exists()).isFalse();
        assertThat(source.client()
                        .apps()
                        .deployments()
                        .inNamespace("shop-it")
                        .withName("web")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .isNotNull()
                .doesNotContainKey("migration.openshift.io/preQuiesceReplicas");
    }

    @Test
    @Order(8)
    void cutover_renamed_referencesFollow() {
        MigrationResult result = Migration.of(plan("shop-eu-it"))
                .quiesce()
                .verify()
                .cutover()
                .await(LIMIT)
                .requireSuccess();

        Shop arrived = Shop.in(renamed);
        arrived.awaitReady();
        assertThat(arrived.orders()).isEqualTo(orders);
        assertThat(arrived.files()).isEqualTo(files);
        assertThat(renamed.client()
                        .rbac()
                        .roleBindings()
                        .inNamespace("shop-eu-it")
                        .withName("shop")
                        .get()
                        .getSubjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.getNamespace()).isEqualTo("shop-eu-it"));
        assertThat(result.warnings())
                .as("the CronJob calls the shop by a name with the old namespace")
                .anySatisfy(warning ->
                        assertThat(warning.toString()).contains("visit").contains("shop-it.svc"));
    }
}
