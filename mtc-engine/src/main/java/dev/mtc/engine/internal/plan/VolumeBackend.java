package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is behind a PersistentVolume, and whether nodes of another cluster may be able to attach it.
 *
 * @param type the field of the volume's spec that describes it, such as {@code nfs}, empty if none is known
 * @param fields what that field holds
 * @param access from where it can be reached
 */
public record VolumeBackend(String type, JsonNode fields, Access access) {

    /**
     * On a PersistentVolume of type hostPath: {@code true} says that the path is on every node of both clusters and shows the same
     * files there, as a file system does that all of them mount.
     */
    public static final String SHARED_PATH = "mtc.dev/shared-path";

    private static final Set<String> NETWORK = Set.of(
            "nfs", "iscsi", "fc", "cephfs", "rbd", "glusterfs", "quobyte", "portworxVolume", "scaleIO", "storageos");
    private static final Set<String> CLOUD =
            Set.of("awsElasticBlockStore", "gcePersistentDisk", "azureDisk", "azureFile", "cinder", "vsphereVolume");

    /** From where a volume can be reached. */
    public enum Access {
        /** From wherever the network reaches, or the account of the cloud. */
        ANYWHERE,
        /** From nodes that have its driver. */
        DRIVER,
        /** From one node. */
        NODE,
        /** Nobody knows. */
        UNKNOWN
    }

    /** {@return what is behind a volume} */
    public static VolumeBackend of(JsonNode volume) {
        JsonNode spec = volume.path("spec");
        for (Map.Entry<String, JsonNode> field : spec.properties()) {
            String type = field.getKey();
            if (NETWORK.contains(type) || CLOUD.contains(type) || type.equals("flexVolume")) {
                return new VolumeBackend(type, field.getValue(), Access.ANYWHERE);
            } else if (type.equals("csi")) {
                return new VolumeBackend(type, field.getValue(), Access.DRIVER);
            } else if (type.equals("local")) {
                return new VolumeBackend(type, field.getValue(), Access.NODE);
            } else if (type.equals("hostPath")) {
                boolean isShared = volume.path("metadata")
                        .path("annotations")
                        .path(SHARED_PATH)
                        .asText()
                        .equals("true");
                return new VolumeBackend(type, field.getValue(), isShared ? Access.ANYWHERE : Access.NODE);
            }
        }
        return new VolumeBackend("", spec.path("none"), Access.UNKNOWN);
    }

    /** {@return whether another cluster may be able to attach it} */
    boolean isMovable() {
        return access == Access.ANYWHERE || access == Access.DRIVER;
    }

    /** {@return the driver of a volume of type csi, else empty} */
    String driver() {
        return type.equals("csi") ? fields.path("driver").asText() : "";
    }

    /** {@return the Secrets with which it is attached, as {@code namespace/name}; the namespace may be empty} */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        fields.properties().stream()
                .filter(field -> field.getKey().toLowerCase(Locale.ROOT).endsWith("secretref"))
                .forEach(field -> secrets.add(field.getValue().path("namespace").asText() + "/"
                        + field.getValue().path("name").asText()));
        return secrets;
    }

    /** {@return the type and its plain fields, for people} */
    public String words() {
        Map<String, String> plain = new TreeMap<>();
        fields.properties().stream()
                .filter(field -> field.getValue().isTextual())
                .forEach(field -> plain.put(field.getKey(), field.getValue().asText()));
        return type.isEmpty() ? "unknown type" : "type " + type + " " + plain;
    }

    /** {@return the spec with which the same storage becomes a volume of another cluster, not yet reserved for a claim} */
    public static ObjectNode specElsewhere(JsonNode volume) {
        ObjectNode spec = volume.path("spec").deepCopy();
        spec.remove("claimRef");
        spec.put("persistentVolumeReclaimPolicy", "Retain");
        if (spec.has("hostPath")) {
            spec.remove("nodeAffinity");
        }
        return spec;
    }
}
