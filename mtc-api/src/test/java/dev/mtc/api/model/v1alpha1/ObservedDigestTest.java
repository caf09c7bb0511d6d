package dev.mtc.api.model.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservedDigestTest {

    private static MigMigrationSpec spec() {
        MigMigrationSpec spec = new MigMigrationSpec();
        spec.setMigPlanRef(ref("django", "openshift-migration"));
        return spec;
    }

    private static ObjectReference ref(String name, String namespace) {
        return new ObjectReferenceBuilder()
                .withName(name)
                .withNamespace(namespace)
                .build();
    }

    @Test
    void of_finalMigration_isTheRecordedDigest() {
        assertThat(ObservedDigest.json(spec()))
                .isEqualTo(
                        "{\"migPlanRef\":{\"namespace\":\"openshift-migration\",\"name\":\"django\"},\"stage\":false}");
        assertThat(ObservedDigest.of(spec()))
                .isEqualTo("7fae9d21f15979c71ddc7dd075cb97061895caac5b936d92fae967019ab616d5");
    }

    @Test
    void of_quiescingMigration_isTheKnownDigest() {
        MigMigrationSpec spec = spec();
        spec.setQuiescePods(true);

        assertThat(ObservedDigest.of(spec))
                .isEqualTo("65c4524cabc1cd2d4a0726823f40418008c268c751bc98f6e1bb5e0ec3c597ff");
    }

    @Test
    void of_stageMigration_isTheKnownDigest() {
        MigMigrationSpec spec = spec();
        spec.setStage(true);

        assertThat(ObservedDigest.of(spec))
                .isEqualTo("1f6eac3abaf8683bdbbcad68451e3c82beaa722ea6fd12ed169e01496551572c");
    }

    @Test
    void of_rollback_isTheKnownDigest() {
        MigMigrationSpec spec = spec();
        spec.setRollback(true);

        assertThat(ObservedDigest.of(spec))
                .isEqualTo("30d6b1d029aef1da909f332e65f36ca52e619f3be690efc7d1628e02ac228490");
    }

    @Test
    void of_canceledMigration_isTheKnownDigest() {
        MigMigrationSpec spec = spec();
        spec.setCanceled(true);

        assertThat(ObservedDigest.of(spec))
                .isEqualTo("496b80c37f419b5b134d3098d3d6ac061964fa5bd2b3c734330f513e0f254017");
    }

    @Test
    void of_hostCluster_isTheKnownDigest() {
        MigClusterSpec spec = new MigClusterSpec();
        spec.setHostCluster(true);

        assertThat(ObservedDigest.of(spec))
                .isEqualTo("c015bc8230ecb3e75e119117e4ffe5c473bb1d1dabe628c5a31e16cf311cd8a6");
    }

    @Test
    void json_charactersThatGoEscapes_areEscapedInLowerCase() {
        MigHookSpec spec = new MigHookSpec();
        spec.setImage("<a>&\"\\/\u2028\u2029\u001f\u007f\t\n\r \u00e9\ud83d\ude00");

        assertThat(ObservedDigest.json(spec))
                .isEqualTo("{\"custom\":false,\"image\":\"\\u003ca\\u003e\\u0026\\\"\\\\/\\u2028\\u2029\\u001f\u007f"
                        + "\\t\\n\\r \u00e9\ud83d\ude00\",\"targetCluster\":\"\"}");
    }

    @Test
    void json_objectReference_isInGoOrder() {
        MigMigrationSpec spec = new MigMigrationSpec();
        spec.setMigPlanRef(new ObjectReference("v1", "path", "Kind", "name", "", "7", "uid"));

        assertThat(ObservedDigest.json(spec))
                .isEqualTo("{\"migPlanRef\":{\"kind\":\"Kind\",\"name\":\"name\",\"uid\":\"uid\",\"apiVersion\":\"v1\","
                        + "\"resourceVersion\":\"7\",\"fieldPath\":\"path\"},\"stage\":false}");
    }

    @Test
    void json_labelSelector_isInGoOrderWithSortedLabels() {
        DirectImageMigrationSpec spec = new DirectImageMigrationSpec();
        spec.setLabelSelector(new LabelSelectorBuilder()
                .addToMatchLabels("tier", "front")
                .addToMatchLabels("app", "web")
                .addToMatchExpressions(new LabelSelectorRequirement("env", "In", List.of("b", "a")))
                .addToMatchExpressions(new LabelSelectorRequirement("old", "DoesNotExist", List.of()))
                .build());

        assertThat(ObservedDigest.json(spec))
                .isEqualTo("{\"labelSelector\":{\"matchLabels\":{\"app\":\"web\",\"tier\":\"front\"},"
                        + "\"matchExpressions\":[{\"key\":\"env\",\"operator\":\"In\",\"values\":[\"b\",\"a\"]},"
                        + "{\"key\":\"old\",\"operator\":\"DoesNotExist\"}]}}");
    }

    @Test
    void json_podSelector_isSorted() {
        DirectVolumeMigrationProgressSpec spec = new DirectVolumeMigrationProgressSpec();
        spec.getPodSelector().put("b", "1");
        spec.getPodSelector().put("a", "2");

        assertThat(ObservedDigest.json(spec)).isEqualTo("{\"podSelector\":{\"a\":\"2\",\"b\":\"1\"}}");
    }

    @Test
    void json_migPlan_beginsWithVolumes() {
        MigPlanSpec spec = new MigPlanSpec();
        spec.setSrcMigClusterRef(ref("old", "ns"));
        spec.setNamespaces(List.of("shop"));
        spec.setHooks(List.of());
        PersistentVolume volume = new PersistentVolume();
        volume.setName("pv-1");
        volume.setCapacity(Quantity.parse("1024Mi"));
        volume.getSupported().setActions(List.of("copy"));
        spec.setPersistentVolumes(List.of(volume));

        assertThat(ObservedDigest.json(spec))
                .isEqualTo("{\"persistentVolumes\":[{\"name\":\"pv-1\",\"capacity\":\"1Gi\",\"supported\":{\"actions\":"
                        + "[\"copy\"],\"copyMethods\":[]},\"selection\":{},\"pvc\":{},\"proposedCapacity\":\"0\"}],"
                        + "\"namespaces\":[\"shop\"],\"srcMigClusterRef\":{\"namespace\":\"ns\",\"name\":\"old\"}}");
    }

    @Test
    void json_migStorage_keepsTheEmptySnapshotConfig() {
        MigStorageSpec spec = new MigStorageSpec();
        spec.setBackupStorageProvider("aws");
        spec.getBackupStorageConfig().setAwsBucketName("b");

        assertThat(ObservedDigest.json(spec))
                .isEqualTo("{\"backupStorageProvider\":\"aws\",\"backupStorageConfig\":{\"awsBucketName\":\"b\"},"
                        + "\"volumeSnapshotConfig\":{}}");
    }

    @Test
    void of_unknownFields_doNotCount() {
        MigMigrationSpec spec = Samples.read(
                "{\"new\":1,\"migPlanRef\":{\"name\":\"django\",\"namespace\":\"openshift-migration\",\"x\":2},"
                        + "\"stage\":false}",
                MigMigrationSpec.class);

        assertThat(spec.additionalProperties()).containsOnlyKeys("new");
        assertThat(ObservedDigest.of(spec)).isEqualTo(ObservedDigest.of(spec()));
    }

    @Test
    void of_emptyListsAndNothing_areTheSame() {
        MigPlanSpec spec = new MigPlanSpec();
        spec.setNamespaces(List.of());
        spec.setPersistentVolumes(null);

        assertThat(ObservedDigest.json(spec)).isEqualTo("{}");
        assertThat(ObservedDigest.of(spec))
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    @Test
    void of_somethingElse_saysWhatToGive() {
        assertThatThrownBy(() -> ObservedDigest.of(new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object")
                .hasMessageContaining("give a spec of this package");
    }
}
