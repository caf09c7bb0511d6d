package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.MigrationResult;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cut-overs that are undone. */
class RollbackIT {

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private MigrationResult rollback() {
        return bed.migration().rollback().await(TestBed.LIMIT);
    }

    @Test
    void rollback_ofACutover_emptiesTheTargetAndStartsTheSource() {
        bed.cutover().requireClean();

        MigrationResult result = rollback().requireClean();

        assertThat(bed.target.settle(TestBed.LIMIT)).isTrue();
        assertThat(bed.target.client().namespaces().withName(TestBed.APP).get()).isNull();
        bed.assertSourceRuns();
        assertThat(result.itinerary()).isEqualTo("Rollback");
        assertThat(result.items())
                .filteredOn(item -> item.action() == Action.DELETED)
                .extracting(ItemOutcome::name)
                .contains("deployments.apps app/web", "persistentvolumeclaims app/data-db-0", "namespaces app");
    }

    @Test
    void rollback_besideForeignObjects_keepsThemAndTheNamespace() {
        bed.cutover().requireClean();
        bed.target
                .client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(TestBed.APP)
                        .withName("foreign")
                        .endMetadata()
                        .build())
                .create();

        MigrationResult result = rollback().requireSuccess();

        assertThat(bed.target
                        .client()
                        .configMaps()
                        .inNamespace(TestBed.APP)
                        .withName("foreign")
                        .get())
                .isNotNull();
        assertThat(TestBed.deployment(bed.target, "web")).isNull();
        assertThat(result.warnings()).extracting(warning -> warning.code()).containsExactly("NamespaceKept");
        bed.assertSourceRuns();
    }

    @Test
    void rollback_fromANamespaceThatWasThere_keepsTheNamespace() {
        TestBed.namespace(bed.target, TestBed.APP);
        bed.cutover().requireClean();

        rollback().requireClean();

        assertThat(bed.target.client().namespaces().withName(TestBed.APP).get()).isNotNull();
        assertThat(TestBed.deployment(bed.target, "web")).isNull();
        assertThat(TestBed.claim(bed.target, "data-db-0")).isNull();
    }

    @Test
    void rollback_ofNothing_changesNothing() {
        MigrationResult result = rollback().requireClean();

        assertThat(result.isNoOp()).isTrue();
        bed.assertSourceRuns();
    }

    @Test
    void cutover_afterRollback_copiesVolumesAgain() {
        bed.cutover().requireClean();
        rollback().requireClean();
        assertThat(bed.target.settle(TestBed.LIMIT)).isTrue();

        bed.cutover().requireClean();

        assertThat(bed.volumes.starts.get("app/data-db-0").get()).isEqualTo(2);
        assertThat(TestBed.deployment(bed.target, "web").getStatus().getReadyReplicas())
                .isEqualTo(2);
    }
}
