package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.VolumeChoice;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A volume on a path that nodes of both clusters share changes clusters and comes back with what was written meanwhile. */
class MoveRealIT {

    private static final String NAME = "move-it";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String VOLUME =
            """
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: move-it, annotations: {mtc.dev/shared-path: "true"}}
            spec:
              capacity: {storage: 100Mi}
              accessModes: [ReadWriteOnce]
              persistentVolumeReclaimPolicy: Delete
              claimRef: {apiVersion: v1, kind: PersistentVolumeClaim, namespace: move-it, name: data}
              hostPath: {path: "${MTC_SHARED_PATH}/move-it", type: DirectoryOrCreate}
            """;

    private RealNamespace source;
    private RealNamespace target;
    private SmallApplication application;

    @BeforeEach
    void open() {
        String shared = System.getenv("MTC_SHARED_PATH");
        assumeThat(shared)
                .as("MTC_SHARED_PATH: a directory that all nodes of both clusters see")
                .isNotNull();
        source = RealNamespace.onSource(NAME);
        target = RealNamespace.onTarget(NAME);
        remove();
        source.create();
        source.apply(VOLUME.replace("${MTC_SHARED_PATH}", shared));
        source.apply(SeedText.of("seed-application.yaml", Map.of("NAMESPACE", NAME))
                .replace("storageClassName: standard", "storageClassName: \"\"\n  volumeName: move-it"));
        application = SmallApplication.in(source);
        application.awaitReady();
    }

    @AfterEach
    void close() {
        if (source != null) {
            remove();
            source.close();
            target.close();
        }
    }

    private void remove() {
        for (RealNamespace namespace : List.of(target, source)) {
            namespace.delete();
            namespace.client().persistentVolumes().withName(NAME).delete();
        }
    }

    private static Plan plan() {
        return Plan.named(NAME)
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace(NAME)
                .volumes(VolumeChoice.move())
                .build();
    }

    private static Migration migration() {
        return Migration.of(plan()).quiesce().verify();
    }

    private static PersistentVolume volume(RealNamespace namespace) {
        return namespace.client().persistentVolumes().withName(NAME).get();
    }

    @Test
    void cutoverAndRollback_takeTheVolumeThereAndBack() {
        String content = application.content();
        assertThat(plan().preview().actions())
                .filteredOn(action -> action.verb() == Preview.Verb.MOVE)
                .extracting(Preview.Action::subject)
                .containsExactly("move-it/data");

        MigrationResult result = migration().cutover().await(LIMIT).requireClean();

        assertThat(result.items())
                .filteredOn(item -> item.kind().equals("volume"))
                .allMatch(item -> item.action() == Action.MOVED && item.movedBytes() == 0)
                .hasSize(1);
        SmallApplication there = SmallApplication.in(target);
        assertThat(there.content()).isEqualTo(content);
        assertThat(volume(target).getStatus().getPhase()).isEqualTo("Bound");
        assertThat(volume(source).getSpec().getPersistentVolumeReclaimPolicy()).isEqualTo("Retain");
        assertThat(volume(source).getStatus().getPhase()).isEqualTo("Bound");
        there.run("echo meanwhile > /data/late");

        migration().rollback().await(LIMIT).requireClean();

        application.awaitAsBefore(LIMIT);
        assertThat(application.content()).isEqualTo(content);
        assertThat(application.run("cat /data/late")).isEqualTo("meanwhile\n");
        assertThat(volume(target)).isNull();
        assertThat(volume(source).getSpec().getPersistentVolumeReclaimPolicy()).isEqualTo("Delete");
        assertThat(volume(source).getMetadata().getAnnotations())
                .doesNotContainKeys("mtc.dev/moved-by-migplan", "migration.openshift.io/orig-reclaim-policy");
    }
}
