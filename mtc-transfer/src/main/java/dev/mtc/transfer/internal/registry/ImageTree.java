package dev.mtc.transfer.internal.registry;

import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that belongs to an image: the manifests below an index, their configurations and layers. */
final class ImageTree {

    /** An index of indexes is rare, anything deeper is a mistake or an attack. */
    private static final int DEEPEST = 4;

    private final ImageSource source;
    private final ImageTarget target;
    private final Map<Digest, Manifest> manifests = new LinkedHashMap<>();
    private final Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
    private final Map<Digest, Descriptor> present = new LinkedHashMap<>();
    private final Set<Digest> foreign = new LinkedHashSet<>();

    private ImageTree(ImageSource source, ImageTarget target) {
        this.source = source;
        this.target = target;
    }

    /**
     * {@return what there is to copy} Manifests that the target has with all below them are left out.
     *
     * @param root the manifest to begin with
     * @param source has the others
     * @param target may have some
     */
    static ImageTree below(Manifest root, ImageSource source, ImageTarget target) throws IOException {
        ImageTree tree = new ImageTree(source, target);
        tree.add(root, new LinkedHashSet<>());
        return tree;
    }

    private void add(Manifest manifest, Set<Digest> path) throws IOException {
        if (!path.add(manifest.digest()) || path.size() > DEEPEST) {
            throw tooDeep(manifest);
        }
        for (Descriptor child : manifest.children()) {
            addChild(child, path);
        }
        for (Descriptor blob : manifest.blobs()) {
            addBlob(blob);
        }
        path.remove(manifest.digest());
        manifests.put(manifest.digest(), manifest);
    }

    private void addChild(Descriptor child, Set<Digest> path) throws IOException {
        boolean known = manifests.containsKey(child.digest()) || present.containsKey(child.digest());
        if (known && !path.contains(child.digest())) {
            return;
        }
        if (!MediaTypes.isIndex(child.mediaType())
                && !MediaTypes.isImage(child.mediaType())
                && !MediaTypes.isSchema1(child.mediaType())) {
            addBlob(child);
        } else if (target.hasAll(new ManifestSummary(child.digest(), child.sizeBytes()))) {
            present.put(child.digest(), child);
        } else {
            add(source.manifest(child.digest().toString()), path);
        }
    }

    private void addBlob(Descriptor blob) {
        if (blob.isForeign()) {
            foreign.add(blob.digest());
        } else {
            blobs.putIfAbsent(blob.digest(), blob);
        }
    }

    private RegistryException tooDeep(Manifest manifest) {
        Tried tried = new Tried("read the index " + manifest.digest(), source.place());
        return RegistryException.of(
                Kind.PERMANENT,
                "UnsupportedManifest",
                tried.but(
                        "indexes are nested more than " + DEEPEST + " deep or in a circle",
                        "leave the image out of the migration"));
    }

    /** {@return manifests in the order in which they can be written, the root last} */
    Collection<Manifest> manifests() {
        return manifests.values();
    }

    /** {@return the digests of all manifests, those that the target has too, the root last} */
    List<Digest> digests() {
        List<Digest> digests = new ArrayList<>(present.keySet());
        digests.addAll(manifests.keySet());
        return digests;
    }

    /** {@return the digests of everything that is to be copied, the root last} */
    List<Digest> parts() {
        List<Digest> parts = new ArrayList<>(blobs.keySet());
        parts.addAll(manifests.keySet());
        return parts;
    }

    /** {@return each blob once} */
    List<Descriptor> blobs() {
        return new ArrayList<>(blobs.values());
    }

    /** {@return layers that stay where they are} */
    Set<Digest> foreign() {
        return foreign;
    }

    /** {@return the size of the manifests that the target has already} */
    long presentBytes() {
        return present.values().stream().mapToLong(Descriptor::sizeBytes).sum();
    }

    /** {@return the size of everything} */
    long totalBytes() {
        long manifestBytes =
                manifests.values().stream().mapToLong(m -> m.bytes().length).sum();
        return presentBytes()
                + manifestBytes
                + blobs.values().stream().mapToLong(Descriptor::sizeBytes).sum();
    }
}
