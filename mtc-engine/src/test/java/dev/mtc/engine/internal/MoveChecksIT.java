package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Clusters;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.VolumeChoice;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which volumes may be moved, and what is said of those that may not. */
class MoveChecksIT {

    private static final String CLAIM = "files";
    private static final String VOLUME = "pv-files";

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    /** Makes a claim on the source that is bound to a volume made by hand. */
    private void volume(Map<String, String> annotations, UnaryOperator<PersistentVolumeSpecBuilder> backend) {
        PersistentVolumeSpecBuilder spec = new PersistentVolumeSpecBuilder()
                .withCapacity(Map.of("storage", new Quantity("1Gi")))
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName("")
                .withPersistentVolumeReclaimPolicy("Delete")
                .withNewClaimRef()
                .withApiVersion("v1")
                .withKind("PersistentVolumeClaim")
                .withNamespace(TestBed.APP)
                .withName(CLAIM)
                .endClaimRef();
        PersistentVolume made = new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(VOLUME)
                .withAnnotations(annotations)
                .endMetadata()
                .withSpec(backend.apply(spec).build())
                .build();
        bed.source.client().resource(made).create();
        bed.source.client().resource(claim(VOLUME)).create();
        assertThat(bed.source.settle(TestBed.LIMIT)).isTrue();
        assertThat(TestBed.claim(bed.source, CLAIM).getStatus().getPhase()).isEqualTo("Bound");
    }

    private static PersistentVolumeClaim claim(String volume) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(TestBed.APP)
                .withName(CLAIM)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName("")
                .withVolumeName(volume)
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity("1Gi")))
                .endResources()
                .endSpec()
                .build();
    }

    private Plan plan() {
        return bed.planned().volume("app/" + CLAIM, VolumeChoice.move()).build();
    }

    private List<Problem> problems() {
        return plan().check().problems().stream()
                .filter(problem -> problem.code().startsWith("Pv"))
                .toList();
    }

    private static PersistentVolumeSpecBuilder nfs(PersistentVolumeSpecBuilder spec) {
        return spec.withNewNfs("/export", false, "nfs.example");
    }

    private static PersistentVolumeSpecBuilder onNodeA(PersistentVolumeSpecBuilder spec) {
        return spec.withNewNodeAffinity()
                .withNewRequired()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey("kubernetes.io/hostname")
                .withOperator("In")
                .withValues("node-a")
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequired()
                .endNodeAffinity();
    }

    @Test
    void networkStorage_mayBeMovedWithAWarningThatItWasNotTried() {
        volume(Map.of(), MoveChecksIT::nfs);

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("PvMoveNotProbed");
            assertThat(problem.blocks()).isFalse();
            assertThat(problem.message()).contains("pv-files (type nfs {path=/export, server=nfs.example})");
        });
    }

    @Test
    void diskOfANode_isRefusedWithItsNature() {
        volume(Map.of(), spec -> onNodeA(spec.withNewLocal("ext4", "/mnt/disk1")));

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("PvMoveNotShared");
            assertThat(problem.blocks()).isTrue();
            assertThat(problem.toString())
                    .contains("/mnt/disk1", "disk of a node")
                    .doesNotContain("mtc.dev/shared-path");
        });
    }

    @Test
    void pathOfAHost_isRefusedUnlessSomebodySaysThatItIsShared() {
        volume(Map.of(), spec -> spec.withNewHostPath("/data/files", "Directory"));

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("PvMoveNotShared");
            assertThat(problem.fix()).contains("mtc.dev/shared-path: \"true\"");
        });
    }

    @Test
    void pathThatAllHostsShare_isMovedAndBoundToNoNode() {
        volume(
                Map.of("mtc.dev/shared-path", "true"),
                spec -> onNodeA(spec.withNewHostPath("/data/files", "Directory")));

        assertThat(problems()).extracting(Problem::code).containsExactly("PvMoveNotProbed");
        MigrationResult result = bed.migration(plan()).cutover().await(TestBed.LIMIT);

        assertThat(result.errors()).isEmpty();
        var moved =
                bed.target.client().persistentVolumes().withName(VOLUME).get().getSpec();
        assertThat(moved.getHostPath().getPath()).isEqualTo("/data/files");
        assertThat(moved.getNodeAffinity()).isNull();
        assertThat(TestBed.claim(bed.target, CLAIM).getSpec().getStorageClassName())
                .as("not the default")
                .isEmpty();
        assertThat(TestBed.claim(bed.target, CLAIM).getStatus().getPhase()).isEqualTo("Bound");
    }

    @Test
    void driverThatTheTargetHasNot_isRefused() {
        volume(Map.of(), spec -> spec.withNewCsi()
                .withDriver("disks.example")
                .withVolumeHandle("vol-1")
                .withNewNodePublishSecretRef("disk-key", "")
                .endCsi());

        assertThat(problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("PvMoveDriverMissing", "PvMoveSecretMissing");
        assertThat(problems()).anyMatch(problem -> problem.message().contains("Secret app/disk-key"));
    }

    @Test
    void volumeOfThatNameOnTheTarget_isInTheWay() {
        volume(Map.of(), MoveChecksIT::nfs);
        bed.target.client().resource(MoveBed.free(VOLUME)).create();

        assertThat(problems()).extracting(Problem::code).contains("PvNameConflict");
    }

    @Test
    void claimOfThatNameOnTheTarget_isInTheWay() {
        volume(Map.of(), MoveChecksIT::nfs);
        TestBed.namespace(bed.target, TestBed.APP);
        bed.target.client().resource(claim("another")).create();

        assertThat(plan().check().problems()).extracting(Problem::code).contains("PvcConflict");
    }

    @Test
    void sameCluster_isRefused() {
        volume(Map.of(), MoveChecksIT::nfs);
        Plan within = Plan.named("within")
                .from(bed.sourceCluster())
                .to(Clusters.of("again", bed.source.client()))
                .namespace(TestBed.APP, "elsewhere")
                .volume("app/" + CLAIM, VolumeChoice.move())
                .build();

        assertThat(within.check().problems()).extracting(Problem::code).contains("PvMoveSameCluster");
    }
}
