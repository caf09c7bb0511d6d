package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.VolumeChoice;
import java.util.List;

/**
 * Leaves claims to the volume movers, or takes from them what binds them to the source; follows their new names and classes in
 * pods and in the claim templates of StatefulSets.
 */
final class Claims implements BuiltInTransform {

    /** What ties a claim to a volume or content of the source. */
    private static final List<String> BINDING = List.of("volumeName", "selector", "dataSource", "dataSourceRef");

    private final RestoreSettings settings;

    Claims(RestoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "volume claims";
    }

    @Override
    public void apply(Draft draft) {
        if (draft.is("persistentvolumes")) {
            draft.skip("volumes are made or moved with their claims");
        } else if (draft.is("persistentvolumeclaims")) {
            claim(draft);
        } else if (draft.is("volumesnapshots.snapshot.storage.k8s.io")) {
            snapshot(draft);
        } else {
            PodSpecs.in(draft.object()).forEach(pod -> followNames(draft, pod));
            Json.objects(Json.at(draft.object(), "spec", "volumeClaimTemplates"))
                    .forEach(template -> followClass(draft, template));
        }
    }

    private void claim(Draft draft) {
        if (settings.claims() == RestoreSettings.Claims.BY_VOLUME_MOVERS) {
            boolean skipped = choice(draft, draft.source().name()) instanceof VolumeChoice.Skip;
            draft.skip(skipped ? "the plan skips this volume" : "the volume movers bring it with its data");
            return;
        }
        draft.spec().remove(BINDING);
        draft.removeAnnotation("pv.kubernetes.io/bind-completed");
        draft.removeAnnotation("pv.kubernetes.io/bound-by-controller");
        draft.removeAnnotation("volume.beta.kubernetes.io/storage-provisioner");
        draft.removeAnnotation("volume.kubernetes.io/storage-provisioner");
        draft.removeAnnotation("volume.kubernetes.io/selected-node");
    }

    private static void snapshot(Draft draft) {
        draft.warn(
                "SnapshotNotMigrated",
                "what it holds stays on the source's storage, and a new one on the target would hold other data",
                "keep the source's storage as long as the snapshot is needed, or exclude the kind");
        draft.skip("a snapshot stays with its storage");
    }

    private VolumeChoice choice(Draft draft, String claim) {
        return settings.plan().volumeChoice(draft.source().namespace(), claim);
    }

    private void followNames(Draft draft, ObjectNode pod) {
        for (ObjectNode volume : Json.objects(pod.path("volumes"))) {
            Json.object(volume, "persistentVolumeClaim").ifPresent(reference -> {
                String claim = Json.text(reference, "claimName");
                reference.put("claimName", settings.claim(draft.source().namespace(), claim));
                if (choice(draft, claim) instanceof VolumeChoice.Skip) {
                    draft.warn(
                            "VolumeSkipped",
                            "it mounts claim " + claim + ", which the plan skips",
                            "make claim " + claim + " on the target, or its pods stay pending");
                }
            });
        }
    }

    private void followClass(Draft draft, ObjectNode template) {
        String first =
                Json.text(template, "metadata", "name") + "-" + draft.source().name() + "-0";
        template.remove("status");
        if (choice(draft, first) instanceof VolumeChoice.Copy copy) {
            copy.storageClass()
                    .ifPresent(name -> template.withObjectProperty("spec").put("storageClassName", name));
            copy.targetName()
                    .filter(name -> !name.equals(first))
                    .ifPresent(name -> draft.warn(
                            "ClaimNameFixed",
                            "claim " + first + " becomes " + name + ", but a StatefulSet names its claims itself",
                            "keep the name of claim " + first));
        }
    }
}
