package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.model.v1alpha1.PersistentVolume;
import dev.mtc.api.model.v1alpha1.PlanClaim;
import dev.mtc.api.model.v1alpha1.Selection;
import dev.mtc.api.model.v1alpha1.Supported;
import dev.mtc.engine.internal.quiesce.RunningPods;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The volumes of a plan's namespaces as the items of a MigPlan (MTC specification 4.2). Unlike MTC, claims of the same name in
 * two namespaces are told apart, and volumes on the disk of a node can be copied.
 */
public final class DiscoveredVolumes {

    private static final String SKIP = "skip";
    private static final String COPY = "copy";
    private static final String MOVE = "move";
    private static final String FILESYSTEM = "filesystem";
    private static final String BLOCK = "Block";
    private static final String UNKNOWN = "Unknown";

    /** Kinds of owners that MTC names. */
    private static final Map<String, String> OWNER_GROUPS = Map.of(
            "StatefulSet", "apps/",
            "DaemonSet", "apps/",
            "Deployment", "apps/",
            "ReplicaSet", "apps/",
            "DeploymentConfig", "apps.openshift.io/",
            "Job", "batch/",
            "CronJob", "batch/");

    private final Map<String, ObjectNode> volumes = new HashMap<>();
    private final Map<String, TreeSet<String>> owners = new HashMap<>();
    private final Map<String, ObjectNode> replicaSets = new HashMap<>();
    private final StorageClasses classes;

    private DiscoveredVolumes(StorageClasses classes) {
        this.classes = classes;
    }

    /**
     * {@return an item with a default selection for each claim that is bound, by the names of the volumes}
     *
     * @param claims of the source namespaces
     * @param volumes of the source
     * @param pods of the source namespaces, also those that templates would make
     * @param replicaSets of the source namespaces
     * @param classes of both clusters
     */
    public static List<PersistentVolume> of(
            Collection<ObjectNode> claims,
            Collection<ObjectNode> volumes,
            Collection<ObjectNode> pods,
            Collection<ObjectNode> replicaSets,
            StorageClasses classes) {
        DiscoveredVolumes discovered = new DiscoveredVolumes(classes);
        replicaSets.forEach(set -> discovered.replicaSets.put(namespace(set) + "/" + name(set), set));
        volumes.forEach(volume -> discovered.volumes.put(name(volume), volume));
        pods.forEach(discovered::note);
        return claims.stream()
                .filter(discovered::isBound)
                .filter(claim -> !isOwnedByClaim(claim))
                .map(discovered::item)
                .sorted(Comparator.comparing(item -> String.valueOf(item.getName())))
                .toList();
    }

    /**
     * {@return the discovered items with what the user chose in those that were there before; the others are gone}
     *
     * @param discovered what there is now
     * @param edited what the plan has
     */
    public static List<PersistentVolume> merge(List<PersistentVolume> discovered, List<PersistentVolume> edited) {
        Map<String, PersistentVolume> before = new HashMap<>();
        edited.forEach(item -> before.put(String.valueOf(item.getName()), item));
        List<PersistentVolume> merged = new ArrayList<>();
        for (PersistentVolume item : discovered) {
            PersistentVolume own = before.get(String.valueOf(item.getName()));
            if (own != null) {
                keepChoices(own, item);
            }
            List<String> actions = item.getSupported().getActions();
            if (actions.size() == 1) {
                item.getSelection().setAction(actions.get(0));
            }
            merged.add(item);
        }
        return merged;
    }

    private static void keepChoices(PersistentVolume own, PersistentVolume item) {
        item.setSelection(own.getSelection());
        item.setCapacityConfirmed(own.isCapacityConfirmed());
        item.setProposedCapacity(own.getProposedCapacity());
        PlanClaim claim = own.getPvc();
        if (claim.getName() != null) {
            item.getPvc().setName(claim.getName());
        }
        if (!claim.getAccessModes().isEmpty()) {
            item.getPvc().setAccessModes(claim.getAccessModes());
        }
        if (claim.getVolumeMode() != null) {
            item.getPvc().setVolumeMode(claim.getVolumeMode());
        }
    }

    private void note(ObjectNode pod) {
        for (String claim : RunningPods.claimsOf(pod)) {
            owners.computeIfAbsent(claim, key -> new TreeSet<>()).add(owner(pod));
        }
    }

    private String owner(JsonNode object) {
        JsonNode references = object.path("metadata").path("ownerReferences");
        if (references.size() != 1) {
            return UNKNOWN;
        }
        JsonNode owner = references.get(0);
        ObjectNode set =
                replicaSets.get(namespace(object) + "/" + owner.path("name").asText());
        if (owner.path("kind").asText().equals("ReplicaSet") && set != null) {
            String above = owner(set);
            return above.equals(UNKNOWN) ? "ReplicaSet" : above;
        }
        String kind = owner.path("kind").asText();
        String apiVersion = owner.path("apiVersion").asText();
        boolean isMachine = kind.equals("VirtualMachineInstance") && apiVersion.startsWith("kubevirt.io/");
        if (isMachine) {
            return "VirtualMachine";
        }
        return OWNER_GROUPS.containsKey(kind) && apiVersion.startsWith(OWNER_GROUPS.get(kind)) ? kind : UNKNOWN;
    }

    private boolean isBound(ObjectNode claim) {
        ObjectNode volume = volumes.get(claim.path("spec").path("volumeName").asText());
        JsonNode reference =
                volume == null ? claim.path("none") : volume.path("spec").path("claimRef");
        return reference.path("namespace").asText().equals(namespace(claim))
                && reference.path("name").asText().equals(name(claim))
                && volume != null
                && volume.path("status").path("phase").asText().equals("Bound");
    }

    /** Claims that an importer of disks makes for another one. */
    private static boolean isOwnedByClaim(ObjectNode claim) {
        for (JsonNode owner : claim.path("metadata").path("ownerReferences")) {
            if (owner.path("kind").asText().equals("PersistentVolumeClaim")
                    && owner.path("controller").asBoolean()) {
                return true;
            }
        }
        return false;
    }

    private PersistentVolume item(ObjectNode claim) {
        String volumeName = claim.path("spec").path("volumeName").asText();
        JsonNode volume = volumes.getOrDefault(volumeName, claim).path("spec");
        PersistentVolume item = new PersistentVolume();
        item.setName(volumeName);
        item.setCapacity(new Quantity(volume.path("capacity").path("storage").asText("0")));
        item.setStorageClass(volume.path("storageClassName").asText(""));
        item.setPvc(claim(claim));
        Supported supported = item.getSupported();
        boolean isMovable =
                VolumeBackend.of(volumes.getOrDefault(volumeName, claim)).isMovable();
        supported.setActions(isMovable ? List.of(SKIP, COPY, MOVE) : List.of(SKIP, COPY));
        String method = BLOCK.equals(item.getPvc().getVolumeMode()) ? "block" : FILESYSTEM;
        supported.setCopyMethods(List.of(method));
        Selection selection = item.getSelection();
        selection.setAction(COPY);
        selection.setCopyMethod(method);
        selection.setStorageClass(classes.propose(
                        item.getStorageClass() == null ? "" : item.getStorageClass(),
                        item.getPvc().getAccessModes())
                .orElse(""));
        return item;
    }

    private PlanClaim claim(ObjectNode claim) {
        PlanClaim item = new PlanClaim();
        item.setNamespace(namespace(claim));
        item.setName(name(claim));
        List<String> modes = new ArrayList<>();
        claim.path("spec").path("accessModes").forEach(mode -> modes.add(mode.asText()));
        item.setAccessModes(modes);
        item.setVolumeMode(claim.path("spec").path("volumeMode").asText("Filesystem"));
        TreeSet<String> users = owners.getOrDefault(namespace(claim) + "/" + name(claim), new TreeSet<>());
        item.setReferenced(!users.isEmpty());
        if (!users.isEmpty()) {
            item.setOwnerType(users.size() == 1 ? users.first() : UNKNOWN);
        }
        return item;
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    private static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText();
    }
}
