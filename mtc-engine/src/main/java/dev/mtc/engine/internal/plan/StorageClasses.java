package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Side;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.model.v1alpha1.PlanStorageClass;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.companion.CompanionKinds;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The storage classes of both clusters, and which of the target's a claim should get (MTC specification 4.3). */
public final class StorageClasses {

    private static final String COLLECTION = "/apis/storage.k8s.io/v1/storageclasses";
    private static final List<String> DEFAULT_ANNOTATIONS =
            List.of("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");
    private static final String CEPHFS = "cephfs.csi.ceph.com";
    private static final String RBD = "rbd.csi.ceph.com";

    private final List<ObjectNode> ofSource;
    private final List<ObjectNode> ofTarget;

    private StorageClasses(List<ObjectNode> ofSource, List<ObjectNode> ofTarget) {
        this.ofSource = ofSource;
        this.ofTarget = ofTarget;
    }

    /** {@return the classes of both clusters} */
    public static StorageClasses of(ApiServer source, ApiServer target) {
        return new StorageClasses(source.list(COLLECTION, ""), target.list(COLLECTION, ""));
    }

    /** {@return the classes of both clusters of a plan, the target's with those that come along} */
    public static StorageClasses of(RunContext context) {
        StorageClasses present = of(context.server(Side.SOURCE), context.server(Side.TARGET));
        List<ObjectNode> all = new ArrayList<>(present.ofTarget);
        context.companions().of(CompanionKinds.STORAGE_CLASSES).stream()
                .filter(companion -> !present.exists(name(companion)))
                .forEach(all::add);
        return new StorageClasses(present.ofSource, all);
    }

    /** {@return the class for a volume on the target: the chosen one, or the one that is proposed} */
    public Optional<String> propose(PlannedVolume volume) {
        return volume.copy()
                .flatMap(VolumeChoice.Copy::storageClass)
                .or(() -> propose(volume.sourceStorageClass(), volume.sourceAccessModes()));
    }

    /**
     * {@return a class of the target: one of the same provisioner, of the same name if there is one, else the default} Gluster,
     * which newer clusters do not have, becomes Ceph where there is Ceph.
     *
     * @param sourceClass the class on the source, empty if it has none
     * @param accessModes of the claim
     */
    Optional<String> propose(String sourceClass, List<String> accessModes) {
        String provisioner = sourceProvisioner(sourceClass);
        String wanted = isGluster(provisioner) ? ceph(accessModes) : provisioner;
        List<String> sameProvisioner = ofTarget.stream()
                .filter(c -> !wanted.isEmpty() && provisioner(c).endsWith(wanted))
                .filter(c -> isGluster(provisioner) || provisioner(c).equals(wanted))
                .map(StorageClasses::name)
                .toList();
        if (sameProvisioner.contains(sourceClass)) {
            return Optional.of(sourceClass);
        }
        return sameProvisioner.isEmpty() ? defaultClass() : Optional.of(sameProvisioner.get(0));
    }

    private static boolean isGluster(String provisioner) {
        return provisioner.equals("kubernetes.io/glusterfs") || provisioner.startsWith("gluster.org/glusterblock");
    }

    private static String ceph(List<String> accessModes) {
        return accessModes.contains("ReadWriteMany") || !accessModes.contains("ReadWriteOnce") ? CEPHFS : RBD;
    }

    /** {@return the provisioner of a class of the source, empty if there is no such class} */
    String sourceProvisioner(String name) {
        return provisioner(ofSource, name);
    }

    /** {@return the provisioner of a class of the target, empty if there is no such class} */
    String targetProvisioner(String name) {
        return provisioner(ofTarget, name);
    }

    private static String provisioner(List<ObjectNode> classes, String name) {
        return classes.stream()
                .filter(c -> name(c).equals(name))
                .map(StorageClasses::provisioner)
                .findFirst()
                .orElse("");
    }

    /** {@return whether the target has a class} */
    public boolean exists(String name) {
        return names().contains(name);
    }

    /** {@return the names of the target's classes} */
    public List<String> names() {
        return ofTarget.stream().map(StorageClasses::name).toList();
    }

    /** {@return whether volumes of a class are made by hand, so that a claim binds only if there is a fitting one} */
    public boolean isWithoutProvisioner(String name) {
        return exists(name) && targetProvisioner(name).equals("kubernetes.io/no-provisioner");
    }

    /** {@return the source's classes, for the status of a plan} */
    public List<PlanStorageClass> sourceStatus() {
        return ofSource.stream().map(StorageClasses::status).toList();
    }

    /** {@return the target's classes, for the status of a plan} */
    public List<PlanStorageClass> targetStatus() {
        return ofTarget.stream().map(StorageClasses::status).toList();
    }

    private static PlanStorageClass status(ObjectNode storageClass) {
        PlanStorageClass status = new PlanStorageClass();
        status.setName(name(storageClass));
        status.setProvisioner(provisioner(storageClass));
        status.setDefaultClass(isDefault(storageClass));
        status.setVolumeAccessModes(Provisioners.access(provisioner(storageClass)));
        return status;
    }

    private Optional<String> defaultClass() {
        return ofTarget.stream()
                .filter(StorageClasses::isDefault)
                .map(StorageClasses::name)
                .findFirst();
    }

    private static boolean isDefault(ObjectNode storageClass) {
        JsonNode annotations = storageClass.path("metadata").path("annotations");
        return DEFAULT_ANNOTATIONS.stream()
                .anyMatch(name -> annotations.path(name).asText().equals("true"));
    }

    private static String name(ObjectNode storageClass) {
        return storageClass.path("metadata").path("name").asText();
    }

    private static String provisioner(ObjectNode storageClass) {
        return storageClass.path("provisioner").asText();
    }
}
