package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Problem;
import dev.mtc.api.Remedy;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.spi.MoveRequest;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMove.Pass;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cut-overs that copy volumes once before they stop the applications. */
class WarmUpIT {

    private static final TransferStatus BROKEN = new TransferStatus.Failed(
            TransferStatus.Failed.Kind.PERMANENT, "Torn", "the connection broke", "mend the network");

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private static boolean isHot(MoveRequest request) {
        return request instanceof VolumeMove move && move.pass() == Pass.HOT;
    }

    private List<String> typesOfPasses() {
        return bed.state.list(DirectVolumeMigration.class).stream()
                .map(dvm -> dvm.getSpec().getMigrationType())
                .sorted()
                .toList();
    }

    private MigrationResult ended(Status status) {
        MigrationResult result = bed.migration().warm().cutover().await(TestBed.LIMIT);
        assertThat(result.status()).as(result.report().toText()).isEqualTo(status);
        bed.assertSourceStopped();
        return result;
    }

    @Test
    void cutover_warm_copiesWhileTheSourceRunsAndOnceMoreAfterThat() {
        Map<Pass, Integer> replicas = new ConcurrentHashMap<>();
        bed.volumes.answer(request -> {
            replicas.put(
                    isHot(request) ? Pass.HOT : Pass.COLD,
                    TestBed.deployment(bed.source, "web").getSpec().getReplicas());
            return Script.SUCCESS;
        });

        ended(Status.SUCCEEDED);

        assertThat(replicas).isEqualTo(Map.of(Pass.HOT, 2, Pass.COLD, 0));
        assertThat(typesOfPasses()).containsExactly("CutOver", "Stage");
        assertThat(bed.volumes.canceled).isEmpty();
        assertThat(bed.events.started())
                .containsSubsequence(
                        Phase.CREATE_DIRECT_VOLUME_MIGRATION_STAGE,
                        Phase.QUIESCE_SOURCE_APPLICATIONS,
                        Phase.CREATE_DIRECT_VOLUME_MIGRATION_FINAL);
    }

    @Test
    void cutover_thatIsNotWarm_copiesOnce() {
        bed.cutover().requireClean();

        assertThat(typesOfPasses()).containsExactly("CutOver");
        assertThat(bed.events.started()).doesNotContain(Phase.CREATE_DIRECT_VOLUME_MIGRATION_STAGE);
    }

    @Test
    void cutover_whoseFirstPassFails_succeedsWithAWarning() {
        bed.volumes.answer(
                request -> isHot(request) && request.toString().equals("app/data-db-1") ? BROKEN : Script.SUCCESS);

        MigrationResult result = ended(Status.SUCCEEDED_WITH_WARNINGS);

        assertThat(result.errors()).isEmpty();
        assertThat(result.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("WarmUpFailed");
            assertThat(warning.toString()).contains("app/data-db-1", "the connection broke", "mend the network");
        });
        assertThat(result.items())
                .filteredOn(item -> item.kind().equals("volume"))
                .hasSize(2)
                .allMatch(item -> item.movedBytes() == Script.BYTES);
        assertThat(bed.volumes.cleaned).contains("app/data-db-1");
    }

    @Test
    void cutover_whoseFirstPassCannotReachACluster_triesAgainAndThenSucceedsWithAWarning() {
        bed.volumes.answer(request -> {
            if (isHot(request)) {
                throw new ClusterAccessException(Remedy.RETRY, "the tunnel is closed", 0, null);
            }
            return Script.SUCCESS;
        });

        assertThat(ended(Status.SUCCEEDED_WITH_WARNINGS).warnings())
                .extracting(Problem::code)
                .containsExactly("WarmUpFailed");
    }

    @Test
    void cancel_duringTheFirstPass_stopsItAndLeavesTheSourceAlone() {
        bed.source.forgetRequests();
        bed.volumes.answer(request -> Script.running());
        MigrationRun run = bed.migration().warm().cutover();
        bed.events.awaitWaiting(Phase.CREATE_DIRECT_VOLUME_MIGRATION_STAGE);

        run.cancel();

        assertThat(run.await(TestBed.LIMIT).status()).isEqualTo(Status.CANCELED);
        assertThat(bed.volumes.canceled).containsExactlyInAnyOrder("app/data-db-0", "app/data-db-1");
        assertThat(bed.volumes.cleaned).containsExactlyInAnyOrder("app/data-db-0", "app/data-db-1");
        assertThat(bed.source.requests())
                .noneMatch(request ->
                        request.verb().equals("PATCH") || request.verb().equals("PUT"));
        assertThat(bed.events.started()).doesNotContain(Phase.UNQUIESCE_SRC_APPLICATIONS);
        bed.assertSourceRuns();
    }

    @Test
    void cancel_duringTheLastPass_startsTheSourceAgain() {
        bed.volumes.answer(request -> isHot(request) ? Script.SUCCESS : Script.running());
        MigrationRun run = bed.migration().warm().cutover();
        bed.events.awaitWaiting(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION);

        run.cancel();

        assertThat(run.await(TestBed.LIMIT).status()).isEqualTo(Status.CANCELED);
        assertThat(bed.events.started()).contains(Phase.UNQUIESCE_SRC_APPLICATIONS);
        bed.assertSourceRuns();
    }
}
