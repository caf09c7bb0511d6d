package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.VolumeChoice;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/** Plans that move the volumes of the application, and what there is of these on both sides. */
final class MovedVolumes {

    private MovedVolumes() {}

    static PlanBuilder plan(TestBed bed) {
        return bed.planned().volumes(VolumeChoice.move());
    }

    /** {@return a plan with a hook at the point where {@link Rows#engine} makes runs go wrong} */
    static Plan planWithHooks(TestBed bed) {
        return plan(bed).hook(HookPoint.POST_RESTORE, Hook.call(hook -> {})).build();
    }

    /** {@return claims and volumes of the source} */
    static List<String> ofSource(TestBed bed) {
        return lines(bed, "source ");
    }

    /** {@return claims and volumes of the target} */
    static List<String> ofTarget(TestBed bed) {
        return lines(bed, "target ");
    }

    private static List<String> lines(TestBed bed, String side) {
        List<String> lines = ClusterDump.of(bed, "no run").stream()
                .filter(line -> line.startsWith(side + "persistentvolume"))
                .toList();
        assertThat(lines).allMatch(line -> line.contains("\"spec\""));
        return lines;
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
}
