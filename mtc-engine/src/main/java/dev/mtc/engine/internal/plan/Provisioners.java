package dev.mtc.engine.internal.plan;

import dev.mtc.api.model.v1alpha1.VolumeModeAccess;
import java.util.List;
import java.util.Map;

/** Which access modes volumes of a provisioner can have, as far as MTC knows (its specification, storage class proposal). */
public final class Provisioners {

    private static final String RWO = "ReadWriteOnce";
    private static final String ROX = "ReadOnlyMany";
    private static final String RWX = "ReadWriteMany";
    private static final String FILESYSTEM = "Filesystem";
    private static final String BLOCK = "Block";
    private static final List<String> ALL = List.of(RWO, ROX, RWX);
    private static final String IN_TREE = "kubernetes.io/";

    private static final Map<String, List<String>> KNOWN = Map.ofEntries(
            Map.entry(IN_TREE + "aws-ebs", List.of(RWO)),
            Map.entry(IN_TREE + "azure-file", ALL),
            Map.entry(IN_TREE + "azure-disk", List.of(RWO)),
            Map.entry(IN_TREE + "cinder", List.of(RWO)),
            Map.entry(IN_TREE + "gce-pd", List.of(RWO, ROX)),
            Map.entry(IN_TREE + "glusterfs", ALL),
            Map.entry(IN_TREE + "quobyte", ALL),
            Map.entry(IN_TREE + "rbd", List.of(RWO, ROX)),
            Map.entry(IN_TREE + "vsphere-volume", List.of(RWO)),
            Map.entry(IN_TREE + "portworx-volume", List.of(RWO, RWX)),
            Map.entry(IN_TREE + "scaleio", List.of(RWO, ROX)),
            Map.entry(IN_TREE + "storageos", List.of(RWO)),
            Map.entry("csi.trident.netapp.io", List.of(RWO, ROX)));

    private Provisioners() {}

    /** {@return the access modes by volume mode; one that MTC does not know has filesystems for one node} */
    public static List<VolumeModeAccess> access(String provisioner) {
        List<String> block = blockModes(provisioner);
        return block.isEmpty()
                ? List.of(access(FILESYSTEM, filesystemModes(provisioner)))
                : List.of(access(FILESYSTEM, filesystemModes(provisioner)), access(BLOCK, block));
    }

    /** {@return whether volumes of a provisioner are known to have an access mode} */
    static boolean allows(String provisioner, String volumeMode, String accessMode) {
        List<String> modes = volumeMode.equals(BLOCK) ? blockModes(provisioner) : filesystemModes(provisioner);
        return modes.contains(accessMode);
    }

    private static List<String> filesystemModes(String provisioner) {
        if (provisioner.endsWith("cephfs.csi.ceph.com")) {
            return ALL;
        } else if (provisioner.startsWith("gluster.org/glusterblock")) {
            return List.of(RWO, ROX);
        }
        return KNOWN.getOrDefault(provisioner, List.of(RWO));
    }

    private static List<String> blockModes(String provisioner) {
        if (provisioner.endsWith("rbd.csi.ceph.com")
                || provisioner.endsWith("cephfs.csi.ceph.com")
                || provisioner.equals("csi.trident.netapp.io")) {
            return ALL;
        }
        return provisioner.equals("csi.kubevirt.io") ? List.of(RWO) : List.of();
    }

    private static VolumeModeAccess access(String volumeMode, List<String> accessModes) {
        VolumeModeAccess access = new VolumeModeAccess();
        access.setVolumeMode(volumeMode);
        access.setAccessModes(accessModes);
        return access;
    }
}
