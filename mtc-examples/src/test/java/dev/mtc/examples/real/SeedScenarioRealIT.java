package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.mtc.api.Phase;
import dev.mtc.api.RunRequest.Kind;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigStorage;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** MTC's documented way: resources made with kubectl, carried out by a controller that is a process of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeedScenarioRealIT {

    private static final String SHOP = "mtc-seed-shop";
    private static final String SMALL = "mtc-seed-small";
    private static final Kubectl KUBECTL = Kubectl.onSource();
    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(30);
    private static final int CANCELS = 10;
    private static final String CANCELED = "{\"spec\":{\"canceled\":true}}";

    /** Where cancels of stages happen, in their order. */
    private static final List<Phase> STAGES_CANCELED_AT = List.of(
            Phase.STARTED,
            Phase.CREATE_DIRECT_IMAGE_MIGRATION,
            Phase.CREATE_DIRECT_VOLUME_MIGRATION_STAGE,
            Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION);

    /** Where cancels of final migrations happen, in their order. */
    private static final List<Phase> CANCELED_AT = List.of(
            Phase.STARTED,
            Phase.CREATE_DIRECT_IMAGE_MIGRATION,
            Phase.ENSURE_INITIAL_BACKUP,
            Phase.QUIESCE_SOURCE_APPLICATIONS,
            Phase.ENSURE_SRC_QUIESCED,
            Phase.CREATE_DIRECT_VOLUME_MIGRATION_FINAL,
            Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION,
            Phase.ENSURE_FINAL_RESTORE,
            Phase.FINAL_RESTORE_CREATED);

    private static MigrationResources resources;
    private static ControllerProcess controller;

    @BeforeAll
    static void openResources() {
        resources = MigrationResources.open();
        controller = ControllerProcess.start();
        KUBECTL.create(resources.manifest("seed-clusters.yaml"));
        for (String cluster : List.of("host", "old", "new")) {
            resources.awaitReady(MigCluster.class, cluster);
        }
        resources.awaitReady(MigStorage.class, "s3");
    }

    @AfterAll
    static void closeResources() {
        try {
            if (controller != null) {
                controller.terminate();
            }
        } finally {
            if (resources != null) {
                resources.close();
            }
            removeApplications();
        }
    }

    /** What a failed test may have left. */
    private static void removeApplications() {
        for (String name : List.of(SHOP, SMALL)) {
            try (RealNamespace source = RealNamespace.onSource(name);
                    RealNamespace target = RealNamespace.onTarget(name)) {
                source.delete();
                target.delete();
            }
        }
    }

    @Test
    @Order(1)
    void wrongResources_named_byConditionsAndNothingElse() {
        KUBECTL.create(resources.manifest("seed-wrong.yaml"), "--validate=false");
        KUBECTL.create(migration("of-mistyped", "mistyped", Kind.CUTOVER));

        assertThat(blockers(MigCluster.class, "without-secret")).containsExactly("InvalidSaSecretRef");
        assertThat(blockers(MigCluster.class, "without-rights")).containsExactly("SaTokenNotPrivileged");
        assertThat(blockers(MigStorage.class, "without-bucket")).containsExactly("BackupStorageProviderTestFailed");
        assertThat(blockers(MigPlan.class, "without-namespace")).containsExactly("NamespaceNotFoundOnSourceCluster");
        assertThat(blockers(MigPlan.class, "mistyped")).containsExactly("UnknownField");
        assertThat(blockers(MigMigration.class, "of-mistyped")).containsExactly("PlanNotReady");
        MigMigration refused = resources.await(MigMigration.class, "of-mistyped", migration -> true);
        assertThat(refused.getStatus().getItinerary()).isNull();
        KUBECTL.run("delete", "migmigration,migplan", "--all", "-n", "openshift-migration");
        KUBECTL.run("delete", "migcluster", "without-secret", "without-rights", "-n", "openshift-migration");
        KUBECTL.run("delete", "migstorage", "without-bucket", "-n", "openshift-migration");
    }

    private static <R extends MigrationResource<?, ? extends ConditionedStatus>> List<String> blockers(
            Class<R> kind, String name) {
        R seen = resources.await(kind, name, resource -> MigrationResources.conditions(resource).stream()
                .anyMatch(SeedScenarioRealIT::blocks));
        assertThat(MigrationResources.holds(seen, "Ready")).as(name).isFalse();
        return MigrationResources.conditions(seen).stream()
                .filter(SeedScenarioRealIT::blocks)
                .map(Condition::getType)
                .toList();
    }

    private static boolean blocks(Condition condition) {
        return condition.is(Category.CRITICAL) || condition.is(Category.ERROR);
    }

    @Test
    @Order(2)
    void shop_stageFinalRollback_arrivesAndComesBack() {
        try (RealNamespace source = RealNamespace.onSource(SHOP);
                RealNamespace target = RealNamespace.onTarget(SHOP)) {
            target.delete();
            Shop shop = Shop.open(source);
            String orders = shop.orders();
            List<String> files = shop.files();
            plan("shop", "host", "new", SHOP);

            KUBECTL.create(migration("shop-stage", "shop", Kind.STAGE));
            assertSucceeded("shop-stage");
            shop.awaitReady();
            KUBECTL.create(migration("shop-final", "shop", Kind.CUTOVER));
            assertSucceeded("shop-final");

            Shop arrived = Shop.in(target);
            arrived.awaitReady();
            assertThat(arrived.orders()).isEqualTo(orders);
            assertThat(arrived.files()).isEqualTo(files);
            assertShown("shop-final", "shop");
            assertNoHelpers(source, target);

            KUBECTL.create(migration("shop-rollback", "shop", Kind.ROLLBACK));
            assertSucceeded("shop-rollback");
            target.awaitGone();
            shop.awaitReady();
            assertThat(shop.orders()).isEqualTo(orders);
            endPlan("shop");
            source.delete();
        }
    }

    private static void assertShown(String name, String plan) {
        assertThat(KUBECTL.run("get", "migmigration", name, "-n", "openshift-migration")
                        .lines()
                        .map(line -> line.split("\\s+"))
                        .map(List::of))
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("NAME", "READY", "PLAN", "STAGE", "ROLLBACK", "ITINERARY"),
                        row -> assertThat(row).contains(name, plan, "false", "Final", "Completed"));
        assertThat(KUBECTL.run("describe", "migmigration", name, "-n", "openshift-migration"))
                .contains("Pipeline:", "DirectVolume", "Events:")
                .containsPattern("Step: [0-9]+/[0-9]+");
    }

    @Test
    @Order(3)
    void small_remoteToHost_arrives() {
        try (RealNamespace source = RealNamespace.onTarget(SMALL);
                RealNamespace target = RealNamespace.onSource(SMALL)) {
            assertArrives("to-host", "new", "host", source, target);
        }
    }

    @Test
    @Order(4)
    void small_remoteToRemoteWithTheDeployedAccount_arrives() {
        controller.terminate();
        try (DeployedAccount account = DeployedAccount.create(KUBECTL);
                RealNamespace source = RealNamespace.onSource(SMALL);
                RealNamespace target = RealNamespace.onTarget(SMALL)) {
            controller = ControllerProcess.start(account.kubeconfig());
            assertArrives("to-remote", "old", "new", source, target);
            controller.terminate();
        }
        controller = ControllerProcess.start();
    }

    private static void assertArrives(String plan, String from, String to, RealNamespace source, RealNamespace target) {
        target.delete();
        SmallApplication application = SmallApplication.open(source);
        String content = application.content();
        plan(plan, from, to, SMALL);

        KUBECTL.create(migration(plan, plan, Kind.CUTOVER));
        assertSucceeded(plan);

        assertMoved(content, source, target);
        endPlan(plan);
        source.delete();
        target.delete();
    }

    private static void assertMoved(String content, RealNamespace source, RealNamespace target) {
        SmallApplication.in(source).assertStopped();
        SmallApplication arrived = SmallApplication.in(target);
        arrived.awaitReady();
        assertThat(arrived.content()).isEqualTo(content);
        assertNoHelpers(source, target);
    }

    @Test
    @Order(5)
    void controller_killedWhileVolumesAreCopied_goesOn() {
        try (RealNamespace source = RealNamespace.onSource(SMALL);
                RealNamespace target = RealNamespace.onTarget(SMALL)) {
            target.delete();
            String content = SmallApplication.open(source).content();
            plan("killed", "host", "new", SMALL);
            controller.terminate();
            controller = ControllerProcess.startToEndIn(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION);
            KUBECTL.create(migration("killed", "killed", Kind.CUTOVER));
            controller.awaitEnd();
            MigMigration left = resources.await(MigMigration.class, "killed", migration -> true);
            assertThat(left.getStatus().getPhase()).isEqualTo(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION.wireName());

            controller = ControllerProcess.start();

            assertSucceeded("killed");
            assertMoved(content, source, target);
            endPlan("killed");
            target.delete();
        }
    }

    @Test
    @Order(6)
    void migrations_canceledAtRandomMoments_leaveSourceAsBefore() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (RealNamespace source = RealNamespace.onSource(SMALL);
                RealNamespace target = RealNamespace.onTarget(SMALL)) {
            target.delete();
            String content = SmallApplication.open(source).content();
            plan("canceled", "host", "new", SMALL);
            for (int i = 0; i < CANCELS; i++) {
                Kind kind = i % 4 == 3 ? Kind.STAGE : Kind.CUTOVER;
                List<Phase> phases = kind == Kind.STAGE ? STAGES_CANCELED_AT : CANCELED_AT;
                Phase phase = phases.get(random.nextInt(phases.size()));
                int delay = random.nextInt(500);
                String name = "canceled-" + i;
                String what = "seed " + seed + ", " + name + " " + delay + " ms after " + phase + " of " + kind;
                KUBECTL.create(migration(name, "canceled", kind));
                awaitStep(name, phase);
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, delay, TimeUnit.MILLISECONDS)
                        .join();

                KUBECTL.run("patch", "migmigration", name, "-n", "openshift-migration", "--type=merge", "-p", CANCELED);

                Instant limit = Instant.now().plus(CANCEL_LIMIT);
                MigMigration ended = resources.awaitEnd(name);
                assertThatCode(() -> SmallApplication.in(source).awaitAsBefore(Duration.between(Instant.now(), limit)))
                        .as(() -> what + "; now "
                                + KUBECTL.run("get", "migmigration", name, "-n", "openshift-migration", "-o", "yaml")
                                + KUBECTL.run("get", "deployments,pods", "-n", SMALL, "-o", "yaml"))
                        .doesNotThrowAnyException();
                assertThat(MigrationResources.conditions(ended))
                        .as(what)
                        .extracting(Condition::getType)
                        .contains("Canceled", "Succeeded")
                        .doesNotContain("Failed");
                assertNoHelpers(source, target);
                assertThat(SmallApplication.in(source).content()).as(what).isEqualTo(content);
                target.delete();
            }
            source.delete();
        }
    }

    private static void plan(String name, String from, String to, String namespace) {
        KUBECTL.create(
                SeedText.of("seed-plan.yaml", Map.of("PLAN", name, "FROM", from, "TO", to, "NAMESPACE", namespace)));
        resources.awaitReady(MigPlan.class, name);
    }

    /** Removes a plan, which would be in conflict with the next one of its namespaces, and its migrations with it. */
    private static void endPlan(String name) {
        KUBECTL.run("delete", "migplan", name, "-n", "openshift-migration");
    }

    private static String migration(String name, String plan, Kind kind) {
        return SeedText.of(
                "seed-migration.yaml",
                Map.of(
                        "NAME",
                        name,
                        "PLAN",
                        plan,
                        "STAGE",
                        String.valueOf(kind == Kind.STAGE),
                        "ROLLBACK",
                        String.valueOf(kind == Kind.ROLLBACK),
                        "QUIESCE",
                        String.valueOf(kind == Kind.CUTOVER)));
    }

    private static void assertSucceeded(String name) {
        MigMigration ended = resources.awaitEnd(name);
        assertThat(MigrationResources.conditions(ended))
                .as("%s %s", name, ended.getStatus().getErrors())
                .extracting(Condition::getType)
                .containsAnyOf("Succeeded", "SucceededWithWarnings")
                .doesNotContain("Failed");
    }

    /** Waits until a migration is at a phase or past it. */
    private static void awaitStep(String name, Phase phase) {
        resources.await(MigMigration.class, name, migration -> {
            String now = migration.getStatus().getPhase();
            return now != null && Phase.ofWireName(now).ordinal() >= phase.ordinal();
        });
    }

    private static void assertNoHelpers(RealNamespace... namespaces) {
        for (RealNamespace namespace : namespaces) {
            assertThat(namespace.labelled("app.kubernetes.io/component", "mover"))
                    .as("helpers in %s", namespace.name())
                    .isEmpty();
        }
    }
}
