package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.Migration;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.VolumeChoice;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/** The application of the test bed, plans that move its volumes, and what there is of these on both sides. */
final class MoveBed implements AutoCloseable {

    final TestBed bed = TestBed.withApp();
    private final List<String> before = ofSource();

    private PlanBuilder planned() {
        return bed.planned().volumes(VolumeChoice.move());
    }

    Plan plan() {
        return planned().build();
    }

    /** {@return a plan with a hook at the point where {@link Rows#engine} makes runs go wrong} */
    Plan planWithHooks() {
        return planned().hook(HookPoint.POST_RESTORE, Hook.call(hook -> {})).build();
    }

    Migration migration() {
        return bed.migration(plan());
    }

    /** {@return claims and volumes of the source} */
    private List<String> ofSource() {
        return lines("source ");
    }

    /** {@return claims and volumes of the target} */
    List<String> ofTarget() {
        return lines("target ");
    }

    private List<String> lines(String side) {
        List<String> lines = ClusterDump.of(bed, "no run").stream()
                .filter(line -> line.startsWith(side + "persistentvolume"))
                .toList();
        assertThat(lines).allMatch(line -> line.contains("\"spec\""));
        return lines;
    }

    /** The source's claims and volumes are as they were before any migration. */
    void assertSourceUntouched() {
        assertThat(ofSource()).isEqualTo(before);
    }

    /** Nothing was moved, or all of it was given back. */
    void assertNothingMoved() {
        assertSourceUntouched();
        assertThat(ofTarget()).isEmpty();
    }

    /** {@return a volume that anybody may claim} */
    static PersistentVolume free(String name) {
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withCapacity(Map.of("storage", new Quantity("1Gi")))
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName("nobody's")
                .withNewNfs("/other", false, "nfs.example")
                .endSpec()
                .build();
    }

    @Override
    public void close() {
        bed.close();
    }
}
