package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.RunningController;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.ObservedDigest;
import dev.mtc.api.model.v1alpha1.Selection;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations as MTC's users make them: resources on a host cluster. */
class ControllerIT {

    private static final PersistentVolumeClaim RAW_CLAIM = new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withName("raw")
            .endMetadata()
            .withNewSpec()
            .withAccessModes("ReadWriteOnce")
            .withNewResources()
            .addToRequests("storage", new Quantity("1Gi"))
            .endResources()
            .endSpec()
            .build();

    private HostBed bed;

    @BeforeEach
    void open() {
        bed = new HostBed();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private RunningController lead(String identity) {
        RunningController controller = bed.controller(identity);
        assertThat(controller.awaitLeadership(TestBed.LIMIT)).isTrue();
        return controller;
    }

    private void planned() {
        bed.clusters();
        bed.plan("app", TestBed.APP);
        bed.await(MigPlan.class, "app", "ready", plan -> HostBed.types(plan).contains("Ready"));
    }

    @Test
    void stageFinalRollback_ofAPlan_moveTheApplicationAndBack() {
        try (RunningController controller = lead("one")) {
            planned();
            bed.stage("stage-1", "app");
            bed.awaitSuccess("stage-1");
            bed.cutover("final-1", "app");

            MigMigration done = bed.awaitSuccess("final-1");

            assertThat(done.getStatus().getItinerary()).isEqualTo("Final");
            assertThat(done.getStatus().getObservedDigest()).isEqualTo(ObservedDigest.of(done.getSpec()));
            assertThat(done.getMetadata().getLabels()).containsEntry("migration.openshift.io/migplan-name", "app");
            MigPlan plan = bed.find(MigPlan.class, "app").orElseThrow();
            assertThat(done.getMetadata().getOwnerReferences())
                    .anyMatch(owner -> owner.getUid().equals(plan.getMetadata().getUid()));
            assertThat(TestBed.deployment(bed.apps.target, "web").getMetadata().getLabels())
                    .containsEntry(
                            "migration.openshift.io/migrated-by-migplan",
                            plan.getMetadata().getUid());
            bed.apps.assertSourceStopped();
            bed.await(MigPlan.class, "app", "suspended", it -> HostBed.types(it).contains("Suspended"));

            bed.rollback("back-1", "app");
            bed.awaitSuccess("back-1");
            bed.apps.assertSourceRuns();
            assertThat(controller.isLeader()).isTrue();
        }
    }

    @Test
    void events_ofAMigration_areWrittenForItsConditions() {
        try (RunningController controller = lead("one")) {
            planned();
            bed.stage("stage-1", "app");
            bed.awaitSuccess("stage-1");
            assertThat(controller.identity()).isEqualTo("one");
        }

        List<Event> events = bed.client().v1().events().inNamespace(HostBed.NAMESPACE).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals("stage-1"))
                .toList();
        assertThat(events).extracting(Event::getReason).contains("Running", "Ready");
        assertThat(events)
                .filteredOn(event -> event.getReason().equals("Running"))
                .allMatch(event -> event.getMessage().matches("Step: \\d+/\\d+"))
                .allMatch(event -> event.getSource().getComponent().equals("migmigration_controller"))
                .allMatch(event -> event.getType().equals("Normal"))
                .hasSizeGreaterThan(2);
        assertThat(events)
                .filteredOn(event -> event.getReason().equals("Ready"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getMessage()).isEqualTo("The migration is ready.");
                    assertThat(event.getCount()).isGreaterThan(1);
                });
    }

    @Test
    void cancel_bySpec_startsTheSourceAgain() {
        try (RunningController controller = lead("one")) {
            planned();
            bed.apps.volumes.answer(request -> Script.running());
            bed.cutover("final-1", "app");
            bed.await(
                    MigMigration.class,
                    "final-1",
                    "copying volumes",
                    migration -> "WaitForDirectVolumeMigrationToComplete"
                            .equals(migration.getStatus().getPhase()));

            bed.edit(MigMigration.class, "final-1", migration -> migration
                    .getSpec()
                    .setCanceled(true));

            assertThat(HostBed.types(bed.awaitEnd("final-1"))).contains("Canceled", "Succeeded");
            bed.apps.assertSourceRuns();
            assertThat(controller.isLeader()).isTrue();
        }
    }

    private static Consumer<MigMigration> annotated(String key, String value) {
        return migration -> {
            migration.getSpec().setQuiescePods(true);
            migration.getMetadata().setAnnotations(Map.of(key, value));
        };
    }

    @Test
    void failure_ofAMigrationThatIsToRollBack_emptiesTheTarget() {
        try (RunningController controller = lead("one")) {
            planned();
            bed.apps.target.faults().failNext("POST", "configmaps", 1000, 500);

            bed.migration("final-1", "app", annotated("mtc.dev/on-failure", "rollback"));

            assertThat(HostBed.types(bed.awaitEnd("final-1"))).contains("Failed");
            assertThat(bed.apps.target.settle(TestBed.LIMIT)).isTrue();
            assertThat(bed.apps
                            .target
                            .client()
                            .namespaces()
                            .withName(TestBed.APP)
                            .get())
                    .isNull();
            bed.apps.assertSourceRuns();
            assertThat(controller.isLeader()).isTrue();
        }
    }

    @Test
    void cutover_annotatedWarm_copiesVolumesTwice() {
        try (RunningController controller = lead("one")) {
            planned();

            bed.migration("final-1", "app", annotated("mtc.dev/warm", "true"));

            bed.awaitSuccess("final-1");
            assertThat(bed.apps.volumes.starts.values()).hasSize(2).allMatch(count -> count.get() == 2);
            assertThat(controller.isLeader()).isTrue();
        }
    }

    @Test
    void migration_annotatedWithWhatIsNotKnown_isRefusedUntilThatIsMended() {
        try (RunningController controller = lead("one")) {
            planned();
            bed.migration("final-1", "app", annotated("mtc.dev/on-failure", "undo"));
            MigMigration refused = bed.await(MigMigration.class, "final-1", "refused", it -> HostBed.types(it)
                    .contains("InvalidSpec"));
            assertThat(HostBed.condition(refused, "InvalidSpec").orElseThrow().getMessage())
                    .contains("mtc.dev/on-failure", "'undo'", "cleanup, keep or rollback");
            assertThat(refused.getStatus().getItinerary()).isNull();

            bed.edit(MigMigration.class, "final-1", it -> it.getMetadata()
                    .setAnnotations(Map.of("mtc.dev/on-failure", "cleanup")));

            assertThat(HostBed.types(bed.awaitSuccess("final-1"))).doesNotContain("InvalidSpec");
            assertThat(controller.isLeader()).isTrue();
        }
    }

    @Test
    void migration_deletedWhileItRuns_goesWhenTheSourceRunsAgain() {
        try (RunningController controller = lead("one")) {
            planned();
            bed.apps.volumes.answer(request -> Script.running());
            bed.cutover("final-1", "app");
            bed.await(
                    MigMigration.class,
                    "final-1",
                    "copying volumes",
                    migration -> "WaitForDirectVolumeMigrationToComplete"
                            .equals(migration.getStatus().getPhase()));

            bed.delete(MigMigration.class, "final-1");

            bed.awaitGone(MigMigration.class, "final-1");
            bed.apps.assertSourceRuns();
            assertThat(bed.apps.volumes.canceled).containsExactlyInAnyOrder("app/data-db-0", "app/data-db-1");
            assertThat(controller.isLeader()).isTrue();
        }
    }

    @Test
    void migration_deletedBeforeOrAfterItRan_goesAtOnce() {
        try (RunningController controller = lead("one")) {
            bed.stage("early-1", "missing");
            bed.await(MigMigration.class, "early-1", "refused", migration -> HostBed.types(migration)
                    .contains("InvalidPlanRef"));
            bed.delete(MigMigration.class, "early-1");
            bed.awaitGone(MigMigration.class, "early-1");
            planned();
            bed.stage("stage-1", "app");
            bed.awaitSuccess("stage-1");

            bed.delete(MigMigration.class, "stage-1");

            bed.awaitGone(MigMigration.class, "stage-1");
            assertThat(controller.isLeader()).isTrue();
        }
    }

    @Test
    void controller_closedInTheMiddle_isFollowedByOneThatGoesOn() {
        bed.apps.volumes.answer(request -> Script.running());
        try (RunningController first = lead("one")) {
            planned();
            bed.cutover("final-1", "app");
            bed.await(
                    MigMigration.class,
                    "final-1",
                    "copying two volumes",
                    migration -> migration.getStatus().getPipeline().stream()
                            .flatMap(step -> step.getProgress().stream())
                            .anyMatch(line -> line.startsWith("2 total volumes") && line.contains("2 running")));
            assertThat(first.isLeader()).isTrue();
        }
        bed.apps.volumes.release();

        try (RunningController second = lead("two")) {
            bed.awaitSuccess("final-1");
            assertThat(second.isLeader()).isTrue();
        }
        assertThat(bed.apps.volumes.starts.values()).allMatch(count -> count.get() == 1);
        bed.apps.assertSourceStopped();
    }

    private static Selection selection(MigPlan plan, String claim) {
        return plan.getSpec().getPersistentVolumes().stream()
                .filter(volume -> claim.equals(volume.getPvc().getName()))
                .findFirst()
                .orElseThrow()
                .getSelection();
    }

    @Test
    void plan_withAVolumeThatCannotBeCopied_listsItAndIsReadyOnceItIsSkipped() {
        bed.apps.source.client().resource(RAW_CLAIM).inNamespace(TestBed.APP).create();
        try (RunningController controller = lead("one")) {
            bed.clusters();
            bed.plan("app", TestBed.APP);
            bed.await(MigPlan.class, "app", "discovered", plan -> HostBed.types(plan)
                    .contains("PvsDiscovered"));
            bed.edit(MigPlan.class, "app", plan -> selection(plan, "raw").setCopyMethod("block"));

            MigPlan refused = bed.await(
                    MigPlan.class, "app", "refused", plan -> HostBed.types(plan).contains("PvInvalidCopyMethod"));

            assertThat(HostBed.types(refused))
                    .contains("PvInvalidCopyMethod", "PvsDiscovered", "StorageEnsured")
                    .doesNotContain("Ready");
            assertThat(HostBed.condition(refused, "PvInvalidCopyMethod").orElseThrow())
                    .satisfies(condition ->
                            assertThat(condition.is(Category.ERROR)).isTrue());
            assertThat(refused.getSpec().getPersistentVolumes())
                    .extracting(volume -> volume.getPvc().getName())
                    .contains("raw", "data-db-0");
            assertThat(refused.getStatus().getSrcStorageClasses()).isNotEmpty();
            assertThat(refused.getStatus().getDestStorageClasses()).isNotEmpty();

            bed.edit(MigPlan.class, "app", plan -> selection(plan, "raw").setAction("skip"));
            MigPlan ready = bed.await(
                    MigPlan.class, "app", "ready", plan -> HostBed.types(plan).contains("Ready"));
            assertThat(HostBed.types(ready)).contains("PvsDiscovered", "StorageEnsured");
            bed.cutover("final-1", "app");
            bed.awaitSuccess("final-1");

            assertThat(bed.apps.volumes.starts.keySet())
                    .contains("app/data-db-0")
                    .doesNotContain("app/raw");
            assertThat(controller.isLeader()).isTrue();
        }
    }

    @Test
    void migration_withinOneClusterWithoutOtherNames_failsAtOnceAndHoldsUpNobody() {
        try (RunningController controller = lead("one")) {
            bed.clusters();
            bed.cluster(HostBed.ALIAS);
            bed.plan("app", plan -> plan.getSpec().setDestMigClusterRef(HostBed.ref(HostBed.ALIAS)), TestBed.APP);
            bed.await(
                    MigPlan.class, "app", "refused", plan -> HostBed.types(plan).contains("IntraClusterMigration"));

            bed.cutover("final-1", "app");

            MigMigration ended = bed.awaitEnd("final-1");
            assertThat(HostBed.types(ended)).contains("Failed").doesNotContain("Ready");
            assertThat(HostBed.condition(ended, "Failed").orElseThrow().getReason())
                    .isEqualTo("NotSupported");
            assertThat(ended.getStatus().getItinerary()).isNull();
            bed.apps.assertSourceRuns();
            assertThat(controller.isLeader()).isTrue();
        }
    }

    @Test
    void controllers_two_workOneAtATime() {
        RunningController second;
        try (RunningController first = lead("one")) {
            second = bed.controller("two");
            planned();
            assertThat(second.isLeader()).isFalse();
            assertThat(first.isLeader()).isTrue();
        }
        try (second) {
            assertThat(second.awaitLeadership(TestBed.LIMIT)).isTrue();
            bed.stage("stage-1", "app");
            bed.awaitSuccess("stage-1");
        }
    }

    @Test
    void conditions_ofWhatIsWrong_nameIt() {
        try (RunningController controller = lead("one")) {
            MigMigration early = bed.stage("early", "nowhere");
            assertThat(early.getMetadata().getUid()).isNotEmpty();
            Condition noPlan = HostBed.condition(
                            bed.await(MigMigration.class, "early", "refused", it -> !HostBed.types(it)
                                    .isEmpty()),
                            "InvalidPlanRef")
                    .orElseThrow();
            assertThat(noPlan.getReason()).isEqualTo("NotFound");

            MigPlan plan = bed.plan("app", TestBed.APP);
            assertThat(plan.getMetadata().getUid()).isNotEmpty();
            MigPlan refused = bed.await(
                    MigPlan.class, "app", "refused", it -> HostBed.types(it).contains("InvalidSourceClusterRef"));
            assertThat(HostBed.condition(refused, "InvalidDestinationClusterRef")
                            .orElseThrow()
                            .getReason())
                    .isEqualTo("NotFound");
            assertThat(HostBed.types(refused)).doesNotContain("Ready");

            MigCluster broken = HostBed.named(new MigCluster(), "third");
            broken.getSpec().setUrl("http://third.example");
            broken.getSpec().setServiceAccountSecretRef(HostBed.ref("missing"));
            bed.create(broken);
            MigCluster seen = bed.await(MigCluster.class, "third", "refused", it -> HostBed.types(it)
                    .contains("InvalidURL"));
            assertThat(HostBed.condition(seen, "InvalidURL").orElseThrow().getReason())
                    .isEqualTo("InvalidScheme");
            assertThat(HostBed.condition(seen, "InvalidSaSecretRef")
                            .orElseThrow()
                            .getMessage())
                    .contains("missing");
            assertThat(controller.isLeader()).isTrue();
        }
    }
}
