package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.CopyMethod;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.Storage;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.spi.VolumeMove;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes of mode Block, which applications see as devices. */
class BlockVolumesIT {

    private static final PersistentVolumeClaim RAW = new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withName("raw")
            .endMetadata()
            .withNewSpec()
            .withAccessModes("ReadWriteOnce")
            .withVolumeMode("Block")
            .withNewResources()
            .addToRequests("storage", new Quantity("1Gi"))
            .endResources()
            .endSpec()
            .build();

    private final Map<String, VolumeMove> moves = new ConcurrentHashMap<>();
    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        bed.volumes.answer(request -> {
            VolumeMove move = (VolumeMove) request;
            moves.put(move.source().name(), move);
            return Script.SUCCESS;
        });
        bed.source.client().resource(RAW).inNamespace(TestBed.APP).create();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void stage_ruleToCopyFiles_copiesDevicesBlockByBlockAndFilesAsBefore() {
        Plan plan = bed.planned().volumes(VolumeChoice.copy().verify()).build();

        MigrationResult result = bed.migration(plan).stage().await(TestBed.LIMIT);

        assertThat(result.status()).as(result.report().toText()).isEqualTo(Status.SUCCEEDED);
        assertThat(moves).hasSizeGreaterThan(1);
        moves.forEach((claim, move) -> {
            assertThat(move.choice().method())
                    .as(claim)
                    .isEqualTo(claim.equals("raw") ? CopyMethod.BLOCK : CopyMethod.FILESYSTEM);
            assertThat(move.choice().verification()).isPresent();
        });
        assertThat(bed.target
                        .client()
                        .persistentVolumeClaims()
                        .inNamespace(moves.get("raw").target().namespace())
                        .withName("raw")
                        .get()
                        .getSpec()
                        .getVolumeMode())
                .isEqualTo("Block");
    }

    @Test
    void check_directPlan_allowsDevices() {
        assertThat(refused(bed.planned().build())).isEmpty();
    }

    @Test
    void stage_throughTheRepository_refusesTheDeviceAndSaysWhatToDo() {
        Plan plan =
                bed.planned().via(Storage.s3("migrations")).indirectVolumes().build();

        MigrationResult result = bed.migration(plan).stage().await(TestBed.LIMIT);

        assertThat(result.errors())
                .filteredOn(problem -> problem.code().equals("PvInvalidCopyMethod"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).isEqualTo("volumes[" + TestBed.APP + "/raw]");
                    assertThat(problem.fix()).contains("directVolumes()", "VolumeChoice.skip()");
                });
        assertThat(moves).isEmpty();
    }

    @Test
    void check_filesBlockByBlock_areRefused() {
        Plan plan = bed.planned().volumes(VolumeChoice.copy(CopyMethod.BLOCK)).build();

        assertThat(refused(plan))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.toString()).contains("mode Filesystem"))
                .noneMatch(problem -> problem.where().contains("/raw"));
    }

    private static List<Problem> refused(Plan plan) {
        return plan.check().problems().stream()
                .filter(problem -> problem.code().equals("PvInvalidCopyMethod"))
                .toList();
    }
}
