package dev.mtc.engine.internal.quiesce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.testing.RecordedRequest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pods of a target that are given less time than they ask for. */
class EarlyEndIT {

    private static final String PLAN = "plan-uid";
    private static final String DATA = "{\"name\": \"data\", \"persistentVolumeClaim\": {\"claimName\": \"data\"}}";
    private static final String OTHER = "{\"name\": \"other\", \"persistentVolumeClaim\": {\"claimName\": \"other\"}}";

    private QuietCluster bed;

    @BeforeEach
    void open() {
        bed = QuietCluster.start();
        bed.claims("data", "other");
    }

    @AfterEach
    void close() {
        bed.close();
    }

    /** What a pod has, whether it is the plan's, and whether it ends early. */
    private enum Case {
        WITH_A_COPY(DATA, PLAN, 60, true),
        WITH_A_COPY_AND_WHAT_ENDS_WITH_IT(DATA + ", {\"name\": \"tmp\", \"emptyDir\": {}}", PLAN, 60, true),
        WITH_NO_DATA("{\"name\": \"tmp\", \"emptyDir\": {}}", PLAN, 60, false),
        WITH_A_CLAIM_THAT_IS_NO_COPY(DATA + ", " + OTHER, PLAN, 60, false),
        WITH_A_DIRECTORY_OF_ITS_NODE(
                DATA + ", {\"name\": \"host\", \"hostPath\": {\"path\": \"/srv\"}}", PLAN, 60, false),
        WITH_A_SERVER_OF_FILES(
                DATA + ", {\"name\": \"nfs\", \"nfs\": {\"server\": \"nfs.example\", \"path\": \"/\"}}",
                PLAN,
                60,
                false),
        OF_ANOTHER_PLAN(DATA, "another", 60, false),
        OF_NO_PLAN(DATA, "", 60, false),
        THAT_ENDS_AT_ONCE_ANYWAY(DATA, PLAN, 1, false);

        private final String volumes;
        private final String plan;
        private final int grace;
        private final boolean early;

        Case(String volumes, String plan, int grace, boolean early) {
            this.volumes = volumes;
            this.plan = plan;
            this.grace = grace;
            this.early = early;
        }

        private ObjectNode in(Kind kind) {
            ObjectNode object = kind.object();
            ObjectNode pod = (ObjectNode) object.at("/spec/template/spec");
            pod.put("terminationGracePeriodSeconds", grace);
            pod.remove("nodeSelector");
            pod.set("volumes", QuietCluster.value("[" + volumes + "]"));
            if (!plan.isEmpty()) {
                object.withObject("/metadata/labels").put(Labels.PLAN, plan);
            }
            return object;
        }
    }

    private EarlyEnd find() {
        return EarlyEnd.find(
                bed.server,
                Discovery.of(bed.server, Runnable::run),
                Runnable::run,
                new EarlyEnd.Copies(PLAN, List.of("app"), Set.of("app/data")));
    }

    private List<String> ended() {
        return bed.cluster.requests().stream()
                .filter(request -> request.verb().equals("DELETE"))
                .filter(request -> request.query().contains("gracePeriodSeconds=2"))
                .map(RecordedRequest::resource)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void end_ofEachPod_givesOnlyThePlansPodsOfCopiesLessTime(Case pod) {
        bed.create(Kind.DEPLOYMENT, pod.in(Kind.DEPLOYMENT));

        find().end();

        assertThat(ended()).hasSize(pod.early ? 3 : 0).allMatch("pods"::equals);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DEPLOYMENT", "STATEFUL_SET", "REPLICA_SET", "REPLICATION_CONTROLLER", "DAEMON_SET", "JOB"})
    void end_ofEachKind_findsTheWorkloadAboveThePod(Kind kind) {
        if (kind == Kind.JOB) {
            // A Job whose pods cannot start does not end by itself.
            bed.cluster.images().only("elsewhere.example/");
        }
        bed.create(kind, Case.WITH_A_COPY.in(kind));
        List<ObjectNode> pods = bed.server.list("/api/v1/namespaces/app/pods", "");

        find().end();

        assertThat(pods).isNotEmpty();
        assertThat(ended()).hasSameSizeAs(pods);
    }

    @Test
    void end_ofPodsThatHaveEnded_leavesThemWithTheirLogs() {
        bed.create(Kind.JOB, Case.WITH_A_COPY.in(Kind.JOB));

        find().end();

        assertThat(bed.server.list("/api/v1/namespaces/app/pods", ""))
                .isNotEmpty()
                .allMatch(RunningPods::isOver);
        assertThat(ended()).isEmpty();
    }

    @Test
    void end_thatTheClusterRefuses_leavesThePodItsTime() {
        bed.create(Kind.DEPLOYMENT, Case.WITH_A_COPY.in(Kind.DEPLOYMENT));
        bed.cluster.faults().failNext("DELETE", "pods", 100, 403);

        find().end();

        assertThat(bed.server.list("/api/v1/namespaces/app/pods", "")).hasSize(3);
    }
}
