package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanInvalidException;
import dev.mtc.api.Problem;
import dev.mtc.api.Route;
import dev.mtc.api.Storage;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.VolumeMove;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes that go through the repository, as MTC's plans with {@code indirectVolumeMigration} ask for. */
class IndirectVolumesIT {

    private final Map<String, VolumeMove> moves = new ConcurrentHashMap<>();
    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        bed.volumes.answer(request -> {
            moves.put(request.key(), (VolumeMove) request);
            return Script.SUCCESS;
        });
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private Migration migration() {
        return bed.migration(plan(Storage.s3("migrations")));
    }

    private Plan plan(Storage storage) {
        return bed.planned().via(storage).indirectVolumes().build();
    }

    private static MigrationResult succeeded(MigrationRun run) {
        MigrationResult result = run.await(TestBed.LIMIT);
        assertThat(result.status()).as(result.report().toText()).isEqualTo(Status.SUCCEEDED);
        return result;
    }

    @Test
    void stageAndCutover_ofIndirectVolumes_askForTheSamePlaceInTheRepository() {
        succeeded(migration().stage());
        MigrationRun cutover = migration().cutover();
        succeeded(cutover);

        assertThat(moves.keySet()).anyMatch(key -> key.startsWith("hot-")).anyMatch(key -> key.startsWith("cold-"));
        assertThat(moves.values())
                .allMatch(move -> move.route() == Route.INDIRECT)
                .extracting(VolumeMove::storedFor)
                .doesNotContainNull()
                .allSatisfy(name -> assertThat(name).matches("app-[0-9a-f]{8}"));
        assertThat(moves.values().stream().map(VolumeMove::storedFor).distinct())
                .hasSize(1);
        assertThat(bed.volumes.contexts.stream().map(MoverContext::storage)).allSatisfy(storage -> assertThat(storage)
                .hasValueSatisfying(s3 -> assertThat(s3.name()).isEqualTo("migrations")));
        assertThat(bed.state.list(DirectVolumeMigration.class))
                .hasSize(2)
                .allSatisfy(dvm -> assertThat(dvm.getStatus().getPhase()).isEqualTo("Completed"));
    }

    @Test
    void directPlan_asksForNoRepository() {
        succeeded(bed.migration().stage());

        assertThat(moves.values()).isNotEmpty().allMatch(move -> move.route() == Route.DIRECT);
    }

    @Test
    void cancel_whileVolumesAreOnTheirWay_stopsAndCleansUp() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        bed.volumes.answer(request -> {
            running.countDown();
            return Script.running();
        });
        MigrationRun run = migration().cutover();
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        run.cancel();

        assertThat(run.await(TestBed.LIMIT).status()).isEqualTo(Status.CANCELED);
        assertThat(bed.volumes.canceled).isNotEmpty().isEqualTo(bed.volumes.cleaned);
        bed.assertSourceRuns();
    }

    @Test
    void rollback_afterCutover_bringsTheSourceBack() {
        succeeded(migration().cutover());

        succeeded(migration().rollback());

        bed.assertSourceRuns();
    }

    @Test
    void plan_throughADirectory_isRefusedAndSaysWhy() {
        Plan plan = plan(Storage.directory(Path.of("repository")));

        assertThat(plan.check().problems())
                .filteredOn(problem -> problem.where().equals("via"))
                .extracting(Problem::code)
                .contains("NotSupported");
        assertThatThrownBy(() -> bed.migration(plan).stage())
                .isInstanceOf(PlanInvalidException.class)
                .hasMessageContaining("pods do not see")
                .hasMessageContaining("Storage.s3");
    }
}
