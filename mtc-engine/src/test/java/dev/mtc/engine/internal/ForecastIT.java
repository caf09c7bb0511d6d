package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Clusters;
import dev.mtc.api.CutoverForecast;
import dev.mtc.api.CutoverForecast.Volume;
import dev.mtc.api.Downtime;
import dev.mtc.api.ExistingPolicy;
import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.StateStore;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.crds.Definitions;
import dev.mtc.engine.testing.EmbeddedCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stages measure is what a cut-over is forecast from. */
class ForecastIT {

    private static final TransferStatus FULL = new TransferStatus.Succeeded(5_000, 5_000, "equal", List.of());
    private static final TransferStatus DELTA = new TransferStatus.Succeeded(100, 5_000, "equal", List.of());

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private void stage(Migration migration, TransferStatus status) {
        bed.volumes.answer(request -> status);
        migration.stage().await(TestBed.LIMIT).requireClean();
    }

    private static void assertOfTwoPasses(CutoverForecast forecast) {
        assertThat(forecast.volumes())
                .hasSize(2)
                .allSatisfy(volume -> {
                    assertThat(volume.passes()).isEqualTo(2);
                    assertThat(volume.mostBytes()).isBetween(100L, 5_000L);
                    assertThat(volume.takes()).isNotNull();
                    assertThat(volume.basis()).startsWith("2 passes, the last one of 100 bytes");
                })
                .extracting(Volume::name)
                .containsExactly("app/data-db-0", "app/data-db-1");
        assertThat(forecast.volumesTake()).isNotNull();
        assertThat(forecast.window()).isNotNull();
        assertThat(forecast.window().most())
                .isGreaterThan(forecast.volumesTake().most());
    }

    private void assertForecastFrom(StateStore state) {
        Plan plan = bed.plan();
        stage(bed.migration().state(state), FULL);
        stage(bed.migration().state(state), DELTA);

        Preview preview = plan.preview(state);
        MigrationResult result = bed.migration(plan)
                .state(state)
                .expecting(preview)
                .cutover()
                .await(TestBed.LIMIT)
                .requireClean();

        assertOfTwoPasses(preview.forecast());
        assertThat(preview.describe()).contains("FORECAST applications stopped for ", "volume app/data-db-1: ");
        assertThat(Preview.fromJson(preview.toJson())).isEqualTo(preview);
        Downtime downtime = result.downtime();
        assertThat(downtime).isNotNull();
        assertThat(downtime.stopped()).isEqualTo(result.sourceQuiesced());
        assertThat(downtime.took()).isPositive().isLessThan(result.took());
        assertThat(downtime.volumes()).isPositive().isLessThan(downtime.took());
        assertThat(downtime.forecast()).isEqualTo(preview.forecast());
        assertThat(result.report().toText()).contains("DOWNTIME applications stopped for ");
        assertThat(plan.preview(state).forecast().volumes())
                .as("the target's applications own the volumes")
                .isEmpty();
    }

    @Test
    void preview_afterTwoStages_isForecastFromThem() {
        assertForecastFrom(bed.state);
    }

    @Test
    void preview_withStateInADirectory_isForecastFromIt(@TempDir Path directory) {
        try (StateStore state = StateStore.directory(directory)) {
            assertForecastFrom(state);
        }
    }

    @Test
    void preview_withStateInACluster_isForecastFromIt() {
        try (EmbeddedCluster host =
                EmbeddedCluster.builder("host").withoutWorkloads().start()) {
            try (ApiServer server = Connections.openHost(Clusters.of("host", host.client()))) {
                assertThat(Definitions.ensure(server)).isEmpty();
            }
            TestBed.namespace(host, "mtc-state");
            try (StateStore state = StateStore.cluster(Clusters.of("host", host.client()), "mtc-state")) {
                assertForecastFrom(state);
            }
        }
    }

    @Test
    void preview_withoutStage_saysThatNothingWasMeasured() {
        for (Preview preview : List.of(bed.plan().preview(), bed.plan().preview(bed.state))) {
            assertThat(preview.forecast().volumesTake()).isNull();
            assertThat(preview.forecast().window()).isNull();
            assertThat(preview.describe()).contains("no stage was measured");
        }
    }

    @Test
    void preview_ofAVolumeThatNoStageCopied_namesIt() {
        stage(
                bed.migration(bed.planned()
                        .volume("app/data-db-1", VolumeChoice.skip())
                        .build()),
                FULL);

        CutoverForecast forecast = bed.plan().preview(bed.state).forecast();

        assertThat(forecast.volumesTake()).isNull();
        assertThat(forecast.basis()).contains("no pass over app/data-db-1 was measured: run a stage");
    }

    @Test
    void preview_ofAnotherPlan_doesNotCountItsStages() {
        stage(bed.migration(), FULL);

        Plan other = Plan.named("other")
                .from(bed.sourceCluster())
                .to(bed.targetCluster())
                .namespace(TestBed.APP)
                .existing(ExistingPolicy.UPDATE)
                .build();

        assertThat(other.preview(bed.state).forecast().volumes()).allMatch(volume -> volume.passes() == 0);
    }

    @Test
    void preview_afterARollback_countsNoCopyThatIsGoneButTheDowntimeThatWasMeasured() {
        stage(bed.migration(), FULL);
        bed.cutover().requireClean();
        bed.migration().rollback().await(TestBed.LIMIT).requireClean();

        CutoverForecast gone = bed.plan().preview(bed.state).forecast();
        stage(bed.migration(), FULL);
        CutoverForecast again = bed.plan().preview(bed.state).forecast();

        assertThat(gone.volumes()).hasSize(2).allMatch(volume -> volume.passes() == 0);
        assertThat(again.volumes()).hasSize(2).allMatch(volume -> volume.passes() == 1);
        assertThat(again.window()).isNotNull();
        assertThat(again.basis()).anyMatch(sentence -> sentence.endsWith(" in 1 earlier cut-over"));
    }

    @Test
    void cutover_notExpecting_isComparedWithWhatIsKnownWhenTheSourceStops() {
        stage(bed.migration(), FULL);
        stage(bed.migration(), DELTA);

        MigrationResult result = bed.cutover().requireClean();

        assertThat(result.downtime()).isNotNull();
        assertThat(result.downtime().forecast().volumes()).hasSize(2).allMatch(volume -> volume.passes() == 2);
        assertThat(result.downtime().forecast().volumesTake()).isNotNull();
    }

    @Test
    void cutover_resumedWhileStopped_measuresFromTheFirstStop() {
        MigrationRun killed = bed.migration()
                .state(new MortalStore(
                        bed.state,
                        written -> written instanceof MigMigration migration
                                && Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION
                                        .wireName()
                                        .equals(migration.getStatus().getPhase())))
                .cutover();
        MigrationResult lost = killed.await(TestBed.LIMIT);

        MigrationResult result =
                bed.migration().resume(killed.id()).await(TestBed.LIMIT).requireClean();

        assertThat(result.downtime()).isNotNull();
        assertThat(result.downtime().stopped()).isEqualTo(lost.sourceQuiesced()).isBefore(result.started());
    }

    @Test
    void cutover_thatStopsNothing_hasNoDowntime() {
        MigrationResult result = Migration.of(bed.plan())
                .state(bed.state)
                .provider(new ScriptedVolumeMover(bed.volumes))
                .provider(new ScriptedImageMover(bed.images))
                .cutover()
                .await(TestBed.LIMIT)
                .requireSuccess();

        assertThat(result.downtime()).isNull();
    }

    @Test
    void preview_whoseHooksAreInTheWindow_saysThatTheyAreNotInIt() {
        stage(bed.migration(), FULL);

        Plan plan = bed.planned()
                .hook(HookPoint.PRE_RESTORE, Hook.call(context -> {}))
                .build();

        CutoverForecast forecast = plan.preview(bed.state).forecast();
        assertThat(forecast.volumesTake()).isNotNull();
        assertThat(forecast.window()).isNull();
        assertThat(forecast.basis()).anyMatch(sentence -> sentence.contains("PreRestore"));
    }
}
