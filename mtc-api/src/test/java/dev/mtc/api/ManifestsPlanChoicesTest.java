package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Choices that a MigPlan has annotations for. */
class ManifestsPlanChoicesTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void copySample() {
        ManifestSample.copyTo(directory);
    }

    private void annotate(String... annotations) throws IOException {
        Path file = directory.resolve("40-plan.yaml");
        String known = "mtc.dev/existing: skip";
        String text = Files.readString(file);
        assertThat(text).contains(known);
        Files.writeString(file, text.replace(known, known + "\n    " + String.join("\n    ", annotations)));
    }

    @Test
    void plan_clusterScopedAndCaptures_areReadAsWritten() throws IOException {
        annotate(
                "mtc.dev/cluster-scoped: custom-resource-definitions, cluster-roles",
                "mtc.dev/existing-cluster-scoped: update-own",
                "mtc.dev/keep-captures: '12'");

        Plan plan = Manifests.read(directory).plan("shop");

        assertThat(plan.clusterScoped())
                .containsExactlyInAnyOrder(ClusterScoped.CUSTOM_RESOURCE_DEFINITIONS, ClusterScoped.CLUSTER_ROLES);
        assertThat(plan.existingClusterScoped()).isEqualTo(ClusterScopedPolicy.UPDATE_OWN);
        assertThat(plan.capturesKept()).isEqualTo(12);
    }

    @Test
    void plan_wrongClusterScopedAndCaptures_areRefused() throws IOException {
        annotate("mtc.dev/cluster-scoped: cluster-roles, priority-clases", "mtc.dev/keep-captures: '0'");
        Manifests manifests = Manifests.read(directory);

        PlanInvalidException refusal = catchThrowableOfType(PlanInvalidException.class, () -> manifests.plan("shop"));

        assertThat(refusal.problems())
                .extracting(Problem::toString)
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text)
                                .contains(
                                        "mtc.dev/cluster-scoped",
                                        "'priority-clases'",
                                        "did you mean priority-classes?"),
                        text -> assertThat(text).contains("mtc.dev/keep-captures", "'0'", "at least 1"));
    }
}
