package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Ended;
import dev.mtc.api.ExistingPolicy;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.MigrationEvent;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.PhaseCompleted;
import dev.mtc.api.PhaseStarted;
import dev.mtc.api.PhaseTime;
import dev.mtc.api.PhaseWaiting;
import dev.mtc.api.Preview;
import dev.mtc.api.StateStore;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole migrations that go well. */
class CutoverIT {

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private void foreignSettings() {
        TestBed.namespace(bed.target, TestBed.APP);
        bed.target
                .client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(TestBed.APP)
                        .withName("settings")
                        .endMetadata()
                        .withData(Map.of("greeting", "moin"))
                        .build())
                .create();
    }

    private ConfigMap settings() {
        return bed.target
                .client()
                .configMaps()
                .inNamespace(TestBed.APP)
                .withName("settings")
                .get();
    }

    @Test
    void cutover_ofAnApplication_runsItOnTheTargetAndStopsItOnTheSource() {
        MigrationResult result = bed.cutover().requireClean();

        assertThat(TestBed.deployment(bed.target, "web").getStatus().getReadyReplicas())
                .isEqualTo(2);
        assertThat(TestBed.deployment(bed.target, "parked").getSpec().getReplicas())
                .isZero();
        assertThat(TestBed.db(bed.target).getStatus().getReadyReplicas()).isEqualTo(2);
        assertThat(TestBed.isSuspended(bed.target, "nightly")).isFalse();
        assertThat(TestBed.isSuspended(bed.target, "paused")).isTrue();
        assertThat(TestBed.deployment(bed.target, "web")
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .isEqualTo("new.example:5001/app/web:1");
        bed.assertSourceStopped();
        assertThat(result.sourceQuiesced()).isNotNull();
        assertThat(result.itinerary()).isEqualTo("Final");
        assertThat(result.phases())
                .allMatch(time -> time.end() == PhaseTime.End.COMPLETED)
                .extracting(PhaseTime::phase)
                .isEqualTo(bed.events.started());
        assertThat(TestBed.annotation(TestBed.claim(bed.target, "data-db-0"), "handed-over-by"))
                .isEqualTo(result.runId());
    }

    @Test
    void cutover_ofAnApplication_listsWhatBecameOfEverything() {
        List<ItemOutcome> items = bed.cutover().requireClean().items();

        assertThat(items).filteredOn(item -> item.kind().equals("image")).allSatisfy(item -> {
            assertThat(item.action()).isEqualTo(Action.COPIED);
            assertThat(item.movedBytes()).isEqualTo(Script.BYTES);
        });
        assertThat(items)
                .filteredOn(item -> !item.kind().equals("object"))
                .extracting(ItemOutcome::name)
                .containsExactlyInAnyOrder(
                        "old.example:5000/app/db:1 -> new.example:5001/app/db:1",
                        "old.example:5000/app/web:1 -> new.example:5001/app/web:1",
                        "app/data-db-0",
                        "app/data-db-1");
        assertThat(items)
                .filteredOn(item -> item.action() == Action.CREATED)
                .extracting(ItemOutcome::name)
                .contains(
                        "deployments.apps app/web",
                        "statefulsets.apps app/db",
                        "cronjobs.batch app/nightly",
                        "configmaps app/settings",
                        "rolebindings.rbac.authorization.k8s.io app/runner-reads");
        assertThat(bed.volumes.cleaned).containsExactlyInAnyOrder("app/data-db-0", "app/data-db-1");
    }

    @Test
    void events_ofACutover_comeInPairsAndInOrder() {
        MigrationResult result = bed.cutover();

        List<MigrationEvent> all = bed.events.all();
        assertThat(bed.events.haveOverlapped()).isFalse();
        assertThat(all).last().isInstanceOfSatisfying(Ended.class, ended -> assertThat(ended.result())
                .isEqualTo(result));
        assertThat(all).filteredOn(Ended.class::isInstance).hasSize(1);
        List<String> pairs = new ArrayList<>();
        for (MigrationEvent event : all) {
            if (event instanceof PhaseStarted started) {
                pairs.add(started.phase().toString());
            } else if (event instanceof PhaseCompleted completed) {
                assertThat(pairs).last().isEqualTo(completed.phase().toString());
                pairs.set(pairs.size() - 1, "done " + completed.phase());
            }
        }
        assertThat(pairs).allMatch(phase -> phase.startsWith("done ")).doesNotHaveDuplicates();
        assertThat(bed.events.started())
                .startsWith(Phase.CREATED, Phase.STARTED)
                .containsSubsequence(Phase.ENSURE_SRC_QUIESCED, Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION)
                .endsWith(Phase.VERIFICATION, Phase.COMPLETED);
    }

    @Test
    void cutover_again_isANoOpAndLeavesVolumesAlone() {
        bed.cutover().requireClean();
        int volumeStarts = bed.volumes.started();
        bed.images.answer(request -> new dev.mtc.api.spi.TransferStatus.Succeeded(0, Script.BYTES, "equal", List.of()));

        MigrationResult again = bed.migration()
                .state(StateStore.memory())
                .cutover()
                .await(TestBed.LIMIT)
                .requireClean();

        assertThat(again.isNoOp()).as(again.report().toText()).isTrue();
        assertThat(bed.volumes.started()).isEqualTo(volumeStarts).isEqualTo(2);
        bed.assertSourceStopped();
        assertThat(TestBed.deployment(bed.target, "web").getStatus().getReadyReplicas())
                .isEqualTo(2);
    }

    @Test
    void cutover_whereTheStateKnowsOne_isRefusedUntilItIsRolledBack() {
        bed.cutover().requireClean();

        MigrationResult refused = bed.cutover();

        assertThat(refused.status()).isEqualTo(MigrationResult.Status.FAILED);
        assertThat(refused.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("HasFinalMigration");
            assertThat(error.fix()).contains("roll it back");
        });
        bed.assertSourceStopped();

        bed.migration().rollback().await(TestBed.LIMIT).requireClean();
        bed.cutover().requireClean();
    }

    @Test
    void stage_whileAnotherRuns_waitsForItsTurn() {
        bed.volumes.answer(request -> Script.running());
        MigrationRun first = bed.migration().stage();
        bed.events.awaitWaiting(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION);
        Events later = new Events();
        MigrationRun second = bed.migration().listener(later).stage();
        later.await(
                event -> event instanceof PhaseWaiting waiting
                        && waiting.phase() == Phase.CREATED
                        && waiting.reason().contains(first.id()),
                "waiting for its turn");

        bed.volumes.release();

        first.await(TestBed.LIMIT).requireClean();
        second.await(TestBed.LIMIT).requireClean();
    }

    @Test
    void stage_ofAnApplication_copiesDataAndLeavesTheSourceAlone() {
        MigrationResult result = dev.mtc.api.Migration.of(bed.plan())
                .state(bed.state)
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images))
                .listener(bed.events)
                .stage()
                .await(TestBed.LIMIT)
                .requireClean();

        assertThat(result.itinerary()).isEqualTo("Stage");
        assertThat(bed.volumes.started()).isEqualTo(2);
        assertThat(bed.images.started()).isEqualTo(2);
        bed.assertSourceRuns();
        assertThat(TestBed.deployment(bed.target, "web")).isNull();
        assertThat(TestBed.annotation(TestBed.claim(bed.target, "data-db-0"), "handed-over-by"))
                .isEmpty();
        assertThat(bed.source.requests())
                .filteredOn(request ->
                        request.userAgent().contains("mtc") && request.verb().equals("PATCH"))
                .isEmpty();
    }

    @Test
    void cutover_afterStage_movesVolumesOnceMore() {
        bed.migration().stage().await(TestBed.LIMIT).requireSuccess();

        bed.cutover().requireClean();

        assertThat(bed.volumes.starts.get("app/data-db-0").get()).isEqualTo(2);
    }

    @Test
    void cutover_withoutQuiesce_warnsAndLeavesTheSourceRunning() {
        MigrationResult result = dev.mtc.api.Migration.of(bed.plan())
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images))
                .cutover()
                .await(TestBed.LIMIT)
                .requireSuccess();

        assertThat(result.status()).isEqualTo(Status.SUCCEEDED_WITH_WARNINGS);
        assertThat(result.warnings()).extracting(warning -> warning.code()).contains("NotQuiesced");
        assertThat(result.sourceQuiesced()).isNull();
        bed.assertSourceRuns();
    }

    @Test
    void cutover_existingUpdate_changesTheForeignObject() {
        foreignSettings();

        MigrationResult result = bed.migration(
                        bed.planned().existing(ExistingPolicy.UPDATE).build())
                .cutover()
                .await(TestBed.LIMIT)
                .requireSuccess();

        assertThat(settings().getData()).containsEntry("greeting", "hello");
        assertThat(result.items())
                .filteredOn(item -> item.name().equals("configmaps app/settings"))
                .extracting(ItemOutcome::action)
                .containsExactly(Action.UPDATED);
    }

    @Test
    void cutover_existingSkip_keepsTheForeignObjectAndSaysSo() {
        foreignSettings();

        MigrationResult result = bed.migration(
                        bed.planned().existing(ExistingPolicy.SKIP).build())
                .cutover()
                .await(TestBed.LIMIT)
                .requireSuccess();

        assertThat(settings().getData()).containsEntry("greeting", "moin");
        assertThat(result.items())
                .filteredOn(item -> item.name().equals("configmaps app/settings"))
                .extracting(ItemOutcome::action)
                .containsExactly(Action.SKIPPED);
    }

    @Test
    void preview_ofACutover_promisesAllKindsAndChangesNothing() {
        bed.source.forgetRequests();
        bed.target.forgetRequests();

        Preview preview = bed.plan().preview();

        assertThat(preview.actions()).extracting(Preview.Action::kind).contains("object", "image", "volume");
        assertThat(bed.source.requests()).noneMatch(request -> request.verb().equals("PATCH"));
        assertThat(bed.target.client().namespaces().withName(TestBed.APP).get()).isNull();
    }

    @Test
    void cutover_withListenersThatThrow_isTheSame() {
        MigrationResult result = bed.migration()
                .listener(event -> {
                    throw new IllegalStateException("listener");
                })
                .listener(event -> {
                    throw new AssertionError("listener");
                })
                .cutover()
                .await(TestBed.LIMIT)
                .requireClean();

        assertThat(bed.events.all()).last().isInstanceOfSatisfying(Ended.class, ended -> assertThat(ended.result())
                .isEqualTo(result));
    }

    @Test
    void end_ofARun_leavesNoThreadAndClosesNothingOfTheCaller() throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            MigrationRun run = bed.migration().executor(executor).cutover();
            run.await(TestBed.LIMIT).requireClean();

            TestBed.assertNoThreadOf(run.id());
            assertThat(executor.isShutdown()).isFalse();
            assertThat(executor.submit(() -> 1)).succeedsWithin(TestBed.LIMIT);
            assertThat(bed.source.client().namespaces().withName(TestBed.APP).get())
                    .isNotNull();
            assertThat(run.isDone()).isTrue();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void end_ofARunOnItsOwnThreads_leavesNoThread() throws InterruptedException {
        MigrationResult result = bed.cutover();

        TestBed.assertNoThreadOf(result.runId());
    }

    @Test
    void cutover_metByPassingFailures_goesThrough() {
        bed.source.faults().failNext("GET", "*", 4, 503);
        bed.target.faults().failNext("PATCH", "*", 3, 503).throttleNext(2, java.time.Duration.ofSeconds(1));

        bed.cutover().requireClean();
    }
}
