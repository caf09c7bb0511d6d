package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.Problem.Severity;
import dev.mtc.api.VolumeChoice;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Namespaces that do not admit pods which run as root, found before anything is touched. */
class MoverPodChecksIT {

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private static void enforce(EmbeddedCluster cluster, String namespace, String level) {
        cluster.client().namespaces().withName(namespace).edit(found -> new NamespaceBuilder(found)
                .editMetadata()
                .addToLabels("pod-security.kubernetes.io/enforce", level)
                .endMetadata()
                .build());
        assertThat(cluster.settle(TestBed.LIMIT)).isTrue();
    }

    private List<Problem> refusals(Plan plan) {
        MigrationResult result = bed.migration(plan).stage().await(TestBed.LIMIT);
        List<Problem> all = new ArrayList<>(result.errors());
        all.addAll(result.warnings());
        return all.stream()
                .filter(problem -> problem.code().equals("MoverPodsRefused"))
                .toList();
    }

    @Test
    void targetNamespace_restricted_isRefusedBeforeAnythingIsMade() {
        TestBed.namespace(bed.target, TestBed.APP);
        enforce(bed.target, TestBed.APP, "restricted");

        assertThat(refusals(bed.plan())).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.ERROR);
            assertThat(problem.where()).isEqualTo("target namespace " + TestBed.APP);
            assertThat(problem.message()).contains("run as root", "violates PodSecurity", "runAsNonRoot");
            assertThat(problem.fix()).contains("pod-security.kubernetes.io/enforce=baseline");
        });
        assertThat(bed.volumes.started()).isZero();
        assertThat(bed.target
                        .client()
                        .persistentVolumeClaims()
                        .inNamespace(TestBed.APP)
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(bed.target.client().pods().inNamespace(TestBed.APP).list().getItems())
                .as("pods that were only tried")
                .isEmpty();
    }

    @Test
    void sourceNamespace_restricted_isRefused() {
        TestBed.namespace(bed.target, TestBed.APP);
        enforce(bed.source, TestBed.APP, "restricted");

        assertThat(refusals(bed.plan()))
                .singleElement()
                .extracting(Problem::where)
                .isEqualTo("source namespace " + TestBed.APP);
        assertThat(bed.volumes.started()).isZero();
    }

    @Test
    void namespacesOfLevelBaseline_areFine() {
        TestBed.namespace(bed.target, TestBed.APP);
        enforce(bed.source, TestBed.APP, "baseline");
        enforce(bed.target, TestBed.APP, "baseline");

        assertThat(refusals(bed.plan())).isEmpty();
        assertThat(bed.volumes.started()).isPositive();
    }

    @Test
    void noVolumeIsCopied_nothingIsAsked() {
        TestBed.namespace(bed.target, TestBed.APP);
        enforce(bed.target, TestBed.APP, "restricted");

        assertThat(refusals(bed.planned().volumes(VolumeChoice.skip()).build())).isEmpty();
    }
}
