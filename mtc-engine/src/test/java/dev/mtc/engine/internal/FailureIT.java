package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.FailurePolicy;
import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.spi.TransferStatus;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations that fail, and what they leave. */
class FailureIT {

    private static final TransferStatus BROKEN = new TransferStatus.Failed(
            TransferStatus.Failed.Kind.USER_FIXABLE, "NoSpaceLeft", "the volume is full", "make it larger");

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private MigrationResult failed(FailurePolicy policy) {
        MigrationResult result = bed.migration().onFailure(policy).cutover().await(TestBed.LIMIT);
        assertThat(result.status()).as(result.report().toText()).isEqualTo(Status.FAILED);
        return result;
    }

    @Test
    void cutover_foreignObjectOnTheTarget_failsBeforeTheSourceIsChanged() {
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
        bed.source.forgetRequests();

        MigrationResult result = failed(FailurePolicy.CLEAN_UP);

        assertThat(result.errors()).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).contains("settings").contains("greeting");
            assertThat(problem.fix()).isNotEmpty();
        });
        assertThat(bed.source.requests())
                .noneMatch(request -> request.verb().equals("PATCH")
                        || request.verb().equals("PUT")
                        || request.verb().equals("DELETE"));
        assertThat(bed.events.started()).doesNotContain(Phase.QUIESCE_SOURCE_APPLICATIONS);
        assertThat(bed.volumes.started()).isZero();
        bed.assertSourceRuns();
    }

    @Test
    void cutover_missingSourceNamespace_saysSoAtOnceAndNamesTheKnownOnes() {
        Plan plan = Plan.named("typo")
                .from(bed.sourceCluster())
                .to(bed.targetCluster())
                .namespace("ap")
                .build();
        long begin = System.nanoTime();

        MigrationResult result = bed.migration(plan).cutover().await(TestBed.LIMIT);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.errors())
                .singleElement()
                .asString()
                .contains("'ap'")
                .contains("app")
                .contains("NamespaceNotFoundOnSourceCluster");
    }

    @Test
    void cutover_unreachableTarget_saysWhichClusterCannotBeReached() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + port)
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            Cluster nowhere = Clusters.of("nowhere", client);
            Plan plan = Plan.named("app")
                    .from(bed.sourceCluster())
                    .to(nowhere)
                    .namespace(TestBed.APP)
                    .build();

            MigrationResult result = bed.migration(plan).cutover().await(TestBed.LIMIT);

            assertThat(result.status()).isEqualTo(Status.FAILED);
            assertThat(result.errors()).first().asString().contains("nowhere").contains("DestinationClusterNotReady");
        }
    }

    @Test
    void cutover_rejectedCredentials_saysSo() {
        bed.target.faults().failNext("*", "*", 100_000, 401);

        MigrationResult result = failed(FailurePolicy.CLEAN_UP);

        assertThat(result.errors())
                .first()
                .asString()
                .contains("cluster new")
                .contains("DestinationClusterNotReady")
                .contains("check the token");
    }

    @Test
    void cutover_failingVolume_startsTheSourceAndKeepsTheClaimsOpen() {
        bed.volumes.answer(request -> request.toString().equals("app/data-db-1") ? BROKEN : Script.SUCCESS);

        MigrationResult result = failed(FailurePolicy.CLEAN_UP);

        assertThat(result.errors())
                .singleElement()
                .asString()
                .contains("app/data-db-1")
                .contains("NoSpaceLeft")
                .contains("the volume is full")
                .contains("make it larger");
        assertThat(bed.volumes.canceled).contains("app/data-db-1");
        assertThat(bed.volumes.cleaned).contains("app/data-db-0", "app/data-db-1");
        assertThat(TestBed.annotation(TestBed.claim(bed.target, "data-db-0"), "handed-over-by"))
                .isEmpty();
        assertThat(TestBed.deployment(bed.target, "web")).isNull();
        bed.assertSourceRuns();
    }

    @Test
    void cutover_moverThatThrows_failsAndStopsTheOtherTransfers() {
        bed.volumes.answer(request -> {
            if (request.toString().equals("app/data-db-1")) {
                throw new IllegalStateException("a bug of the mover");
            }
            return Script.running();
        });

        MigrationResult result = failed(FailurePolicy.CLEAN_UP);

        assertThat(result.errors()).first().asString().contains("a bug of the mover");
        assertThat(bed.volumes.canceled).contains("app/data-db-0", "app/data-db-1");
        bed.assertSourceRuns();
    }

    @Test
    void cutover_failingImage_failsBeforeTheSourceIsStopped() {
        bed.images.answer(request -> BROKEN);

        failed(FailurePolicy.CLEAN_UP);

        assertThat(bed.events.started()).doesNotContain(Phase.QUIESCE_SOURCE_APPLICATIONS);
        bed.assertSourceRuns();
    }

    @Test
    void cutover_failingRestore_stopsTheTargetAndStartsTheSource() {
        bed.target.faults().failNext("POST", "configmaps", 1000, 500);

        MigrationResult result = failed(FailurePolicy.CLEAN_UP);

        assertThat(result.errors()).first().asString().contains("settings");
        assertThat(bed.target.settle(TestBed.LIMIT)).isTrue();
        assertThat(TestBed.deployment(bed.target, "web").getSpec().getReplicas())
                .isZero();
        assertThat(TestBed.db(bed.target).getSpec().getReplicas()).isZero();
        bed.assertSourceRuns();
    }

    @Test
    void cutover_afterAFailedOne_goesThrough() {
        bed.target.faults().failNext("POST", "configmaps", 1000, 500);
        failed(FailurePolicy.CLEAN_UP);
        bed.target.faults().clear();
        assertThat(bed.target.settle(TestBed.LIMIT)).isTrue();

        bed.cutover().requireClean();

        assertThat(TestBed.deployment(bed.target, "web").getStatus().getReadyReplicas())
                .isEqualTo(2);
        assertThat(bed.volumes.starts.get("app/data-db-0").get()).isEqualTo(2);
        bed.assertSourceStopped();
    }

    @Test
    void cutover_keepingAfterAFailure_leavesEverythingAsItIs() {
        bed.volumes.answer(request -> BROKEN);

        failed(FailurePolicy.KEEP);

        bed.assertSourceStopped();
        assertThat(bed.volumes.canceled).isEmpty();
        assertThat(TestBed.claim(bed.target, "data-db-0")).isNotNull();
    }

    @Test
    void cutover_rollingBackAfterAFailure_emptiesTheTarget() {
        bed.target.faults().failNext("POST", "configmaps", 1000, 500);

        failed(FailurePolicy.ROLL_BACK);

        assertThat(bed.target.settle(TestBed.LIMIT)).isTrue();
        assertThat(bed.target.client().namespaces().withName(TestBed.APP).get()).isNull();
        bed.assertSourceRuns();
    }

    /** Has a process end when a run is about to apply objects, which then fails. */
    private String lostBeforeItFails(FailurePolicy policy) {
        bed.target.faults().failNext("POST", "configmaps", 1000, 500);
        MortalStore mortal = new MortalStore(
                bed.state,
                written -> written instanceof MigMigration migration
                        && Phase.ENSURE_FINAL_RESTORE
                                .wireName()
                                .equals(migration.getStatus().getPhase()));
        MigrationRun first = bed.migration().state(mortal).onFailure(policy).cutover();
        assertThat(first.await(TestBed.LIMIT).errors())
                .extracting(Problem::code)
                .contains("StateLost");
        return first.id();
    }

    @Test
    void resume_ofARunThatRollsBack_rollsBackWhateverTheResumerSays() {
        String run = lostBeforeItFails(FailurePolicy.ROLL_BACK);

        MigrationResult result =
                bed.migration().onFailure(FailurePolicy.KEEP).resume(run).await(TestBed.LIMIT);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(bed.target.settle(TestBed.LIMIT)).isTrue();
        assertThat(bed.target.client().namespaces().withName(TestBed.APP).get()).isNull();
        bed.assertSourceRuns();
    }

    @Test
    void resume_ofARunThatKeepsAll_keepsAllWhateverTheResumerSays() {
        String run = lostBeforeItFails(FailurePolicy.KEEP);

        MigrationResult result =
                bed.migration().onFailure(FailurePolicy.ROLL_BACK).resume(run).await(TestBed.LIMIT);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(TestBed.claim(bed.target, "data-db-0")).isNotNull();
        bed.assertSourceStopped();
    }

    @Test
    void cutover_failingAfterAnEarlierOneHadSucceeded_leavesTheTargetInCharge() {
        bed.cutover().requireClean();
        bed.images.answer(request -> BROKEN);

        failed(FailurePolicy.CLEAN_UP);

        bed.assertSourceStopped();
        assertThat(TestBed.deployment(bed.target, "web").getStatus().getReadyReplicas())
                .isEqualTo(2);
    }

    @Test
    void cutover_failingAfterQuiesceWhenTheTargetIsInUse_leavesTheTargetInCharge() {
        String first = bed.cutover().requireClean().runId();
        Plan plan = bed.planned()
                .hook(HookPoint.PRE_RESTORE, Hook.call(hook -> {
                    throw new IllegalStateException("not today");
                }))
                .build();

        for (FailurePolicy policy : FailurePolicy.values()) {
            MigrationResult result =
                    bed.migration(plan).onFailure(policy).cutover().await(TestBed.LIMIT);

            assertThat(result.status()).isEqualTo(Status.FAILED);
            bed.assertSourceStopped();
            assertThat(TestBed.deployment(bed.target, "web").getStatus().getReadyReplicas())
                    .isEqualTo(2);
            assertThat(TestBed.annotation(TestBed.claim(bed.target, "data-db-0"), "handed-over-by"))
                    .isEqualTo(first);
        }
    }
}
