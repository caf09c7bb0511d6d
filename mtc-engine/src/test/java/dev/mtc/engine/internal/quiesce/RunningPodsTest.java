package dev.mtc.engine.internal.quiesce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunningPodsTest {

    private static final Set<String> COPIED = Set.of("app/data");

    /** A pod, and what is to be done about it. */
    private enum Case {
        OF_A_REPLICA_SET("apps/v1 ReplicaSet", "Running", true, false),
        OF_A_STATEFUL_SET_WITH_ITS_CLAIM("apps/v1 StatefulSet", "Running data", true, true),
        WITH_A_COPIED_AND_ANOTHER_CLAIM("apps/v1 ReplicaSet", "Running data other", true, true),
        WITH_ANOTHER_CLAIM_ONLY("apps/v1 ReplicaSet", "Running other", true, false),
        PENDING_OF_A_DAEMON_SET("apps/v1 DaemonSet", "Pending", true, false),
        OF_A_JOB("batch/v1 Job", "Running", true, false),
        OF_A_JOB_THAT_COMPLETES("batch/v1 Job", "Succeeded data", false, false),
        FAILED("batch/v1 Job", "Failed data", false, false),
        ON_A_LOST_NODE("v1 ReplicationController", "Unknown", true, false),
        OF_AN_OPERATOR("postgresql.cnpg.io/v1 Cluster", "Running", false, false),
        OF_AN_OPERATOR_WITH_A_COPIED_CLAIM("postgresql.cnpg.io/v1 Cluster", "Running data", true, true),
        OF_A_NAMESAKE_OF_ANOTHER_GROUP("example.com/v1 ReplicaSet", "Running", false, false),
        BARE("", "Running", false, false),
        BARE_WITH_A_COPIED_CLAIM("", "Running data", false, false);

        private final String owner;
        private final String state;
        private final boolean awaited;
        private final boolean using;

        Case(String owner, String state, boolean awaited, boolean using) {
            this.owner = owner;
            this.state = state;
            this.awaited = awaited;
            this.using = using;
        }

        private ObjectNode pod() {
            String[] words = state.split(" ");
            ObjectNode pod = QuietCluster.read(
                    """
                    {"metadata": {"namespace": "app", "name": "p"}, "status": {"phase": "%s"}, "spec": {}}"""
                            .formatted(words[0]));
            for (String claim : List.of(words).subList(1, words.length)) {
                pod.withObjectProperty("spec")
                        .withArrayProperty("volumes")
                        .addObject()
                        .putObject("persistentVolumeClaim")
                        .put("claimName", claim);
            }
            if (!owner.isEmpty()) {
                pod.withObjectProperty("metadata")
                        .putArray("ownerReferences")
                        .addObject()
                        .put("apiVersion", owner.split(" ")[0])
                        .put("kind", owner.split(" ")[1])
                        .put("name", "o")
                        .put("controller", true);
            }
            return pod;
        }
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void toAwaitAndUsing_ofEachPod_followItsControllerAndClaims(Case pod) {
        RunningPods pods = RunningPods.of(List.of(pod.pod()));

        assertThat(pods.toAwait(COPIED)).hasSize(pod.awaited ? 1 : 0);
        assertThat(pods.using(COPIED)).hasSize(pod.using ? 1 : 0);
        assertThat(pods.bare(COPIED)).hasSize(pod == Case.BARE_WITH_A_COPIED_CLAIM ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Case.class,
            names = {"OF_AN_OPERATOR_WITH_A_COPIED_CLAIM", "BARE_WITH_A_COPIED_CLAIM"})
    void pods_ofNodesAndMovers_areNeitherAwaitedNorWarnedAbout(Case pod) {
        ObjectNode mirror = pod.pod();
        mirror.withObjectProperty("metadata").putObject("annotations").put("kubernetes.io/config.mirror", "abc");
        ObjectNode mover = pod.pod();
        mover.withObjectProperty("metadata")
                .putObject("labels")
                .put("app.kubernetes.io/part-of", "openshift-migration")
                .put("app.kubernetes.io/component", "mover");

        RunningPods pods = RunningPods.of(List.of(mirror, mover));

        assertThat(pods.toAwait(COPIED)).isEmpty();
        assertThat(pods.bare(COPIED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Case.class, names = "OF_AN_OPERATOR_WITH_A_COPIED_CLAIM")
    void toAwait_ofAnOperator_namesItAndWhatToDo(Case pod) {
        assertThat(RunningPods.of(List.of(pod.pod())).toAwait(COPIED))
                .singleElement()
                .asString()
                .startsWith("app/p ")
                .contains("Cluster o")
                .contains("stop it there");
    }

    @ParameterizedTest
    @EnumSource(value = Case.class, names = "BARE")
    void claimsOf_anEphemeralVolume_isTheClaimMadeForThePod(Case bare) {
        ObjectNode pod = bare.pod();
        pod.withObjectProperty("spec")
                .putArray("volumes")
                .addObject()
                .put("name", "scratch")
                .putObject("ephemeral");

        assertThat(RunningPods.claimsOf(pod)).containsExactly("app/p-scratch");
    }

    @ParameterizedTest
    @CsvSource({
        "Pending, waiting, waiting, true, 4, true",
        "Pending, waiting, waiting, true, 3, false",
        "Pending, waiting, waiting, false, 60, false",
        "Pending, running, waiting, true, 60, false",
        "Pending, terminated, waiting, true, 60, true",
        "Running, terminated, running, true, 60, false",
        "Running, terminated, terminated, true, 60, true",
        "Running, terminated, terminated, false, 60, false",
        "Running, terminated, waiting, true, 60, true",
        "Running, terminated, unknown, true, 60, false",
    })
    void withoutEnded_leavesOutWhatIsDeletedAndHasNoRunningContainer(
            String phase, String initContainer, String container, boolean deleted, int secondsLater, boolean leftOut) {
        ObjectNode pod = QuietCluster.read(
                """
                {"metadata": {"namespace": "app", "name": "p",
                   "ownerReferences": [{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "o", "controller": true}]},
                 "status": {"phase": "%s", "initContainerStatuses": [{"restartCount": 0, "state": {"%s": {}}}],
                   "containerStatuses": [{"restartCount": 0, "state": {"%s": {}}}]},
                 "spec": {"volumes": [{"persistentVolumeClaim": {"claimName": "data"}}]}}"""
                        .formatted(phase, initContainer, container));
        if (deleted) {
            pod.withObjectProperty("metadata")
                    .put("deletionTimestamp", "2026-01-01T00:00:30Z")
                    .put("deletionGracePeriodSeconds", 30);
        }
        Instant now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(secondsLater);

        RunningPods left = RunningPods.of(List.of(pod)).withoutEnded(now);

        assertThat(left.using(COPIED).isEmpty()).isEqualTo(leftOut);
    }
}
