package dev.mtc.transfer.internal.registry;

import dev.mtc.api.spi.ImageSize;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Copies one image with all that it is made of: blobs first, then manifests from the leaves up, the tag last. */
final class ImageCopy {

    private static final long PERMIT_CHECK_MILLIS = 200;

    private final ImageReference from;
    private final ImageReference to;
    private final RunWork run;
    private final ImageRepository source;
    private final ImageRepository target;
    private final Halt halt;
    private final Tally tally;

    ImageCopy(ImageReference from, ImageReference to, RunWork run, Halt halt, Tally tally) {
        this.from = from;
        this.to = to;
        this.run = run;
        this.halt = halt;
        this.tally = tally;
        Retries retries = new Retries(run.firstPause(), halt);
        this.source = run.repository(from, retries);
        this.target = run.repository(to, retries);
    }

    /**
     * An image that is on both sides.
     *
     * @param digest of its manifest
     * @param manifests the digests of all manifests that were looked at, that one last
     * @param warnings for the user
     */
    record Arrived(Digest digest, List<Digest> manifests, List<String> warnings) {}

    ImageRepository source() {
        return source;
    }

    ImageRepository target() {
        return target;
    }

    /** {@return the good end} */
    Arrived copy() throws IOException {
        Optional<ManifestSummary> there = target.find(targetReference());
        ManifestSummary wanted = wanted(there.orElse(null));
        if (there.isPresent() && there.get().digest().equals(wanted.digest()) && target.isWhole(there.get())) {
            tally.add(wanted.sizeBytes());
            tally.found(wanted.sizeBytes());
            return new Arrived(wanted.digest(), List.of(wanted.digest()), List.of());
        }
        Manifest root = source.manifest(wanted.digest().toString());
        ImageTree tree = ImageTree.below(root, source, target);
        target.expect(tree.parts());
        tally.add(tree.totalBytes());
        tally.found(tree.presentBytes());
        new BlobQueue(tree.blobs(), this::copyBlob, halt)
                .work(run.executor(), run.limits().blobsAtOnce());
        writeManifests(tree, root);
        verify(root.digest());
        return new Arrived(root.digest(), tree.digests(), warnings(tree));
    }

    /** {@return how large it is and what of it the target lacks; nothing is written} */
    ImageSize size() throws IOException {
        Optional<ManifestSummary> there = target.find(targetReference());
        ManifestSummary wanted = wanted(there.orElse(null));
        ImageTree tree = ImageTree.below(source.manifest(wanted.digest().toString()), source, target);
        if (there.isPresent() && there.get().digest().equals(wanted.digest()) && target.isWhole(there.get())) {
            return new ImageSize(tree.totalBytes(), 0);
        }
        long present = tree.presentBytes();
        for (Descriptor blob : tree.blobs()) {
            present += target.has(blob.digest()) ? blob.sizeBytes() : 0;
        }
        return new ImageSize(tree.totalBytes(), tree.totalBytes() - present);
    }

    private String targetReference() {
        if (to.tag() == null) {
            Digest digest = to.digest() == null ? from.digest() : to.digest();
            if (digest != null) {
                return digest.toString();
            }
        }
        return to.tag() == null ? "latest" : to.tag();
    }

    private ManifestSummary wanted(@Nullable ManifestSummary there) throws IOException {
        ManifestSummary wanted;
        if (from.digest() == null) {
            String tag = from.tag() == null ? "latest" : from.tag();
            wanted = source.find(tag).orElseThrow(() -> notFound(tag));
        } else if (there != null && there.digest().equals(from.digest())) {
            wanted = there;
        } else {
            wanted = new ManifestSummary(from.digest(), 0);
        }
        if (to.digest() != null && !to.digest().equals(wanted.digest())) {
            throw RegistryException.of(
                    Kind.USER_FIXABLE,
                    "DigestMismatch",
                    new Tried("find " + to.digest(), source.place())
                            .but("the source is " + wanted.digest(), "correct the digest of the target reference"));
        }
        return wanted;
    }

    private RegistryException notFound(String tag) {
        return RegistryException.of(
                Kind.USER_FIXABLE,
                "ManifestNotFound",
                new Tried("find the manifest " + tag, source.place())
                        .but("there is none", "check repository and tag, or push the image to the source"));
    }

    private void copyBlob(Descriptor blob) throws IOException {
        boolean[] counted = {false};
        run.blobs().ensure(to.host(), target.repository(), blob.digest(), halt, mountable -> {
            counted[0] = true;
            bring(blob, mountable);
        });
        if (!counted[0]) {
            tally.found(blob.sizeBytes());
        }
    }

    private void bring(Descriptor blob, @Nullable String mountable) throws IOException {
        boolean there = mountable == null && target.has(blob.digest());
        if (there || !upload(blob, mountable)) {
            tally.found(blob.sizeBytes());
        }
    }

    private boolean upload(Descriptor blob, @Nullable String mountable) throws IOException {
        takePermit();
        try {
            return target.write(blob, mountable, () -> source.open(blob), tally::moved);
        } finally {
            run.permits().release();
        }
    }

    private void takePermit() throws IOException {
        try {
            while (!run.permits().tryAcquire(PERMIT_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                halt.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    private void writeManifests(ImageTree tree, Manifest root) throws IOException {
        for (Manifest manifest : tree.manifests()) {
            String reference =
                    manifest == root ? targetReference() : manifest.digest().toString();
            try {
                target.write(manifest, reference);
            } catch (RegistryException e) {
                // What was thought to be there may have been deleted meanwhile; the next attempt looks again.
                run.blobs().forget();
                throw e;
            }
            tally.moved(manifest.bytes().length);
        }
    }

    private void verify(Digest digest) throws IOException {
        Optional<ManifestSummary> there = target.find(targetReference());
        if (there.isEmpty() || !there.get().digest().equals(digest)) {
            throw RegistryException.of(
                    Kind.TRANSIENT,
                    "DigestMismatch",
                    new Tried("verify " + targetReference(), target.place())
                            .but(
                                    "it is "
                                            + there.map(found -> "" + found.digest())
                                                    .orElse("not there") + " instead of " + digest,
                                    "make sure that nothing else writes this tag, then resume"));
        }
        if (!target.isWhole(there.get())) {
            run.blobs().forget();
            throw RegistryException.of(
                    Kind.TRANSIENT,
                    "Incomplete",
                    new Tried("verify " + targetReference(), target.place())
                            .but(
                                    "a part of it was deleted while it was copied",
                                    "let nothing delete from there meanwhile, then resume"));
        }
    }

    private static List<String> warnings(ImageTree tree) {
        List<String> warnings = new ArrayList<>();
        for (Digest layer : tree.foreign()) {
            warnings.add("Layer " + layer + " may not be distributed and stays where its manifest says");
        }
        return warnings;
    }
}
