package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.PhaseStarted;
import dev.mtc.api.PhaseWaiting;
import dev.mtc.api.Plan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Applications that do not stay as the migration leaves them. */
class BroughtBackIT {

    private final FastClock clock = new FastClock();
    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private RollableScalableResource<StatefulSet> db() {
        return bed.source
                .client()
                .apps()
                .statefulSets()
                .inNamespace(TestBed.APP)
                .withName("db");
    }

    /** Something that owns the database and scales it back whenever it is scaled down. */
    private Watch operator() {
        ConfigMap owner = bed.source
                .client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(TestBed.APP)
                        .withName("postgres")
                        .endMetadata()
                        .build())
                .create();
        db().edit(set -> {
            set.getMetadata()
                    .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                            .withApiVersion("v1")
                            .withKind("ConfigMap")
                            .withName("postgres")
                            .withUid(owner.getMetadata().getUid())
                            .withController(true)
                            .build()));
            return set;
        });
        return db().watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, StatefulSet set) {
                if (set.getSpec().getReplicas() == 0) {
                    db().scale(2);
                }
            }

            @Override
            public void onClose(WatcherException cause) {}
        });
    }

    private void awaitComplaint() {
        bed.events.await(
                event -> event instanceof PhaseWaiting waiting
                        && waiting.phase() == Phase.ENSURE_SRC_QUIESCED
                        && waiting.reason().contains("statefulsets.apps app/db runs again")
                        && waiting.reason().contains("ConfigMap postgres"),
                "that the database runs again");
    }

    private MigrationRun cutover() {
        return bed.migration().clock(clock).cutover();
    }

    @Test
    void cutover_operatorThatScalesBack_failsAtTheDeadlineAndNamesIt() {
        Watch operator = operator();
        MigrationRun run = cutover();
        bed.events.awaitWaiting(Phase.ENSURE_SRC_QUIESCED);
        clock.rate(10);
        awaitComplaint();
        clock.rate(300);
        bed.events.await(
                event -> event instanceof PhaseStarted started && started.phase() == Phase.MIGRATION_FAILED,
                "the failure");
        clock.rate(1);
        MigrationResult result = run.await(TestBed.LIMIT);
        operator.close();

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.errors())
                .first()
                .asString()
                .contains("DeadlineExceeded")
                .contains("statefulsets.apps app/db")
                .contains("ConfigMap postgres")
                .contains("stop or pause");
        bed.assertSourceRuns();
    }

    @Test
    void cutover_operatorThatIsPausedInTime_goesOn() {
        Watch operator = operator();
        MigrationRun run = cutover();
        bed.events.awaitWaiting(Phase.ENSURE_SRC_QUIESCED);
        clock.rate(10);
        awaitComplaint();
        operator.close();

        run.await(TestBed.LIMIT).requireClean();

        bed.assertSourceStopped();
    }

    @Test
    void cutover_applicationThatComesBackDuringTheCopy_fails() {
        bed.volumes.answer(request -> {
            db().scale(2);
            bed.source.settle(TestBed.LIMIT);
            return Script.SUCCESS;
        });

        MigrationResult result = cutover().await(TestBed.LIMIT);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.errors())
                .first()
                .asString()
                .contains("SourceNotQuiesced")
                .contains("app/db-0");
        assertThat(TestBed.db(bed.target)).isNull();
        bed.assertSourceRuns();
    }

    @Test
    void rollback_ofARenamedNamespace_waitsForThePodsOnTheTarget() {
        TestBed.namespace(bed.target, "app-eu");
        Plan plan = Plan.named("renamed")
                .from(bed.sourceCluster())
                .to(bed.targetCluster())
                .namespace(TestBed.APP, "app-eu")
                .build();
        bed.migration(plan).cutover().await(TestBed.LIMIT).requireClean();
        bed.assertSourceStopped();
        finalizers("[\"example.com/wait\"]");
        MigrationRun run = bed.migration(plan).rollback();

        bed.events.await(
                event -> event instanceof PhaseWaiting waiting
                        && waiting.phase() == Phase.ENSURE_DEST_QUIESCED
                        && waiting.reason().contains("app-eu/db-0"),
                "that a pod of the target is still there");
        finalizers("[]");

        run.await(TestBed.LIMIT).requireClean();
        bed.assertSourceRuns();
    }

    private void finalizers(String list) {
        bed.target
                .client()
                .pods()
                .inNamespace("app-eu")
                .withName("db-0")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": " + list + "}}");
    }
}
