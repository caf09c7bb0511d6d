package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.FailurePolicy;
import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.Plan;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which side an application without volumes belongs to, after cut-overs that fail and succeed. */
class HandOverIT {

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        bed.source
                .client()
                .apps()
                .statefulSets()
                .inNamespace(TestBed.APP)
                .withName("db")
                .delete();
        assertThat(bed.source.settle(TestBed.LIMIT)).isTrue();
        bed.source.client().persistentVolumeClaims().inNamespace(TestBed.APP).delete();
        assertThat(bed.source.settle(TestBed.LIMIT)).isTrue();
        assertThat(TestBed.claim(bed.source, "data-db-0")).isNull();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private Plan failing(HookPoint point) {
        return bed.planned()
                .hook(point, Hook.call(hook -> {
                    throw new IllegalStateException("not today");
                }))
                .build();
    }

    private static int replicas(EmbeddedCluster cluster) {
        assertThat(cluster.settle(TestBed.LIMIT)).isTrue();
        return TestBed.deployment(cluster, "web").getSpec().getReplicas();
    }

    private List<String> marks() {
        Map<String, String> annotations = bed.target
                .client()
                .namespaces()
                .withName(TestBed.APP)
                .get()
                .getMetadata()
                .getAnnotations();
        return annotations.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("migration.openshift.io/handed-over-"))
                .map(Map.Entry::getValue)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(FailurePolicy.class)
    void cutover_failingAfterASuccessfulOne_leavesTheTargetRunningAndTheSourceStopped(FailurePolicy policy) {
        String first = bed.cutover().requireClean().runId();
        for (HookPoint point : List.of(HookPoint.PRE_RESTORE, HookPoint.POST_RESTORE)) {
            MigrationResult result =
                    bed.migration(failing(point)).onFailure(policy).cutover().await(TestBed.LIMIT);

            assertThat(result.status()).isEqualTo(Status.FAILED);
            assertThat(replicas(bed.source)).isZero();
            assertThat(replicas(bed.target)).isEqualTo(2);
            assertThat(marks()).containsExactly(first);
        }
    }

    @Test
    void cutover_failingAtTheFirstTime_takesItsMarkBack() {
        MigrationResult result = bed.migration(failing(HookPoint.POST_RESTORE))
                .onFailure(FailurePolicy.CLEAN_UP)
                .cutover()
                .await(TestBed.LIMIT);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(marks()).isEmpty();
        assertThat(replicas(bed.source)).isEqualTo(2);
        assertThat(replicas(bed.target)).isZero();
    }

    @Test
    void rollback_intoANamespaceThatStays_leavesNoMark() {
        TestBed.namespace(bed.target, TestBed.APP);
        bed.target
                .client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(TestBed.APP)
                        .withName("foreign")
                        .endMetadata()
                        .build())
                .create();
        bed.cutover().requireClean();
        assertThat(marks()).hasSize(1);

        bed.migration().rollback().await(TestBed.LIMIT).requireClean();

        assertThat(marks()).isEmpty();
        assertThat(replicas(bed.source)).isEqualTo(2);
    }

    @Test
    void cutover_byWhoMayNotMarkNamespaces_goesThroughAllTheSame() {
        TestBed.namespace(bed.target, TestBed.APP);
        bed.target.access().deny("patch", "namespaces");

        bed.cutover().requireClean();

        assertThat(replicas(bed.target)).isEqualTo(2);
        assertThat(marks()).isEmpty();
    }
}
