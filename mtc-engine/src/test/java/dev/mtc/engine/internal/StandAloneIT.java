package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.RunningController;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.DirectImageMigration;
import dev.mtc.api.model.v1alpha1.DirectImageStreamMigration;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import dev.mtc.api.model.v1alpha1.PvcToMigrate;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Resources that migrations make, made by a person: MTC carries them out, here they are refused and not passed over. */
class StandAloneIT {

    private HostBed bed;
    private RunningController controller;

    @BeforeEach
    void open() {
        bed = new HostBed();
        controller = bed.controller("one");
        assertThat(controller.awaitLeadership(TestBed.LIMIT)).isTrue();
        bed.clusters();
    }

    @AfterEach
    void close() {
        controller.close();
        bed.close();
    }

    private static DirectVolumeMigration volumes() {
        DirectVolumeMigration volumes = HostBed.named(new DirectVolumeMigration(), "by-hand");
        volumes.getSpec().setSrcMigClusterRef(HostBed.ref("old"));
        volumes.getSpec().setDestMigClusterRef(HostBed.ref("new"));
        PvcToMigrate claim = new PvcToMigrate();
        claim.setNamespace(TestBed.APP);
        claim.setName("data-db-0");
        claim.setTargetStorageClass("standard");
        claim.setTargetAccessModes(List.of("ReadWriteOnce"));
        volumes.getSpec().setPersistentVolumeClaims(List.of(claim));
        return volumes;
    }

    private <R extends MigrationResource<?, ? extends ConditionedStatus>> Condition refusal(Class<R> kind) {
        R seen = bed.await(kind, "by-hand", "refused", it -> HostBed.types(it).contains("Failed"));
        assertThat(HostBed.types(seen)).containsExactly("Failed");
        return HostBed.condition(seen, "Failed").orElseThrow();
    }

    @Test
    void volumes_madeByHand_areRefusedAndNotCopied() {
        bed.apps.source.forgetRequests();
        bed.apps.target.forgetRequests();
        bed.create(volumes());

        Condition refusal = refusal(DirectVolumeMigration.class);

        assertThat(refusal.getReason()).isEqualTo("NotSupported");
        assertThat(refusal.is(Category.CRITICAL)).isTrue();
        assertThat(refusal.getMessage()).contains("belongs to no MigMigration", "`migrateState: true`");
        assertThat(bed.apps.volumes.started()).isZero();
        bed.assertNothingWritten();
        assertThat(eventsOf("by-hand")).extracting(Event::getReason).containsOnly("Failed");
    }

    /** Events are written beside the work. */
    private List<Event> eventsOf(String name) {
        return bed
                .client()
                .v1()
                .events()
                .inNamespace(HostBed.NAMESPACE)
                .informOnCondition(events -> events.stream().anyMatch(event -> isOf(event, name)))
                .orTimeout(TestBed.LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join()
                .stream()
                .filter(event -> isOf(event, name))
                .toList();
    }

    private static boolean isOf(Event event, String name) {
        return event.getInvolvedObject().getName().equals(name);
    }

    @Test
    void images_madeByHand_areRefused() {
        bed.create(HostBed.named(new DirectImageMigration(), "by-hand"));
        bed.create(HostBed.named(new DirectImageStreamMigration(), "by-hand"));

        for (Condition refusal :
                List.of(refusal(DirectImageMigration.class), refusal(DirectImageStreamMigration.class))) {
            assertThat(refusal.getReason()).isEqualTo("NotSupported");
            assertThat(refusal.is(Category.ADVISORY)).isTrue();
            assertThat(refusal.getMessage()).contains("`stage: true`");
        }
    }

    @Test
    void volumes_thatMtcCopiedOrAMigrationMade_areLeftAlone() {
        DirectVolumeMigration done = HostBed.named(volumes(), "done");
        Conditions.of(done.getStatus(), Clock.systemUTC()).set(Condition.of(Category.ADVISORY, "Succeeded"));
        bed.create(done);
        bed.plan("app", TestBed.APP);
        bed.await(MigPlan.class, "app", "ready", plan -> HostBed.types(plan).contains("Ready"));

        bed.cutover("final-1", "app");
        bed.awaitSuccess("final-1");

        // One that comes after these is looked at after them.
        bed.create(volumes());
        refusal(DirectVolumeMigration.class);
        for (String name : List.of("done", "final-1-cold")) {
            assertThat(HostBed.types(bed.find(DirectVolumeMigration.class, name).orElseThrow()))
                    .containsExactly("Succeeded");
        }
    }
}
