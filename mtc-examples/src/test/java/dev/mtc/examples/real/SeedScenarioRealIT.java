package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.mtc.api.Phase;
import dev.mtc.api.RunRequest.Kind;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigStorage;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import dev.mtc.api.model.v1alpha1.PipelineStep;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
    private static final int CANCELS = Moments.count(2, 10);
    /** Which of the directions without the host as the source is tried. */
    private static final int DIRECTION = new Random().nextInt(3);

    private static final String CANCELED = "{\"spec\":{\"canceled\":true}}";

    /** Name, phase and when each step was completed. */
    private static final String COMPLETED =
            "jsonpath={.metadata.name}{\" \"}{.status.phase}{\" \"}{.status.pipeline[*].completed}{\"\\n\"}";

    /** The columns Itinerary and Phase. */
    private static final Pattern PHASE = Pattern.compile(" Final +(\\S+) +\\S+$");

    /** Fails unless it knows for which namespace it runs. */
    private static final String HOOK =
            """
            #!/bin/sh
            test "$MIGRATION_NAMESPACES" = mtc-seed-small
            """;

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
            Phase.FINAL_RESTORE_CREATED,
            Phase.UNQUIESCE_DEST_APPLICATIONS);

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
        KUBECTL.create(SeedManifests.migration("of-mistyped", "mistyped", Kind.CUTOVER));

        assertBlocked(
                MigCluster.class,
                "without-secret",
                "InvalidSaSecretRef",
                "spec.serviceAccountSecretRef names Secret openshift-config/absent, which is not");
        assertBlocked(
                MigCluster.class,
                "without-rights",
                "SaTokenNotPrivileged",
                "the account may not get, list, patch, create, delete everything in all namespaces",
                "give it the roles that requiredRoles() of its plans lists");
        assertBlocked(
                MigStorage.class,
                "without-bucket",
                "BackupStorageProviderTestFailed",
                "mtc-seed-absent",
                "create the bucket or correct its name");
        assertBlocked(MigPlan.class, "without-namespace", "NamespaceNotFoundOnSourceCluster", "mtc-seed-absent");
        assertBlocked(
                MigPlan.class,
                "mistyped",
                "UnknownField",
                "spec.indirectVolumeMigraton is no field",
                "did you mean indirectVolumeMigration?");
        assertBlocked(
                MigMigration.class,
                "of-mistyped",
                "PlanNotReady",
                "MigPlan openshift-migration/mistyped does not have a `Ready` condition");
        MigMigration refused = resources.await(MigMigration.class, "of-mistyped", migration -> true);
        assertThat(refused.getStatus().getItinerary()).isNull();
        assertThat(KUBECTL.run("get", "directvolumemigrations,directimagemigrations", "-n", "openshift-migration"))
                .contains("No resources found");
        KUBECTL.run("delete", "migmigration,migplan", "--all", "-n", "openshift-migration");
        KUBECTL.run("delete", "migcluster", "without-secret", "without-rights", "-n", "openshift-migration");
        KUBECTL.run("delete", "migstorage", "without-bucket", "-n", "openshift-migration");
    }

    /** One thing keeps a resource from being Ready, and its condition says what and what to do about it. */
    private static <R extends MigrationResource<?, ? extends ConditionedStatus>> void assertBlocked(
            Class<R> kind, String name, String type, String... words) {
        R seen = resources.await(kind, name, resource -> MigrationResources.conditions(resource).stream()
                .anyMatch(SeedScenarioRealIT::blocks));
        assertThat(MigrationResources.holds(seen, "Ready")).as(name).isFalse();
        assertThat(MigrationResources.conditions(seen))
                .filteredOn(SeedScenarioRealIT::blocks)
                .as(name)
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.getType()).isEqualTo(type);
                    assertThat(condition.getMessage()).contains(words);
                });
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

            KUBECTL.create(SeedManifests.migration("shop-stage", "shop", Kind.STAGE));
            assertSucceeded("shop-stage");
            shop.awaitReady();
            try (KubectlWatch rows = KUBECTL.watch("get", "migmigration", "-n", "openshift-migration", "-w");
                    KubectlWatch steps =
                            KUBECTL.watch("get", "migmigration", "-n", "openshift-migration", "-w", "-o", COMPLETED)) {
                rows.until(row -> row.startsWith("shop-stage "));
                steps.until(row -> row.startsWith("shop-stage "));
                KUBECTL.create(SeedManifests.migration("shop-final", "shop", Kind.CUTOVER));
                assertSucceeded("shop-final");
                assertGrew(rows, steps);
            }

            Shop arrived = Shop.in(target);
            arrived.awaitReady();
            assertThat(arrived.orders()).isEqualTo(orders);
            assertThat(arrived.files()).isEqualTo(files);
            assertShown("shop-final", "shop");
            assertNoHelpers(source, target);

            KUBECTL.create(SeedManifests.migration("shop-rollback", "shop", Kind.ROLLBACK));
            assertSucceeded("shop-rollback");
            target.awaitGone();
            shop.awaitReady();
            assertThat(shop.orders()).isEqualTo(orders);
            endPlan("shop");
            source.delete();
        }
    }

    /** What kubectl shows grows row by row: phases in the order of the itinerary, and steps that are completed. */
    private static void assertGrew(KubectlWatch rows, KubectlWatch steps) {
        List<String> phases = rows.until(row -> row.matches("shop-final .* Final +Completed .*")).stream()
                .filter(row -> row.startsWith("shop-final "))
                .flatMap(row -> PHASE.matcher(row).results())
                .map(column -> column.group(1))
                .toList();
        assertThat(phases)
                .containsSubsequence(
                        "Started",
                        "InitialBackupCreated",
                        "QuiesceSourceApplications",
                        "WaitForDirectVolumeMigrationToComplete",
                        "FinalRestoreCreated",
                        "Verification",
                        "Completed");
        List<String> order = phases.stream().distinct().toList();
        assertThat(phases).as("no phase comes twice").extracting(order::indexOf).isSorted();
        List<Integer> completed = steps.until(row -> row.startsWith("shop-final Completed ")).stream()
                .filter(row -> row.startsWith("shop-final "))
                .map(row -> row.split(" +").length)
                .toList();
        assertThat(completed).isSorted();
        assertThat(completed.stream().distinct()).hasSizeGreaterThan(4);
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
    void small_remoteToHostWithHooks_arrives() throws IOException, InterruptedException {
        Moments.assumePicked(0, DIRECTION);
        try (HookImage image = HookImage.push(HOOK);
                RealNamespace source = RealNamespace.onTarget(SMALL);
                RealNamespace target = RealNamespace.onSource(SMALL)) {
            KUBECTL.create(SeedText.of("seed-hooks.yaml", Map.of("HOOK_IMAGE", image.reference())));
            resources.awaitReady(MigHook.class, "on-source");
            resources.awaitReady(MigHook.class, "on-target");
            String plan =
                    SeedManifests.plan("to-host", "new", "host", SMALL) + SeedText.of("seed-plan-hooks.yaml", Map.of());

            MigMigration ended = assertArrives("to-host", plan, source, target);

            assertThat(ended.getStatus().getPipeline())
                    .filteredOn(step -> step.getName().endsWith("Hooks"))
                    .flatMap(PipelineStep::getProgress)
                    .map(line -> line.replaceFirst("-[0-9a-f]{5}:", ":"))
                    .containsExactly(
                            "Job openshift-migration/to-host-prebackup: Succeeded",
                            "Job openshift-migration/to-host-postbackup: Succeeded",
                            "Job openshift-migration/to-host-prerestore: Succeeded",
                            "Job openshift-migration/to-host-postrestore: Succeeded");
            KUBECTL.run("delete", "mighook", "--all", "-n", "openshift-migration");
        }
    }

    @Test
    @Order(4)
    void small_remoteToRemoteWithTheDeployedAccount_arrives() {
        Moments.assumePicked(1, DIRECTION);
        controller.terminate();
        try (DeployedAccount account = DeployedAccount.create(KUBECTL);
                RealNamespace source = RealNamespace.onSource(SMALL);
                RealNamespace target = RealNamespace.onTarget(SMALL)) {
            controller = ControllerProcess.start(account.kubeconfig());
            assertArrives("to-remote", SeedManifests.plan("to-remote", "old", "new", SMALL), source, target);
            controller.terminate();
        }
        controller = ControllerProcess.start();
    }

    private static MigMigration assertArrives(String name, String plan, RealNamespace source, RealNamespace target) {
        target.delete();
        SmallApplication application = SmallApplication.open(source);
        String content = application.content();
        KUBECTL.create(plan);
        resources.awaitReady(MigPlan.class, name);

        KUBECTL.create(SeedManifests.migration(name, name, Kind.CUTOVER));
        MigMigration ended = assertSucceeded(name);

        assertMoved(content, source, target);
        endPlan(name);
        source.delete();
        target.delete();
        return ended;
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
    void small_remoteToRemoteOfAThirdHost_arrives() {
        Moments.assumePicked(2, DIRECTION);
        try (ThirdHost host = ThirdHost.start();
                RealNamespace source = RealNamespace.onSource(SMALL);
                RealNamespace target = RealNamespace.onTarget(SMALL)) {
            target.delete();
            String content = SmallApplication.open(source).content();
            host.kubectl().create(resources.manifest("seed-clusters.yaml"));
            host.await("Ready", "migcluster/host", "migcluster/old", "migcluster/new", "migstorage/s3");
            host.kubectl().create(SeedManifests.plan("third", "old", "new", SMALL));
            host.await("Ready", "migplan/third");

            host.kubectl().create(SeedManifests.migration("third", "third", Kind.CUTOVER));
            host.await("Succeeded", "migmigration/third");

            assertThat(host.kubectl().run("get", "migmigration", "third", "-n", "openshift-migration"))
                    .containsPattern("third +.*Final +Completed");
            assertMoved(content, source, target);
            source.delete();
            target.delete();
        }
    }

    @Test
    @Order(6)
    void controller_killedWhileVolumesAreCopied_goesOn() {
        try (RealNamespace source = RealNamespace.onSource(SMALL);
                RealNamespace target = RealNamespace.onTarget(SMALL)) {
            target.delete();
            String content = SmallApplication.open(source).content();
            plan("killed", "host", "new", SMALL);
            controller.terminate();
            controller = ControllerProcess.startToEndIn(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION);
            KUBECTL.create(SeedManifests.migration("killed", "killed", Kind.CUTOVER));
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
    @Order(7)
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
                KUBECTL.create(SeedManifests.migration(name, "canceled", kind));
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

    @Test
    @Order(8)
    void manyPlans_controllerKilledInTheMiddle_allSucceedTogether() {
        try (ManyApplications applications = ManyApplications.open(Moments.count(4, 20))) {
            KUBECTL.create(applications.each(name -> SeedManifests.plan(name, "host", "new", name)));
            applications.names().forEach(name -> resources.awaitReady(MigPlan.class, name));
            KUBECTL.create(applications.each(name -> SeedManifests.migration(name, name, Kind.CUTOVER)));
            awaitStep(applications.names().get(applications.names().size() / 2), Phase.QUIESCE_SOURCE_APPLICATIONS);

            controller.kill();
            Instant killed = Instant.now();
            controller = ControllerProcess.start();

            List<MigMigration> ended = applications.names().stream()
                    .map(SeedScenarioRealIT::assertSucceeded)
                    .toList();
            applications.assertMoved();
            applications.assertTogether(ended, killed);
            applications.names().forEach(SeedScenarioRealIT::endPlan);
        }
    }

    private static void plan(String name, String from, String to, String namespace) {
        KUBECTL.create(SeedManifests.plan(name, from, to, namespace));
        resources.awaitReady(MigPlan.class, name);
    }

    /** Removes a plan, which would be in conflict with the next one of its namespaces, and its migrations with it. */
    private static void endPlan(String name) {
        KUBECTL.run("delete", "migplan", name, "-n", "openshift-migration");
    }

    private static MigMigration assertSucceeded(String name) {
        MigMigration ended = resources.awaitEnd(name);
        assertThat(MigrationResources.conditions(ended))
                .as("%s %s", name, ended.getStatus().getErrors())
                .extracting(Condition::getType)
                .containsAnyOf("Succeeded", "SucceededWithWarnings")
                .doesNotContain("Failed");
        return ended;
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
