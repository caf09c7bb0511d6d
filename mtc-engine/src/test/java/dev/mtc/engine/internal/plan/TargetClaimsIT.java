package dev.mtc.engine.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Clusters;
import dev.mtc.api.Side;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims on the target and the storage classes that they get. */
class TargetClaimsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ClaimRef SOURCE = new ClaimRef("app", "data");
    private static final ClaimRef TARGET = new ClaimRef("app", "copy");
    private static final Map<String, String> LABELS = Map.of(Labels.PLAN, "plan-uid");

    private EmbeddedCluster old;
    private EmbeddedCluster recent;
    private ApiServer source;
    private ApiServer target;

    @BeforeEach
    void open() {
        old = EmbeddedCluster.start("old");
        recent = EmbeddedCluster.start("new");
        source = Connections.open(Side.SOURCE, Clusters.of("old", old.client()));
        target = Connections.open(Side.TARGET, Clusters.of("new", recent.client()));
        recent.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("app")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
        old.close();
        recent.close();
    }

    private static void storageClass(EmbeddedCluster cluster, String name, String provisioner) {
        cluster.client()
                .resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withProvisioner(provisioner)
                        .build())
                .create();
    }

    private static PlannedVolume volume(String storageClass, VolumeChoice choice) {
        String text =
                """
                {"metadata": {"name": "data", "namespace": "app", "labels": {"app": "db"},
                  "annotations": {"note": "kept", "pv.kubernetes.io/bind-completed": "yes",
                    "volume.kubernetes.io/selected-node": "node-1"}},
                 "spec": {"accessModes": ["ReadWriteOnce"], "volumeMode": "Filesystem", "volumeName": "pv-1",
                   "storageClassName": "%s", "resources": {"requests": {"storage": "1Gi"}}},
                 "status": {"phase": "Bound"}}"""
                        .formatted(storageClass);
        try {
            return new PlannedVolume(SOURCE, TARGET, choice, (ObjectNode) JSON.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StorageClasses classes() {
        return StorageClasses.of(source, target);
    }

    @Test
    void propose_aChosenClass_winsEvenIfItDoesNotExist() {
        PlannedVolume volume = volume("standard", VolumeChoice.copy().storageClass("gold"));

        assertThat(classes().propose(volume)).contains("gold");
        assertThat(classes().exists("gold")).isFalse();
    }

    @Test
    void propose_sameProvisioner_prefersTheSameNameThenTheFirst() {
        storageClass(old, "fast", "example.com/disk");
        storageClass(old, "slow", "example.com/disk");
        storageClass(recent, "a-fast", "example.com/disk");
        storageClass(recent, "fast", "example.com/disk");

        assertThat(classes().propose(volume("fast", VolumeChoice.copy()))).contains("fast");
        assertThat(classes().propose(volume("slow", VolumeChoice.copy()))).contains("a-fast");
    }

    @Test
    void propose_sameNameOfAnotherProvisioner_isNotTaken() {
        storageClass(old, "fast", "example.com/disk");
        storageClass(recent, "fast", "example.org/tape");

        assertThat(classes().propose(volume("fast", VolumeChoice.copy()))).contains("standard");
    }

    @Test
    void propose_unknownOrNoClass_givesTheDefaultOfTheTarget() {
        assertThat(classes().propose(volume("", VolumeChoice.copy()))).contains("standard");
        recent.client().storage().v1().storageClasses().withName("standard").delete();

        assertThat(classes().propose(volume("", VolumeChoice.copy()))).isEmpty();
    }

    @Test
    void isWithoutProvisioner_ofAHandMadeClass_isTrue() {
        storageClass(recent, "manual", "kubernetes.io/no-provisioner");

        assertThat(classes().isWithoutProvisioner("manual")).isTrue();
        assertThat(classes().isWithoutProvisioner("standard")).isFalse();
    }

    @Test
    void ensure_aMissingClaim_makesItLikeTheSourceWithoutItsBinding() {
        TargetClaims claims = new TargetClaims(target, "plan-uid");

        claims.ensure(volume("standard", VolumeChoice.copy()), classes(), LABELS);

        ObjectNode claim = claims.find(TARGET).orElseThrow();
        assertThat(claim.at("/metadata/labels/app").asText()).isEqualTo("db");
        assertThat(claim.at("/metadata/annotations/note").asText()).isEqualTo("kept");
        assertThat(claim.at("/metadata/annotations").toString()).doesNotContain("selected-node");
        assertThat(claim.at("/spec/storageClassName").asText()).isEqualTo("standard");
        assertThat(claim.at("/spec/resources/requests/storage").asText()).isEqualTo("1Gi");
        assertThat(claim.at("/spec/accessModes").toString()).isEqualTo("[\"ReadWriteOnce\"]");
        assertThat(claim.at("/spec/volumeName").asText()).isNotEqualTo("pv-1");
        assertThat(claims.isOurs(claim)).isTrue();
        assertThat(new TargetClaims(target, "other").isOurs(claim)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"100Gi, 100Gi", "1Gi, 1Gi", "512Mi, 1Gi", "1074Mi, 1074Mi", "unlimited, 1Gi"})
    void ensure_volumeLargerThanItsClaimAsksFor_asksForAllOfIt(String capacity, String expected) {
        TargetClaims claims = new TargetClaims(target, "plan-uid");
        PlannedVolume volume = volume("standard", VolumeChoice.copy());
        ((ObjectNode) volume.claim().path("status")).putObject("capacity").put("storage", capacity);

        claims.ensure(volume, classes(), LABELS);

        assertThat(claims.find(TARGET)
                        .orElseThrow()
                        .at("/spec/resources/requests/storage")
                        .asText())
                .isEqualTo(expected);
    }

    @Test
    void ensure_withChoices_followsThem() {
        TargetClaims claims = new TargetClaims(target, "plan-uid");

        claims.ensure(
                volume(
                        "standard",
                        VolumeChoice.copy()
                                .size("5Gi")
                                .accessMode("ReadWriteMany")
                                .storageClass("gold")),
                classes(),
                LABELS);

        ObjectNode spec = (ObjectNode) claims.find(TARGET).orElseThrow().path("spec");
        assertThat(spec.at("/resources/requests/storage").asText()).isEqualTo("5Gi");
        assertThat(spec.at("/accessModes").toString()).isEqualTo("[\"ReadWriteMany\"]");
        assertThat(spec.path("storageClassName").asText()).isEqualTo("gold");
    }

    @Test
    void ensure_aPresentClaim_leavesItAlone() {
        TargetClaims claims = new TargetClaims(target, "plan-uid");
        claims.ensure(volume("standard", VolumeChoice.copy()), classes(), Map.of());
        ObjectNode before = claims.find(TARGET).orElseThrow();

        claims.ensure(volume("standard", VolumeChoice.copy().size("5Gi")), classes(), LABELS);

        assertThat(claims.find(TARGET).orElseThrow().path("spec").path("resources"))
                .isEqualTo(before.path("spec").path("resources"));
        assertThat(claims.isOurs(claims.find(TARGET).orElseThrow())).isFalse();
    }

    @Test
    void handOver_thenTakeBack_marksAndUnmarksTheClaim() {
        TargetClaims claims = new TargetClaims(target, "plan-uid");
        claims.handOver(TARGET, "nobody-minds-a-missing-claim");
        claims.ensure(volume("standard", VolumeChoice.copy()), classes(), LABELS);

        claims.handOver(TARGET, "run-1");
        assertThat(claims.find(TARGET).flatMap(claims::handedOverBy)).contains("run-1");
        claims.takeBack(TARGET);
        assertThat(claims.find(TARGET).flatMap(claims::handedOverBy)).isEmpty();
    }
}
