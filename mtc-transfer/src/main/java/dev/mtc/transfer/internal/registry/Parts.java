package dev.mtc.transfer.internal.registry;

import java.io.IOException;

/** Looks for what an image is made of. */
final class Parts {

    private Parts() {}

    /** {@return whether a repository has a manifest, all manifests below it and all their blobs} */
    static boolean areAllThere(ManifestSummary root, ImageRepository repository) throws IOException {
        if (!repository.has(root)) {
            return false;
        }
        Manifest manifest = repository.manifest(root.digest().toString());
        for (Descriptor child : manifest.children()) {
            boolean isManifest = MediaTypes.isIndex(child.mediaType()) || MediaTypes.isImage(child.mediaType());
            if (!(isManifest
                    ? areAllThere(new ManifestSummary(child.digest(), child.sizeBytes()), repository)
                    : repository.has(child))) {
                return false;
            }
        }
        for (Descriptor blob : manifest.blobs()) {
            if (!blob.isForeign() && !repository.has(blob)) {
                return false;
            }
        }
        return true;
    }
}
