package dev.mtc.transfer.internal.registry;

import dev.mtc.api.Side;
import dev.mtc.api.spi.ImageEstimate;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Copies one image with all that it is made of: blobs first, then manifests from the leaves up, the tag last. */
final class ImageCopy {

    private static final long PERMIT_CHECK_MILLIS = 200;
    private static final int LARGEST_CONFIGURATION = 1024 * 1024;

    private final ImageReference from;
    private final ImageReference to;
    private final RunWork run;
    private final ImageRepository source;
    private final ImageRepository target;
    private final Halt halt;
    private final Tally tally;
    /** What the tag named when it was first looked at; it may be moved while the image is copied. */
    private @Nullable ManifestSummary resolved;

    ImageCopy(ImageReference from, ImageReference to, RunWork run, Halt halt, Tally tally) {
        this.from = from;
        this.to = to;
        this.run = run;
        this.halt = halt;
        this.tally = tally;
        Retries retries = new Retries(run.limits(), halt);
        this.source = run.repository(Side.SOURCE, from, retries);
        this.target = run.repository(Side.TARGET, to, retries);
    }

    /**
     * An image that is on both sides.
     *
     * @param digest of its manifest on the target
     * @param original of its manifest on the source, another one if platforms were left out
     * @param manifests the digests of all manifests that were looked at, that one last
     * @param warnings for the user
     */
    record Arrived(Digest digest, Digest original, List<Digest> manifests, List<String> warnings) {

        boolean isWhole() {
            return digest.equals(original);
        }
    }

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
        if (isThere(there, wanted.digest())) {
            return unchanged(wanted.digest(), wanted.digest());
        }
        Manifest root = chosen(wanted);
        if (there.isPresent() && isThere(there, root.digest())) {
            return unchanged(root.digest(), wanted.digest());
        }
        ImageTree tree = ImageTree.below(root, source, target);
        checkSize(tree);
        target.expect(tree.parts());
        tally.add(tree.totalBytes());
        tally.found(tree.presentBytes());
        new BlobQueue(tree.blobs(), this::copyBlob, halt)
                .work(run.executor(), run.limits().blobsAtOnce());
        writeManifests(tree, root);
        verify(root.digest());
        verifyParts(tree, root);
        return new Arrived(root.digest(), wanted.digest(), tree.digests(), warnings(tree));
    }

    private boolean isThere(Optional<ManifestSummary> found, Digest digest) throws IOException {
        return found.isPresent() && found.get().digest().equals(digest) && target.isWhole(found.get());
    }

    /** How large it is nobody has asked. */
    private static Arrived unchanged(Digest image, Digest original) {
        return new Arrived(image, original, List.of(image), List.of());
    }

    /** {@return the digest of what would be copied, before platforms are chosen} */
    Digest digest() throws IOException {
        return wanted(null).digest();
    }

    /** What a digest names has all of its platforms. */
    private Manifest chosen(ManifestSummary wanted) throws IOException {
        Manifest manifest = source.manifest(wanted.digest().toString());
        return from.digest() != null
                ? manifest
                : Platforms.choose(
                        manifest,
                        run.images().platforms(),
                        new Tried("copy the platforms of " + wanted.digest(), source.place()));
    }

    private void checkSize(ImageTree tree) throws RegistryException {
        long largest = run.images().largestBytes().orElse(Long.MAX_VALUE);
        if (tree.totalBytes() > largest) {
            throw RegistryException.of(
                    Kind.USER_FIXABLE,
                    "ImageTooLarge",
                    new Tried("copy " + from, source.place())
                            .but(
                                    "it has " + tree.totalBytes() + " bytes and the plan allows " + largest,
                                    "allow more with ImageChoice.atMost(…), or leave out what needs it"));
        }
    }

    /** {@return how large it is and what of it the target lacks; nothing is written} */
    ImageEstimate size() throws IOException {
        Optional<ManifestSummary> there = target.find(targetReference());
        ManifestSummary wanted = wanted(there.orElse(null));
        Manifest root = chosen(wanted);
        String digest = root.digest().toString();
        ImageTree tree = ImageTree.below(root, source, target);
        if (isThere(there, root.digest())) {
            return new ImageEstimate(tree.totalBytes(), Map.of(), platforms(root), digest);
        }
        Map<String, Long> missing = new HashMap<>();
        for (Manifest manifest : tree.manifests()) {
            missing.put(target.repository() + "@" + manifest.digest(), (long) manifest.bytes().length);
        }
        for (Descriptor blob : tree.blobs()) {
            if (!target.has(blob)) {
                missing.put(blob.digest().toString(), blob.sizeBytes());
            }
        }
        return new ImageEstimate(tree.totalBytes(), missing, platforms(root), digest);
    }

    private List<String> platforms(Manifest root) throws IOException {
        if (MediaTypes.isIndex(root.mediaType())) {
            return Platforms.in(root);
        }
        Descriptor configuration = root.blobs().get(0);
        try (InputStream in = source.open(configuration, 0)) {
            return Platforms.inConfiguration(in.readNBytes(LARGEST_CONFIGURATION));
        }
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
        ManifestSummary wanted = resolved;
        if (wanted == null) {
            wanted = resolve(there);
            resolved = wanted;
        }
        return wanted;
    }

    private ManifestSummary resolve(@Nullable ManifestSummary there) throws IOException {
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
        if (!upload(blob, mountable)) {
            tally.found(blob.sizeBytes());
        }
    }

    private boolean upload(Descriptor blob, @Nullable String mountable) throws IOException {
        takePermit();
        try {
            return target.write(blob, mountable, offset -> run.throttle().slow(source.open(blob, offset), halt), tally);
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
    }

    /** What was written or found may be gone, or may never have been kept. */
    private void verifyParts(ImageTree tree, Manifest root) throws IOException {
        new BlobQueue(tree.blobs(), this::verifyBlob, halt)
                .work(run.executor(), run.limits().blobsAtOnce());
        for (Manifest manifest : tree.manifests()) {
            ManifestSummary summary = new ManifestSummary(manifest.digest(), manifest.bytes().length);
            if (manifest != root && !target.has(summary)) {
                throw incomplete("the manifest " + manifest.digest());
            }
        }
    }

    private void verifyBlob(Descriptor blob) throws IOException {
        if (!target.has(blob)) {
            throw incomplete("the blob " + blob.digest());
        }
    }

    private RegistryException incomplete(String part) {
        run.blobs().forget();
        return RegistryException.of(
                Kind.TRANSIENT,
                "Incomplete",
                new Tried("verify " + targetReference(), target.place())
                        .but(
                                part + " was deleted while the image was copied, or was never kept",
                                "let nothing delete from there meanwhile, look at the log of the registry, then resume"));
    }

    private static List<String> warnings(ImageTree tree) {
        List<String> warnings = new ArrayList<>();
        for (Digest layer : tree.foreign()) {
            warnings.add("Layer " + layer + " may not be distributed and stays where its manifest says");
        }
        return warnings;
    }
}
