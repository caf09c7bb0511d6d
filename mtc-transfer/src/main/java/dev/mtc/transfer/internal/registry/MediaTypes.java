package dev.mtc.transfer.internal.registry;

import java.util.Set;

/** The media types of manifests that are copied, and of layers that are not. */
final class MediaTypes {

    static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

    /** What is asked for, so that a registry converts nothing. */
    static final String ACCEPT = String.join(", ", OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST);

    private static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_LIST);
    private static final Set<String> MANIFESTS = Set.of(OCI_MANIFEST, DOCKER_MANIFEST);

    private MediaTypes() {}

    static boolean isIndex(String type) {
        return INDEXES.contains(type);
    }

    static boolean isImage(String type) {
        return MANIFESTS.contains(type);
    }

    static boolean isSchema1(String type) {
        return type.startsWith("application/vnd.docker.distribution.manifest.v1+");
    }

    static boolean isNonDistributable(String type) {
        return type.startsWith("application/vnd.oci.image.layer.nondistributable.v1.")
                || type.startsWith("application/vnd.docker.image.rootfs.foreign.diff.");
    }
}
