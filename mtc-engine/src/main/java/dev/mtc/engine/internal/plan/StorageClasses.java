package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.cluster.ApiServer;
import java.util.List;
import java.util.Optional;

/** The storage classes of the target, and which of them a claim should get (MTC specification 4.3). */
public final class StorageClasses {

    private static final String COLLECTION = "/apis/storage.k8s.io/v1/storageclasses";
    private static final List<String> DEFAULT_ANNOTATIONS =
            List.of("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");

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

    /** {@return the class for a volume on the target: the chosen one, one of the same provisioner, or the default} */
    public Optional<String> propose(PlannedVolume volume) {
        Optional<String> chosen = volume.copy().flatMap(copy -> copy.storageClass());
        if (chosen.isPresent()) {
            return chosen;
        }
        String sourceClass = volume.sourceStorageClass();
        Optional<String> provisioner = ofSource.stream()
                .filter(c -> name(c).equals(sourceClass))
                .map(StorageClasses::provisioner)
                .findFirst();
        List<String> sameProvisioner = ofTarget.stream()
                .filter(c -> provisioner.filter(provisioner(c)::equals).isPresent())
                .map(StorageClasses::name)
                .toList();
        if (sameProvisioner.contains(sourceClass)) {
            return Optional.of(sourceClass);
        }
        return sameProvisioner.isEmpty() ? defaultClass() : Optional.of(sameProvisioner.get(0));
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
        return ofTarget.stream()
                .anyMatch(c -> name(c).equals(name) && provisioner(c).equals("kubernetes.io/no-provisioner"));
    }

    private Optional<String> defaultClass() {
        return ofTarget.stream()
                .filter(c -> DEFAULT_ANNOTATIONS.stream().anyMatch(a -> c.path("metadata")
                        .path("annotations")
                        .path(a)
                        .asText()
                        .equals("true")))
                .map(StorageClasses::name)
                .findFirst();
    }

    private static String name(ObjectNode storageClass) {
        return storageClass.path("metadata").path("name").asText();
    }

    private static String provisioner(ObjectNode storageClass) {
        return storageClass.path("provisioner").asText();
    }
}
