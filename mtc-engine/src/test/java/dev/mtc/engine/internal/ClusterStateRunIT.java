package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Clusters;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.PhaseStarted;
import dev.mtc.api.Problem;
import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.crds.Definitions;
import dev.mtc.engine.testing.EmbeddedCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs whose state is in a cluster, and what they make of its outages. */
class ClusterStateRunIT {

    private static final String NAMESPACE = "mtc-state";
    private static final String MIGRATIONS = "migmigrations";

    private final EmbeddedCluster host =
            EmbeddedCluster.builder("host").withoutWorkloads().start();
    private final AtomicBoolean isBroken = new AtomicBoolean();
    private TestBed bed;
    private StateStore state;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        try (ApiServer server = Connections.openHost(Clusters.of("host", host.client()))) {
            assertThat(Definitions.ensure(server)).isEmpty();
        }
        TestBed.namespace(host, NAMESPACE);
        state = StateStore.cluster(Clusters.of("host", host.client()), NAMESPACE);
    }

    @AfterEach
    void close() {
        bed.volumes.release();
        state.close();
        bed.close();
        host.close();
    }

    private Migration migration() {
        return bed.migration().state(state);
    }

    private MigMigration kept(MigrationRun run) {
        return state.get(MigMigration.class, NAMESPACE, run.id()).orElseThrow();
    }

    private void awaitVolumes() {
        bed.events.await(
                event -> event instanceof PhaseStarted started
                        && started.phase() == Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION,
                "volumes being moved");
    }

    /** Fails more requests than are tried again within one call. */
    private void breakForAWhile() {
        host.faults().failNext("*", MIGRATIONS, 8, 503);
    }

    @Test
    void cutover_withStateInACluster_isKeptThere() {
        MigrationRun run = migration().cutover();
        run.await(TestBed.LIMIT).requireClean();

        assertThat(kept(run).getStatus().getPhase()).isEqualTo("Completed");
        DirectVolumeMigration volumes = state.list(DirectVolumeMigration.class).get(0);
        assertThat(volumes.getMetadata().getNamespace()).isEqualTo(NAMESPACE);
        assertThat(volumes.getStatus().additionalProperties().toString())
                .contains("app/data-db-0", "app/data-db-1", "DONE");
    }

    @Test
    void cutover_storeFailsForAWhile_goesOnWithWhatItHadToWrite() {
        bed.volumes.answer(request -> Script.running());
        MigrationRun run = migration().cutover();
        awaitVolumes();

        breakForAWhile();
        bed.volumes.release();
        MigrationResult result = run.await(TestBed.LIMIT).requireClean();

        assertThat(bed.events.started()).doesNotHaveDuplicates().endsWith(Phase.VERIFICATION, Phase.COMPLETED);
        assertThat(bed.volumes.starts.values()).allMatch(count -> count.get() == 1);
        assertThat(result.runId()).isEqualTo(run.id());
    }

    @Test
    void cutover_answersLost_goesOn() {
        host.faults().loseAnswer("PUT", MIGRATIONS, 5).loseAnswer("POST", "*", 3);

        MigrationRun run = migration().cutover();
        run.await(TestBed.LIMIT).requireClean();

        assertThat(kept(run).getStatus().getPhase()).isEqualTo("Completed");
        assertThat(bed.volumes.starts.values()).allMatch(count -> count.get() == 1);
    }

    @Test
    void cancel_duringAnOutage_takesPlaceAfterIt() {
        bed.volumes.answer(request -> Script.running());
        MigrationRun run = migration().cutover();
        awaitVolumes();

        breakForAWhile();
        run.cancel();

        assertThat(run.await(TestBed.LIMIT).status()).isEqualTo(Status.CANCELED);
        assertThat(kept(run).getSpec().isCanceled()).isTrue();
    }

    @Test
    void cutover_storeFailsTooLong_isLostAndResumed() {
        // Two calls have failed, each after six requests: it is late by then.
        InstantSource late = () -> Instant.now()
                .plus(isBroken.get() && host.requests().size() >= 12 ? Duration.ofMinutes(11) : Duration.ZERO);
        bed.volumes.answer(request -> Script.running());
        MigrationRun run = migration().clock(late.withZone(ZoneOffset.UTC)).cutover();
        awaitVolumes();

        host.faults().failNext("*", MIGRATIONS, Integer.MAX_VALUE, 503);
        host.forgetRequests();
        isBroken.set(true);
        MigrationResult lost = run.await(TestBed.LIMIT);

        assertThat(lost.errors()).extracting(Problem::code).contains("StateLost");
        host.faults().clear();
        bed.volumes.release();
        migration().resume(run.id()).await(TestBed.LIMIT).requireClean();
        assertThat(bed.volumes.starts.values()).allMatch(count -> count.get() == 1);
    }

    @Test
    void cutover_rightsTakenAway_endsAtOnce() {
        bed.volumes.answer(request -> Script.running());
        MigrationRun run = migration().cutover();
        awaitVolumes();

        host.access().deny("*", MIGRATIONS);
        MigrationResult lost = run.await(TestBed.LIMIT);

        assertThat(lost.errors())
                .extracting(Problem::toString)
                .anyMatch(text -> text.contains("StateLost")
                        && text.contains("migmigrations")
                        && text.contains("give the account that right"));
    }
}
