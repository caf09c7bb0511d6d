package dev.mtc.api.model.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;

class OmittedEmptiesTest {

    @Test
    void migMigrationSpec_empty_writesStageOnly() {
        assertThat(Samples.json(new MigMigrationSpec())).isEqualTo("{\"stage\":false}");
    }

    @Test
    void migMigrationSpec_wrappersSetToFalse_areWritten() {
        MigMigrationSpec spec = new MigMigrationSpec();
        spec.setRunAsRoot(false);
        spec.setRunAsUser(0L);
        spec.setVerify(false);

        assertThat(Samples.json(spec)).isEqualTo("{\"stage\":false,\"runAsRoot\":false,\"runAsUser\":0}");
    }

    @Test
    void migClusterSpec_empty_writesIsHostClusterOnly() {
        MigClusterSpec spec = new MigClusterSpec();
        spec.setUrl("");
        spec.setCaBundle(new byte[0]);

        assertThat(Samples.json(spec)).isEqualTo("{\"isHostCluster\":false}");
    }

    @Test
    void migClusterSpec_caBundle_isBase64() {
        assertThat(Samples.of(MigCluster.class).getSpec().getCaBundle())
                .asString()
                .isEqualTo("-----BEGIN");
    }

    @Test
    void migStorageSpec_empty_writesBothConfigs() {
        assertThat(Samples.json(new MigStorageSpec()))
                .isEqualTo("{\"backupStorageProvider\":\"\",\"backupStorageConfig\":{},\"volumeSnapshotConfig\":{}}");
    }

    @Test
    void migPlanSpec_empty_writesNothing() {
        assertThat(Samples.json(new MigPlanSpec())).isEqualTo("{}");
    }

    @Test
    void persistentVolume_empty_writesQuantitiesChoicesAndClaim() {
        assertThat(Samples.json(new PersistentVolume()))
                .isEqualTo("{\"capacity\":\"0\",\"supported\":{\"actions\":[],\"copyMethods\":[]},"
                        + "\"selection\":{},\"pvc\":{},\"proposedCapacity\":\"0\"}");
    }

    @Test
    void persistentVolume_nulls_becomeTheirZeroValues() {
        PersistentVolume volume = Samples.read(
                "{\"capacity\":null,\"supported\":null,\"selection\":null,\"pvc\":null,\"proposedCapacity\":null}",
                PersistentVolume.class);

        assertThat(volume.getCapacity()).isEqualTo(new Quantity("0"));
        assertThat(Samples.json(volume)).isEqualTo(Samples.json(new PersistentVolume()));
    }

    @Test
    void migPlanHook_withoutReference_writesNull() {
        assertThat(Samples.json(new MigPlanHook()))
                .isEqualTo("{\"reference\":null,\"phase\":\"\",\"executionNamespace\":\"\",\"serviceAccount\":\"\"}");
    }

    @Test
    void directVolumeMigrationStatus_empty_writesDigestAndDescription() {
        assertThat(Samples.json(new DirectVolumeMigrationStatus()))
                .isEqualTo("{\"observedDigest\":\"\",\"phaseDescription\":\"\"}");
    }

    @Test
    void pvcToMigrate_reference_standsInline() {
        PvcToMigrate claim = new PvcToMigrate();
        claim.refer(new ObjectReferenceBuilder()
                .withName("data")
                .withNamespace("shop")
                .build());

        assertThat(Samples.json(claim))
                .isEqualTo("{\"namespace\":\"shop\",\"name\":\"data\",\"targetStorageClass\":\"\","
                        + "\"targetAccessModes\":[]}");
    }

    @Test
    void migHookSpec_empty_writesTheRequired() {
        assertThat(Samples.json(new MigHookSpec()))
                .isEqualTo("{\"custom\":false,\"image\":\"\",\"targetCluster\":\"\"}");
    }

    @Test
    void pipelineStep_justListed_writesNameAndMessage() {
        PipelineStep step = new PipelineStep();
        step.setName("Cleanup");
        step.setMessage("Not started");

        assertThat(Samples.json(step)).isEqualTo("{\"name\":\"Cleanup\",\"message\":\"Not started\"}");
    }

    @Test
    void lists_setToNull_areEmpty() {
        MigPlanSpec spec = Samples.read("{\"namespaces\":null,\"hooks\":null}", MigPlanSpec.class);

        assertThat(spec.getNamespaces()).isEmpty();
        spec.getNamespaces().add("shop");
        assertThat(spec.getNamespaces()).isEqualTo(List.of("shop"));
    }

    @Test
    void lists_given_areCopied() {
        MigPlanSpec spec = new MigPlanSpec();
        spec.setNamespaces(List.of("shop"));
        spec.getNamespaces().add("billing");

        assertThat(spec.getNamespaces()).isEqualTo(List.of("shop", "billing"));
    }

    @Test
    void resource_new_hasSpecAndStatus() {
        assertThat(Samples.json(new MigMigration()))
                .isEqualTo("{\"apiVersion\":\"migration.openshift.io/v1alpha1\",\"kind\":\"MigMigration\","
                        + "\"metadata\":{},\"spec\":{\"stage\":false},\"status\":{}}");
    }

    @Test
    void category_unknown_isKept() {
        Condition condition = Samples.read(
                "{\"type\":\"New\",\"status\":\"True\",\"category\":\"Odd\",\"lastTransitionTime\":null}",
                Condition.class);

        assertThat(condition.getCategory()).isEqualTo("Odd");
        assertThat(Category.of("Odd")).isEmpty();
        assertThat(Category.of("Warn")).contains(Category.WARN);
        assertThat(Samples.json(condition))
                .isEqualTo("{\"type\":\"New\",\"status\":\"True\",\"category\":\"Odd\",\"lastTransitionTime\":null}");
    }
}
