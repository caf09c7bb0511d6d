package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds claims to volumes, makes volumes for the classes it provides, and gives them up again. */
final class Binder implements Consumer<Change> {

    static final String CLAIMS = "/persistentvolumeclaims";

    private static final String VOLUMES = "/persistentvolumes";
    private static final String CLASSES = "storage.k8s.io/storageclasses";
    private static final Writes.Options SELF = Writes.Options.by("kube-controller-manager");

    private final Store store;
    private final Writes writes;
    private final Deletes deletes;
    private final ResourceType claims;
    private final ResourceType volumes;

    Binder(Store store, Catalog catalog, Writes writes, Deletes deletes) {
        this.store = store;
        this.writes = writes;
        this.deletes = deletes;
        this.claims = catalog.builtIn("", "persistentvolumeclaims");
        this.volumes = catalog.builtIn("", "persistentvolumes");
    }

    @Override
    public void accept(Change change) {
        boolean deleted = change.type() == Change.Type.DELETED;
        switch (change.storage()) {
            case CLAIMS -> {
                if (deleted) {
                    giveUp(change.object());
                } else {
                    lookAtClaim(change.key());
                }
            }
            case VOLUMES -> {
                if (!deleted) {
                    lookAtVolume(change.key());
                }
            }
            case CLASSES -> pending().forEach(claim -> lookAtClaim(ObjectKey.of(claim)));
            case Workloads.PODS -> {
                if (deleted || Workloads.hasEnded(change.object())) {
                    new ArrayList<>(store.view(CLAIMS, change.key().namespace()))
                            .stream().filter(Trees::isDeleting).forEach(claim -> lookAtClaim(ObjectKey.of(claim)));
                }
            }
            default -> {}
        }
    }

    /** {@return why a pod cannot run yet for the sake of its claims, or nothing} A late claim is bound by asking. */
    String obstacle(ObjectNode pod) {
        for (String name : claimsOf(pod)) {
            ObjectKey key = new ObjectKey(Trees.namespace(pod), name);
            ObjectNode claim = store.find(CLAIMS, key);
            if (claim == null) {
                return "persistentvolumeclaim \"" + name + "\" not found";
            }
            if (isPending(claim)) {
                bind(key, claim, true);
            }
            ObjectNode now = store.find(CLAIMS, key);
            if (now == null || !Trees.text(now, "status", "phase").equals("Bound")) {
                return "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.";
            }
        }
        return "";
    }

    private static Set<String> claimsOf(JsonNode pod) {
        return Trees.items(Trees.at(pod, "spec", "volumes")).stream()
                .map(volume -> Trees.text(volume, "persistentVolumeClaim", "claimName"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private List<ObjectNode> pending() {
        return new ArrayList<>(store.view(CLAIMS, ""))
                .stream().filter(Binder::isPending).toList();
    }

    private static boolean isPending(JsonNode claim) {
        return Trees.text(claim, "status", "phase").equals("Pending") && !Trees.isDeleting(claim);
    }

    private void lookAtClaim(ObjectKey key) {
        ObjectNode claim = store.find(CLAIMS, key);
        if (claim == null) {
            return;
        }
        if (Trees.isDeleting(claim)) {
            boolean used = store.view(Workloads.PODS, key.namespace()).stream()
                    .anyMatch(pod -> !Workloads.hasEnded(pod) && claimsOf(pod).contains(key.name()));
            if (!used) {
                release(claims, key, "kubernetes.io/pvc-protection");
            }
        } else if (isPending(claim)) {
            bind(key, claim, false);
        }
    }

    private void bind(ObjectKey key, ObjectNode claim, boolean consumed) {
        ObjectNode volume = present(claim);
        if (volume == null && Trees.text(claim, "spec", "volumeName").isEmpty()) {
            volume = provisioned(claim, consumed);
        }
        if (volume == null) {
            return;
        }
        ObjectNode bound = volume;
        writes.change(volumes, ObjectKey.of(bound), SELF, t -> Trees.in(t, "spec", "claimRef")
                .put("apiVersion", "v1")
                .put("kind", "PersistentVolumeClaim")
                .put("namespace", key.namespace())
                .put("name", key.name())
                .put("uid", Trees.uid(claim)));
        phase(volumes, ObjectKey.of(bound), "Bound");
        writes.change(claims, key, SELF, t -> {
            Trees.in(t, "spec").put("volumeName", Trees.name(bound));
            Trees.in(t, "metadata", "annotations")
                    .put("pv.kubernetes.io/bind-completed", "yes")
                    .put("pv.kubernetes.io/bound-by-controller", "yes");
        });
        writes.change(claims, key, SELF.toStatus(), t -> {
            ObjectNode status = Trees.in(t, "status").put("phase", "Bound");
            status.set("accessModes", Trees.at(bound, "spec", "accessModes").deepCopy());
            status.set("capacity", Trees.at(bound, "spec", "capacity").deepCopy());
        });
    }

    /** {@return the volume that a claim names, or a free one of its class} */
    private @Nullable ObjectNode present(ObjectNode claim) {
        String wanted = Trees.text(claim, "spec", "volumeName");
        return new ArrayList<>(store.view(VOLUMES, ""))
                .stream()
                        .filter(volume -> !Trees.isDeleting(volume))
                        .filter(volume -> wanted.isEmpty()
                                ? fits(volume, claim)
                                : Trees.name(volume).equals(wanted) && isFreeFor(volume, claim))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean fits(ObjectNode volume, ObjectNode claim) {
        boolean reserved = volume.path("spec").has("claimRef");
        return isFreeFor(volume, claim)
                && Trees.text(volume, "spec", "storageClassName").equals(Trees.text(claim, "spec", "storageClassName"))
                && (reserved
                        || Quantities.bytes(Trees.text(volume, "spec", "capacity", "storage"))
                                >= Quantities.bytes(Trees.text(claim, "spec", "resources", "requests", "storage")))
                && Trees.items(Trees.at(volume, "spec", "accessModes"))
                        .containsAll(Trees.items(Trees.at(claim, "spec", "accessModes")));
    }

    private static boolean isFreeFor(ObjectNode volume, ObjectNode claim) {
        JsonNode holder = Trees.at(volume, "spec", "claimRef");
        String uid = Trees.text(holder, "uid");
        boolean mine = Trees.text(holder, "name").equals(Trees.name(claim))
                && Trees.text(holder, "namespace").equals(Trees.namespace(claim))
                && (uid.isEmpty() || uid.equals(Trees.uid(claim)));
        return holder.isMissingNode() || mine;
    }

    private @Nullable ObjectNode provisioned(ObjectNode claim, boolean consumed) {
        String name = Trees.text(claim, "spec", "storageClassName");
        ObjectNode storageClass = store.find(CLASSES, new ObjectKey("", name));
        if (storageClass == null
                || !Trees.text(storageClass, "provisioner").equals(Furnishing.PROVISIONER)
                || (Trees.text(storageClass, "volumeBindingMode").equals("WaitForFirstConsumer") && !consumed)) {
            return null;
        }
        ObjectNode volume = Trees.object();
        Trees.meta(volume).put("name", "pvc-" + Trees.uid(claim));
        Trees.in(volume, "metadata", "annotations").put("pv.kubernetes.io/provisioned-by", Furnishing.PROVISIONER);
        ObjectNode spec = volume.putObject("spec")
                .put("storageClassName", name)
                .put("persistentVolumeReclaimPolicy", Trees.text(storageClass, "reclaimPolicy"))
                .put("volumeMode", Trees.text(claim, "spec", "volumeMode"));
        spec.set("accessModes", Trees.at(claim, "spec", "accessModes").deepCopy());
        spec.putObject("capacity").set("storage", Trees.at(claim, "spec", "resources", "requests", "storage"));
        spec.putObject("csi").put("driver", Furnishing.PROVISIONER).put("volumeHandle", Trees.uid(claim));
        return writes.create(volumes, "", volume, SELF);
    }

    private void lookAtVolume(ObjectKey key) {
        ObjectNode volume = store.find(VOLUMES, key);
        if (volume == null) {
            return;
        }
        JsonNode holder = Trees.at(volume, "spec", "claimRef");
        ObjectNode claim =
                store.find(CLAIMS, new ObjectKey(Trees.text(holder, "namespace"), Trees.text(holder, "name")));
        boolean held = claim != null && Trees.uid(claim).equals(Trees.text(holder, "uid"));
        if (Trees.isDeleting(volume)) {
            if (!held) {
                release(volumes, key, "kubernetes.io/pv-protection");
            }
        } else if (Trees.text(volume, "status", "phase").equals("Pending")) {
            phase(volumes, key, "Available");
            pending().forEach(waiting -> lookAtClaim(ObjectKey.of(waiting)));
        }
    }

    /** Does with a gone claim's volume what its reclaim policy says. */
    private void giveUp(ObjectNode claim) {
        for (ObjectNode volume : new ArrayList<>(store.view(VOLUMES, ""))) {
            if (!Trees.text(volume, "spec", "claimRef", "uid").equals(Trees.uid(claim))) {
                continue;
            }
            if (Trees.isDeleting(volume)) {
                lookAtVolume(ObjectKey.of(volume));
                continue;
            }
            phase(volumes, ObjectKey.of(volume), "Released");
            if (Trees.text(volume, "spec", "persistentVolumeReclaimPolicy").equals("Delete")) {
                deletes.delete(volumes, ObjectKey.of(volume), Deletes.Options.BACKGROUND);
            }
        }
    }

    private void release(ResourceType type, ObjectKey key, String finalizer) {
        writes.change(type, key, SELF, t -> Trees.removeText(Trees.meta(t), "finalizers", finalizer));
    }

    private void phase(ResourceType type, ObjectKey key, String phase) {
        writes.change(type, key, SELF.toStatus(), t -> Trees.in(t, "status").put("phase", phase));
    }
}
