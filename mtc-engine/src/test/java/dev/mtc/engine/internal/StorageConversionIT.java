package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.FailurePolicy;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Problem;
import dev.mtc.api.StateStore;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.engine.internal.Rows.Row;
import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import dev.mtc.engine.internal.run.Outcome;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Storage classes that are converted within a cluster, forth and back. */
class StorageConversionIT {

    private static final Row SWAP = new Row(Kind.STAGE, Phase.SWAP_PVC_REFERENCES);

    private ConversionBed bed;

    @BeforeEach
    void open() {
        bed = new ConversionBed();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private MigrationResult migrateState(Migration migration) {
        return migration.migrateState().await(TestBed.LIMIT);
    }

    private Migration unquiesced() {
        return Migration.of(bed.plan()).state(bed.bed.state).provider(new ScriptedVolumeMover(bed.bed.volumes));
    }

    @Test
    void migrateState_quiesced_hasWorkloadsOfAllKindsRunOnTheNewClassAndTouchesNoOther() {
        List<String> bystanders = bed.bystanders();
        PersistentVolumeClaim before = bed.claim("files");

        MigrationRun run = bed.migration().migrateState();
        MigrationResult result = run.await(TestBed.LIMIT).requireClean();

        bed.assertConverted(bed.plan(), "fast");
        assertThat(bed.bystanders()).isEqualTo(bystanders).hasSize(3);
        assertThat(bed.claim("files").getMetadata().getUid())
                .isEqualTo(before.getMetadata().getUid());
        assertThat(bed.claim("files").getMetadata().getLabels()).containsKey(ConversionBed.SOURCE_FOR);
        assertThat(bed.bed.volumes.starts).hasSize(3);
        assertThat(result.items().stream()
                        .filter(item -> item.action() == ItemOutcome.Action.UPDATED)
                        .map(ItemOutcome::name))
                .containsExactlyInAnyOrder(
                        "deployments.apps app/files",
                        "statefulsets.apps app/db",
                        "daemonsets.apps app/scan",
                        "replicasets.apps app/alone",
                        "replicationcontrollers app/older",
                        "cronjobs.batch app/sweep",
                        "jobs.batch app/crunch",
                        "jobs.batch app/later");
        assertThat(bed.bed.kept(run).getStatus().getItinerary()).isEqualTo("Stage");
        assertThat(bed.bed.images.starts).isEmpty();
    }

    @Test
    void migrateState_ofASetThatDeletesItsClaimsWhenScaledDown_keepsThemAndLeavesThePolicy() {
        bed.client()
                .apps()
                .statefulSets()
                .inNamespace(TestBed.APP)
                .withName("db")
                .edit(set -> new StatefulSetBuilder(set)
                        .editSpec()
                        .withNewPersistentVolumeClaimRetentionPolicy("Retain", "Delete")
                        .endSpec()
                        .build());

        bed.convert();

        bed.assertConverted(bed.plan(), "fast");
        assertThat(bed.claims()).containsKeys("data-db-0", "data-db-1");
        assertThat(TestBed.db(bed.cluster())
                        .getSpec()
                        .getPersistentVolumeClaimRetentionPolicy()
                        .getWhenScaled())
                .isEqualTo("Delete");
    }

    @Test
    void migrateState_afterStages_goesOnWithTheSameCopies() {
        migrateState(unquiesced()).requireSuccess();
        List<String> staged = List.copyOf(bed.claims().keySet());
        bed.assertAsBefore();

        migrateState(bed.migration().state(StateStore.memory())).requireClean();

        bed.assertConverted(bed.plan(), "fast");
        assertThat(bed.claims().keySet()).containsExactlyElementsOf(staged).hasSize(6);
    }

    @Test
    void migrateState_again_changesNothing() {
        bed.convert();
        List<String> pods = bed.used().toList();

        MigrationResult again = migrateState(bed.migration());

        assertThat(again.status()).as(again.report().toText()).isEqualTo(Status.SUCCEEDED);
        assertThat(bed.bed.volumes.starts.values()).allMatch(count -> count.get() == 1);
        assertThat(bed.used()).containsExactlyInAnyOrderElementsOf(pods);
        bed.assertConverted(bed.plan(), "fast");
    }

    @Test
    void rollback_ofAConversion_hasAllRunOnTheClaimsBeforeAndRemovesTheCopies() {
        String template = TestBed.db(bed.cluster())
                .getSpec()
                .getVolumeClaimTemplates()
                .get(0)
                .getMetadata()
                .getName();
        bed.convert();

        bed.migration()
                .state(StateStore.memory())
                .rollback()
                .await(TestBed.LIMIT)
                .requireClean();

        bed.assertAsBefore();
        assertThat(bed.claims()).containsOnlyKeys("files", "data-db-0", "data-db-1");
        assertThat(TestBed.db(bed.cluster())
                        .getSpec()
                        .getVolumeClaimTemplates()
                        .get(0)
                        .getMetadata()
                        .getName())
                .isEqualTo(template)
                .isEqualTo("data");
        assertThat(bed.client()
                        .namespaces()
                        .withName(TestBed.APP)
                        .get()
                        .getMetadata()
                        .getDeletionTimestamp())
                .isNull();
    }

    /** Nothing but the copies says what was converted. */
    @Test
    void rollback_withAPlanThatConvertsNothing_goesBackAllTheSame() {
        bed.convert();
        Plan other = bed.planned().volumes(VolumeChoice.copy()).build();

        bed.migration(other).rollback().await(TestBed.LIMIT).requireClean();

        bed.assertAsBefore();
    }

    @Test
    void migrateState_backByAnotherPlan_convertsTheCopiesAndLeavesTheClaimsBeforeThemAlone() {
        bed.convert();
        Plan back = bed.planned("slower", bed.plan().from())
                .volumes(VolumeChoice.copy().storageClass("standard"))
                .build();

        migrateState(bed.migration(back)).requireClean();

        bed.assertConverted(back, "standard");
        bed.migration(back).rollback().await(TestBed.LIMIT).requireClean();
        bed.assertConverted(bed.plan(), "fast");
        bed.migration().rollback().await(TestBed.LIMIT).requireClean();
        bed.assertAsBefore();
    }

    @Test
    void cancel_whileItCopies_hasAllRunAsBefore() {
        bed.bed.volumes.answer(request -> Script.running());
        CompletableFuture<MigrationRun> running = new CompletableFuture<>();
        bed.bed.volumes.begin(context -> running.join().cancel());
        MigrationRun run = bed.migration().migrateState();
        running.complete(run);

        assertThat(run.await(TestBed.LIMIT).status()).isEqualTo(Status.CANCELED);

        bed.assertAsBefore();
    }

    @Test
    void migrateState_whoseSwapFails_hasAllRunAsBefore() {
        Migration migration = bed.migration().engine(Rows.engine((row, phase, context) -> {
            if (row.equals(SWAP)) {
                bed.cluster().faults().failNext("PATCH", "cronjobs", 1, 422);
            }
            return phase.run(context);
        }));

        MigrationResult result = migrateState(migration);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        bed.assertAsBefore();
    }

    @Test
    void migrateState_whoseSetCannotBeMadeAnew_hasItAsItWas() {
        Migration migration = bed.migration().engine(Rows.engine((row, phase, context) -> {
            if (row.equals(SWAP)) {
                bed.cluster().faults().failNext("POST", "statefulsets", 1, 422);
            }
            return phase.run(context);
        }));

        MigrationResult result = migrateState(migration);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        bed.assertAsBefore();
    }

    /** What workloads write to the copies from then on is nowhere else. */
    @Test
    void fail_afterWorkloadsWereStartedOnTheCopies_leavesThemThereUntilARollback() {
        Row next = new Row(Kind.STAGE, Phase.ENSURE_STAGE_PODS_TERMINATED);
        Migration migration = bed.migration()
                .onFailure(FailurePolicy.ROLL_BACK)
                .engine(Rows.engine((row, phase, context) -> row.equals(next)
                        ? Outcome.fail(Problem.error("test", "Test", "fails", ""))
                        : phase.run(context)));

        MigrationResult result = migrateState(migration);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.warnings()).extracting(Problem::code).contains("TargetInUse");
        bed.assertConverted(bed.plan(), "fast");
        bed.migration().rollback().await(TestBed.LIMIT).requireSuccess();
        bed.assertAsBefore();
    }

    @Test
    void migrateState_whoseCopyFails_hasAllRunAsBefore() {
        TransferStatus full = new TransferStatus.Failed(
                TransferStatus.Failed.Kind.PERMANENT, "NoSpace", "the claim is full", "make it larger");
        bed.bed.volumes.answer(request -> full);

        assertThat(migrateState(bed.migration()).status()).isEqualTo(Status.FAILED);

        bed.assertAsBefore();
    }

    @Test
    void migrateState_withAPodOfNoWorkload_failsBeforeAnythingIsSwapped() {
        bed.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("bare")
                        .withNamespace(TestBed.APP)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("bare")
                        .withImage("docker.example/bare:1")
                        .endContainer()
                        .addNewVolume()
                        .withName("files")
                        .withNewPersistentVolumeClaim("files", false)
                        .endVolume()
                        .endSpec()
                        .build())
                .create();

        MigrationResult result = migrateState(bed.migration());

        assertThat(result.errors()).extracting(Problem::code).containsExactly("PodNotQuiesced");
        bed.assertAsBefore();
    }

    @Test
    void migrateState_ofAJobThatHasPartlyCompleted_saysThatItStartsOver() {
        Job crunch = bed.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(TestBed.APP)
                .withName("crunch")
                .get();
        bed.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("crunched")
                        .withNamespace(TestBed.APP)
                        .withLabels(crunch.getSpec().getTemplate().getMetadata().getLabels())
                        .addNewOwnerReference()
                        .withApiVersion("batch/v1")
                        .withKind("Job")
                        .withName("crunch")
                        .withUid(crunch.getMetadata().getUid())
                        .withController(true)
                        .endOwnerReference()
                        .endMetadata()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .addNewContainer()
                        .withName("crunch")
                        .withImage("docker.example/crunched:1")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        assertThat(bed.cluster().settle(TestBed.LIMIT)).isTrue();

        MigrationResult result = migrateState(bed.migration());

        assertThat(result.warnings()).extracting(Problem::code).contains("JobStartsOver");
    }

    @Test
    void cutover_andStage_areRefusedAndSayWhatToDo() {
        for (MigrationRun run : List.of(
                bed.migration().state(StateStore.memory()).cutover(),
                unquiesced().state(StateStore.memory()).stage())) {
            MigrationResult result = run.await(TestBed.LIMIT);

            assertThat(result.errors()).singleElement().satisfies(error -> {
                assertThat(error.code()).isEqualTo("InvalidSpec");
                assertThat(error.message()).contains("migrateState");
            });
        }
        bed.assertAsBefore();
    }

    @Test
    void preview_namesEveryCopyAndEveryWorkload() {
        String suffix = "-mig-" + bed.suffix(bed.plan());

        Preview preview =
                bed.planned().volume("app/files", VolumeChoice.skip()).build().preview();

        assertThat(preview.actions().stream()
                        .filter(action -> action.verb() == Verb.COPY)
                        .map(Preview.Action::subject))
                .containsExactlyInAnyOrder(
                        "app/data-db-0 -> app/data" + suffix + "-db-0", "app/data-db-1 -> app/data" + suffix + "-db-1");
        assertThat(preview.actions().stream()
                        .filter(action -> action.verb() == Verb.UPDATE)
                        .map(Preview.Action::subject))
                .containsExactly("statefulsets.apps app/db");
    }
}
