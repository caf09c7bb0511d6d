package dev.mtc.engine.internal.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Remedy;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting what a migration stopped, whatever happened to it in between. */
class UnquiesceIT {

    private static final List<Kind> SCALED =
            List.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.REPLICA_SET, Kind.REPLICATION_CONTROLLER);

    private QuietCluster cluster;

    @BeforeEach
    void open() {
        cluster = QuietCluster.start();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private static ObjectNode with(Kind kind, String metadataAndSpec) {
        ObjectNode object = kind.object();
        ObjectNode more = QuietCluster.read(metadataAndSpec);
        object.withObjectProperty("metadata").setAll((ObjectNode) more.path("metadata"));
        object.withObjectProperty("spec").setAll((ObjectNode) more.path("spec"));
        return object;
    }

    private static ObjectNode stoppedByMtc(Kind kind, String replicas) {
        return with(
                kind,
                """
                {"metadata": {"annotations": {"migration.openshift.io/preQuiesceReplicas": "%s"}},
                 "spec": {"replicas": 0}}"""
                        .formatted(replicas));
    }

    private boolean isMarked(Kind kind) {
        return cluster.present(kind).at("/metadata/annotations").toString().contains("preQuiesce");
    }

    @Test
    void stop_ofASetThatDeletesClaimsWhenScaledDown_keepsThemUntilItIsStarted() {
        String when = "/spec/persistentVolumeClaimRetentionPolicy/whenScaled";
        cluster.create(
                Kind.STATEFUL_SET,
                with(
                        Kind.STATEFUL_SET,
                        """
                        {"metadata": {}, "spec": {"replicas": 2,
                          "persistentVolumeClaimRetentionPolicy": {"whenScaled": "Delete", "whenDeleted": "Retain"}}}"""));

        cluster.quiesce().stop();

        ObjectNode stopped = cluster.present(Kind.STATEFUL_SET);
        assertThat(stopped.at("/spec/replicas").asInt()).isZero();
        assertThat(stopped.at(when).asText()).isEqualTo("Retain");
        assertThat(stopped.at("/metadata/generation").asInt()).as("one write").isEqualTo(2);

        cluster.quiesce().start();

        ObjectNode started = cluster.present(Kind.STATEFUL_SET);
        assertThat(started.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(started.at(when).asText()).isEqualTo("Delete");
        assertThat(isMarked(Kind.STATEFUL_SET)).isFalse();
    }

    @Test
    void start_ofASetWhoseClaimRetentionSomeoneSet_leavesThat() {
        cluster.create(
                Kind.STATEFUL_SET,
                with(
                        Kind.STATEFUL_SET,
                        """
                        {"metadata": {}, "spec": {"persistentVolumeClaimRetentionPolicy": {"whenScaled": "Delete"}}}"""));
        cluster.quiesce().stop();
        cluster.merge(Kind.STATEFUL_SET, "{\"spec\": {\"persistentVolumeClaimRetentionPolicy\": null}}");

        cluster.quiesce().start();

        assertThat(cluster.present(Kind.STATEFUL_SET)
                        .at("/spec/persistentVolumeClaimRetentionPolicy/whenScaled")
                        .asText())
                .isNotEqualTo("Delete");
        assertThat(isMarked(Kind.STATEFUL_SET)).isFalse();
    }

    @Test
    void start_ofWhatWasScaledUpByHand_keepsTheNewScale() {
        cluster.create(Kind.DEPLOYMENT);
        cluster.quiesce().stop();
        cluster.merge(Kind.DEPLOYMENT, "{\"spec\": {\"replicas\": 7}}");

        cluster.quiesce().start();

        assertThat(cluster.present(Kind.DEPLOYMENT).at("/spec/replicas").asInt())
                .isEqualTo(7);
        assertThat(isMarked(Kind.DEPLOYMENT)).isFalse();
    }

    @Test
    void stop_inALaterRunAfterScalingByHand_remembersTheNewScale() {
        cluster.create(Kind.DEPLOYMENT);
        cluster.quiesce().stop();
        cluster.merge(Kind.DEPLOYMENT, "{\"spec\": {\"replicas\": 7}}");

        cluster.quiesce().stop();
        cluster.quiesce().start();

        assertThat(cluster.present(Kind.DEPLOYMENT).at("/spec/replicas").asInt())
                .isEqualTo(7);
    }

    @Test
    void start_ofWhatMtcStopped_startsIt() {
        cluster.create(Kind.DEPLOYMENT, stoppedByMtc(Kind.DEPLOYMENT, "3"));

        assertThat(cluster.quiesce().start().warnings()).isEmpty();

        assertThat(cluster.present(Kind.DEPLOYMENT).at("/spec/replicas").asInt())
                .isEqualTo(3);
        assertThat(isMarked(Kind.DEPLOYMENT)).isFalse();
    }

    @Test
    void start_ofACronJobThatMtcStopped_doesNotGuessAndSaysSo() {
        cluster.create(
                Kind.CRON_JOB,
                with(
                        Kind.CRON_JOB,
                        """
                        {"metadata": {"annotations": {"migration.openshift.io/preQuiesceSuspend": "true"}},
                         "spec": {"suspend": true}}"""));

        assertThat(cluster.quiesce().start().warnings())
                .singleElement()
                .asString()
                .contains("cronjobs.batch app/x");

        assertThat(cluster.present(Kind.CRON_JOB).at("/spec/suspend").asBoolean())
                .isTrue();
        assertThat(isMarked(Kind.CRON_JOB)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "-1", "", "99999999999", "3.5"})
    void start_malformedReplicas_warnsWithObjectAndValueAndStartsTheRest(String replicas) {
        cluster.create(Kind.DEPLOYMENT, stoppedByMtc(Kind.DEPLOYMENT, replicas));
        cluster.create(Kind.STATEFUL_SET, stoppedByMtc(Kind.STATEFUL_SET, "2"));

        Changes changes = cluster.quiesce().start();

        assertThat(changes.failure()).isEmpty();
        assertThat(changes.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.toString())
                    .contains("source deployments.apps app/x")
                    .contains("\"" + replicas + "\"");
            assertThat(warning.fix()).isNotEmpty();
        });
        assertThat(cluster.present(Kind.DEPLOYMENT).at("/spec/replicas").asInt())
                .isZero();
        assertThat(isMarked(Kind.DEPLOYMENT)).isFalse();
        assertThat(cluster.present(Kind.STATEFUL_SET).at("/spec/replicas").asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"disk\":\"ssd\"} | {\"disk\":\"ssd\"} | {\"disk\":\"ssd\"}",
                "{\"disk\":\"ssd\"} | {} | {\"disk\":\"ssd\"}",
                "{\"disk\":\"ssd\"} | {\"disk\":\"nvme\"} | {\"disk\":\"nvme\"}",
                "null | {} | {}",
                "{} | {} | {}",
                "[] | {\"disk\":\"ssd\"} | {\"disk\":\"ssd\"}",
            })
    void start_ofADaemonSet_restoresItsSelector(String kept, String besides, String restored) {
        ObjectNode object = Kind.DAEMON_SET.object();
        object.withObjectProperty("metadata")
                .putObject("annotations")
                .put("migration.openshift.io/preQuiesceNodeSelector", kept);
        ObjectNode selector = QuietCluster.read(besides);
        selector.put("migration.openshift.io/quiesceDaemonSet", "true");
        object.withObjectProperty("spec")
                .withObjectProperty("template")
                .withObjectProperty("spec")
                .set("nodeSelector", selector);
        cluster.create(Kind.DAEMON_SET, object);

        Changes changes = cluster.quiesce().start();

        assertThat(changes.warnings()).hasSize(kept.equals("[]") ? 1 : 0);
        assertThat(cluster.present(Kind.DAEMON_SET).at("/spec/template/spec").withObject("/nodeSelector"))
                .isEqualTo(QuietCluster.read(restored));
        assertThat(isMarked(Kind.DAEMON_SET)).isFalse();
    }

    @Test
    void stopAndStart_ofAPausedDeployment_keepItPaused() {
        cluster.create(Kind.DEPLOYMENT);
        cluster.merge(Kind.DEPLOYMENT, "{\"spec\": {\"paused\": true}}");
        cluster.settle();

        cluster.quiesce().stop();
        cluster.settle();

        assertThat(cluster.present(Kind.DEPLOYMENT).at("/spec/paused").asBoolean())
                .isTrue();
        assertThat(cluster.server.list("/api/v1/namespaces/app/pods", "")).isEmpty();
        cluster.quiesce().start();
        assertThat(cluster.present(Kind.DEPLOYMENT).at("/spec/replicas").asInt())
                .isEqualTo(3);
    }

    @Test
    void start_ofADeploymentThatMtcUnpaused_pausesItInTheSameUpdate() {
        ObjectNode object = stoppedByMtc(Kind.DEPLOYMENT, "3");
        object.withObjectProperty("metadata")
                .withObjectProperty("annotations")
                .put("migration.openshift.io/preQuiescePaused", "true");
        cluster.create(Kind.DEPLOYMENT, object);
        cluster.cluster.forgetRequests();

        Changes changes = cluster.quiesce().start();

        assertThat(changes.unfinished()).isEmpty();
        assertThat(cluster.requests("PATCH", "deployments")).isEqualTo(1);
        assertThat(cluster.present(Kind.DEPLOYMENT).at("/spec/paused").asBoolean())
                .isTrue();
        assertThat(isMarked(Kind.DEPLOYMENT)).isFalse();
    }

    @Test
    void stopAndStart_ofAPausedDeploymentConfig_pauseItOnlyWhenItHasScaled() {
        cluster.create(
                Kind.DEPLOYMENT_CONFIG,
                with(Kind.DEPLOYMENT_CONFIG, "{\"metadata\": {}, \"spec\": {\"paused\": true}}"));
        cluster.quiesce().stop();
        assertThat(cluster.present(Kind.DEPLOYMENT_CONFIG).at("/spec/paused").asBoolean())
                .isFalse();

        Changes first = cluster.quiesce().start();

        assertThat(first.unfinished()).containsExactly("deploymentconfigs.apps.openshift.io app/x");
        assertThat(cluster.present(Kind.DEPLOYMENT_CONFIG).at("/spec/replicas").asInt())
                .isEqualTo(3);
        assertThat(cluster.present(Kind.DEPLOYMENT_CONFIG).at("/spec/paused").asBoolean())
                .isFalse();
        assertThat(cluster.quiesce().start().unfinished()).hasSize(1);
        cluster.merge(Kind.DEPLOYMENT_CONFIG, "{\"status\": {\"observedGeneration\": 99}}");
        assertThat(cluster.quiesce().start().unfinished()).isEmpty();
        assertThat(cluster.present(Kind.DEPLOYMENT_CONFIG).at("/spec/paused").asBoolean())
                .isTrue();
        assertThat(isMarked(Kind.DEPLOYMENT_CONFIG)).isFalse();
    }

    @Test
    void finishStart_ofADeploymentConfigThatNobodyScales_pausesItAllTheSame() {
        cluster.create(
                Kind.DEPLOYMENT_CONFIG,
                with(Kind.DEPLOYMENT_CONFIG, "{\"metadata\": {}, \"spec\": {\"paused\": true}}"));
        cluster.quiesce().stop();
        cluster.quiesce().start();

        cluster.quiesce().finishStart();

        assertThat(cluster.present(Kind.DEPLOYMENT_CONFIG).at("/spec/paused").asBoolean())
                .isTrue();
        assertThat(isMarked(Kind.DEPLOYMENT_CONFIG)).isFalse();
    }

    @Test
    void start_someThatCannotBePatched_startsTheOthersAndNamesEach() {
        SCALED.forEach(cluster::create);
        cluster.quiesce().stop();
        cluster.settle();
        cluster.cluster.access().deny("patch", "statefulsets").deny("patch", "replicasets");

        Changes changes = cluster.quiesce().start();

        assertThat(changes.failure().orElseThrow())
                .hasMessageContaining("2 workloads")
                .hasMessageContaining("statefulsets.apps app/x")
                .hasMessageContaining("replicasets.apps app/x")
                .extracting(ClusterAccessException::remedy, ClusterAccessException::status)
                .containsExactly(Remedy.FIX_INPUT, 403);
        assertThat(changes.changed()).containsExactly("deployments.apps app/x", "replicationcontrollers app/x");
        assertThat(isMarked(Kind.STATEFUL_SET)).isTrue();

        cluster.cluster.access().allowAll();
        assertThat(cluster.quiesce().start().changed())
                .containsExactly("replicasets.apps app/x", "statefulsets.apps app/x");
    }

    @Test
    void start_oneThatAWebhookRefuses_isTriedAgainByTheRun() {
        cluster.create(Kind.DEPLOYMENT);
        cluster.quiesce().stop();
        cluster.cluster.faults().failNext("PATCH", "deployments", 6, 500);

        assertThat(cluster.quiesce().start().failure().orElseThrow().remedy()).isEqualTo(Remedy.RETRY);
        assertThat(cluster.quiesce().start().failure()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DEPLOYMENT", "STATEFUL_SET"})
    void stop_scaledByAUserBetweenReadAndWrite_remembersWhatTheUserSet(Kind kind) {
        cluster.create(kind);
        AtomicBoolean done = new AtomicBoolean();
        Executor userFirst = task -> {
            if (cluster.requests("GET", kind.resource()) > 0 && !done.getAndSet(true)) {
                cluster.merge(kind, "{\"spec\": {\"replicas\": 5}}");
            }
            task.run();
        };
        cluster.cluster.forgetRequests();

        cluster.quiesce(userFirst).stop();

        assertThat(done).isTrue();
        assertThat(cluster.present(kind).at("/spec/replicas").asInt()).isZero();
        assertThat(kind.annotation(cluster.present(kind)).asText()).isEqualTo("5");
    }

    @Test
    void start_scaledByAUserBetweenReadAndWrite_keepsWhatTheUserSet() {
        cluster.create(Kind.DEPLOYMENT);
        cluster.quiesce().stop();
        cluster.settle();
        AtomicBoolean done = new AtomicBoolean();
        Executor userFirst = task -> {
            if (cluster.requests("GET", "deployments") > 0 && !done.getAndSet(true)) {
                cluster.merge(Kind.DEPLOYMENT, "{\"spec\": {\"replicas\": 5}}");
            }
            task.run();
        };
        cluster.cluster.forgetRequests();

        cluster.quiesce(userFirst).start();

        assertThat(done).isTrue();
        assertThat(cluster.present(Kind.DEPLOYMENT).at("/spec/replicas").asInt())
                .isEqualTo(5);
        assertThat(isMarked(Kind.DEPLOYMENT)).isFalse();
    }

    @Test
    void stop_whoseAnswerIsLost_isNotDoneTwice() {
        cluster.create(Kind.DEPLOYMENT);
        cluster.cluster.faults().loseAnswer("PATCH", "deployments", 1);

        assertThat(cluster.quiesce().stop().failure()).isEmpty();

        assertThat(Kind.DEPLOYMENT.annotation(cluster.present(Kind.DEPLOYMENT)).asText())
                .isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void stopAndStart_killedBetweenTwoPatches_endRightWhenRunAgain(int patches) {
        List<ObjectNode> before = SCALED.stream().map(cluster::create).toList();
        assertThatThrownBy(() -> cluster.quiesce(mortal(patches)).stop()).hasMessage("killed");

        cluster.quiesce().stop();
        assertThatThrownBy(() -> cluster.quiesce(mortal(patches)).start()).hasMessage("killed");
        cluster.quiesce().start();

        for (int i = 0; i < SCALED.size(); i++) {
            assertThat(cluster.present(SCALED.get(i)).path("spec"))
                    .isEqualTo(before.get(i).path("spec"));
            assertThat(isMarked(SCALED.get(i))).isFalse();
        }
    }

    /** Lets some patches happen, then ends as a process does that is killed. */
    private Executor mortal(int patches) {
        cluster.cluster.forgetRequests();
        return task -> {
            if (cluster.cluster.requests().stream()
                            .filter(request -> request.verb().equals("PATCH"))
                            .count()
                    == patches) {
                throw new IllegalStateException("killed");
            }
            task.run();
        };
    }
}
