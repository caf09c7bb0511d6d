package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.RunningController;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigMigrationStatus;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.ObservedDigest;
import dev.mtc.api.spi.TransferStatus;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a MigMigration and the resources that it owns look like to MTC's user interface and scripts, field by field. */
class GoldenStatusIT {

    private static final String NAME = "final-1";

    private HostBed bed;
    private RunningController controller;

    @BeforeEach
    void open() {
        bed = new HostBed();
        controller = bed.controller("one");
        assertThat(controller.awaitLeadership(TestBed.LIMIT)).isTrue();
        bed.clusters();
        bed.plan("app", TestBed.APP);
        bed.await(MigPlan.class, "app", "ready", plan -> HostBed.types(plan).contains("Ready"));
    }

    @AfterEach
    void close() {
        controller.close();
        bed.close();
    }

    /** Waits until a phase tells of its progress, with each of some words. */
    private MigMigration awaitPhase(String phase, String... words) {
        return bed.await(
                MigMigration.class,
                NAME,
                phase,
                migration -> phase.equals(migration.getStatus().getPhase())
                        && migration.getStatus().getPipeline().stream()
                                .anyMatch(step -> phase.equals(step.getPhase())
                                        && Stream.of(words)
                                                .allMatch(word -> step.getProgress().stream()
                                                        .anyMatch(line -> line.contains(word)))));
    }

    @Test
    void status_whileObjectsAreCaptured_looksAsMtcs() {
        bed.apps.source.faults().delay("LIST", "rolebindings", Duration.ofSeconds(2));
        bed.cutover(NAME, "app");

        MigMigration seen = awaitPhase("InitialBackupCreated", "out of");

        MigMigrationStatus status = seen.getStatus();
        assertThat(status.getObservedDigest()).isEqualTo(ObservedDigest.of(seen.getSpec()));
        assertThat(status.getStartTimestamp())
                .isEqualTo(status.getPipeline().get(0).getStarted());
        Golden.assertLooksLike("capturing.yaml", seen);
    }

    @Test
    void status_afterAFailure_keepsTheStepsOfBothItineraries() {
        TransferStatus full = new TransferStatus.Failed(
                TransferStatus.Failed.Kind.USER_FIXABLE, "NoSpaceLeft", "the volume is full", "make it larger");
        bed.apps.volumes.answer(request -> request.toString().equals("app/data-db-1") ? full : Script.running());
        bed.cutover(NAME, "app");

        Golden.assertLooksLike("failed.yaml", bed.awaitEnd(NAME));
        Golden.assertLooksLike("failed-volumes.yaml", volumes());
    }

    @Test
    void directVolumeMigration_ofACutover_looksAsMtcs() {
        bed.cutover(NAME, "app");
        bed.awaitSuccess(NAME);

        Golden.assertLooksLike("succeeded-volumes.yaml", volumes());
    }

    @Test
    void directVolumeMigration_whileItCopies_tellsOfItsPods() {
        bed.apps.volumes.answer(request -> request.toString().equals("app/data-db-1") ? Script.SUCCESS : Script.running());
        bed.cutover(NAME, "app");

        DirectVolumeMigration seen = bed.await(
                DirectVolumeMigration.class,
                NAME + "-cold",
                "copying",
                volumes -> volumes.getStatus().getRunningPods().stream()
                        .anyMatch(pod -> pod.getLastObservedTransferRate() != null));

        Golden.assertLooksLike("copying-volumes.yaml", seen);
    }

    @Test
    void events_ofADirectVolumeMigration_areWrittenForItsConditions() {
        bed.cutover(NAME, "app");
        bed.awaitSuccess(NAME);
        controller.close();

        assertThat(bed.client().v1().events().inNamespace(HostBed.NAMESPACE).list().getItems())
                .filteredOn(event -> event.getInvolvedObject().getKind().equals("DirectVolumeMigration"))
                .allSatisfy(event -> assertThat(event.getSource().getComponent())
                        .isEqualTo("directvolumemigration_controller"))
                .extracting(Event::getReason)
                .contains("Running", "Succeeded");
    }

    private DirectVolumeMigration volumes() {
        return bed.client()
                .resources(DirectVolumeMigration.class)
                .inNamespace(HostBed.NAMESPACE)
                .withName(NAME + "-cold")
                .get();
    }

    @Test
    void status_afterACancel_keepsTheStepsOfBothItineraries() {
        bed.apps.volumes.answer(request -> Script.running());
        bed.cutover(NAME, "app");
        awaitPhase("WaitForDirectVolumeMigrationToComplete", "db-0] app/sender", "db-1] app/sender");

        bed.edit(MigMigration.class, NAME, migration -> migration.getSpec().setCanceled(true));

        Golden.assertLooksLike("canceled.yaml", bed.awaitEnd(NAME));
    }

    @Test
    void status_ofAMigrationWithAUserForPods_warnsThatItIsNotFollowed() {
        bed.migration(NAME, "app", migration -> {
            migration.getSpec().setStage(true);
            migration.getSpec().setRunAsUser(1000L);
        });

        assertThat(HostBed.types(bed.awaitEnd(NAME))).contains("RunAsIgnored", "SucceededWithWarnings");
    }

    @Test
    void events_ofACutover_countItsSteps() {
        bed.cutover(NAME, "app");
        bed.awaitSuccess(NAME);
        controller.close();

        List<Event> running = bed.client().v1().events().inNamespace(HostBed.NAMESPACE).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(NAME))
                .filter(event -> event.getReason().equals("Running"))
                .sorted(Comparator.comparingInt(event -> Integer.parseInt(
                        event.getMessage().substring("Step: ".length()).split("/")[0])))
                .toList();

        assertThat(running)
                .extracting(Event::getMessage)
                .map(message -> message.replace("Step: ", ""))
                .containsExactly(
                        "2/30", "3/30", "4/30", "5/30", "6/30", "9/30", "10/30", "17/30", "18/30", "19/30", "20/30",
                        "23/30", "24/30", "25/30", "27/30", "29/30");
        assertThat(running).extracting(Event::getFirstTimestamp).isSorted();
    }
}
