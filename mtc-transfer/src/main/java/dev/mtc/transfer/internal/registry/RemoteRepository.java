package dev.mtc.transfer.internal.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One repository of a registry, as one transfer uses it. Thread-safe. */
final class RemoteRepository implements ImageRepository {

    private final RegistryClient client;
    private final String repository;
    private final Retries retries;
    private final UploadNotes notes;

    RemoteRepository(RegistryClient client, String repository, Retries retries, UploadNotes notes) {
        this.client = client;
        this.repository = repository;
        this.retries = retries;
        this.notes = notes;
    }

    RegistryClient client() {
        return client;
    }

    Retries retries() {
        return retries;
    }

    UploadNotes notes() {
        return notes;
    }

    @Override
    public Optional<ManifestSummary> find(String reference) throws IOException {
        Optional<ManifestHead.Found> found = client.call(new ManifestHead(repository, reference), retries);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String digest = found.get().digest();
        long size = found.get().sizeBytes();
        if (digest.isEmpty() || size < 0) {
            Manifest manifest = manifest(reference);
            return Optional.of(new ManifestSummary(manifest.digest(), manifest.bytes().length));
        }
        return Optional.of(new ManifestSummary(digest(digest, reference), size));
    }

    private Digest digest(String text, String reference) throws RegistryException {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            Tried tried = new Tried("find the manifest " + reference, place());
            throw RegistryException.of(
                            Kind.PERMANENT, "RegistryRefused", tried.but("" + e.getMessage(), "update the registry"))
                    .causedBy(e);
        }
    }

    @Override
    public Manifest manifest(String reference) throws IOException {
        return client.call(new ManifestGet(repository, reference), retries);
    }

    @Override
    public List<String> tags() throws IOException {
        List<String> tags = new ArrayList<>();
        String page = "";
        do {
            Paged<String> part = client.call(new TagsGet(repository, page), retries);
            tags.addAll(part.items());
            page = part.next();
        } while (!page.isEmpty());
        return tags;
    }

    @Override
    public Optional<List<ObjectNode>> referrers(Digest subject) throws IOException {
        List<ObjectNode> referrers = new ArrayList<>();
        String page = "";
        do {
            Optional<Paged<ObjectNode>> part = client.call(new ReferrersGet(repository, subject, page), retries);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            referrers.addAll(part.get().items());
            page = part.get().next();
        } while (!page.isEmpty());
        return Optional.of(referrers);
    }

    @Override
    public InputStream open(Descriptor blob, long offset) throws IOException {
        return new ResumingBlob(this, blob, offset);
    }

    Answer openAt(Digest digest, long offset) throws IOException {
        return client.call(new BlobGet(repository, digest, offset), retries);
    }

    IOException lost(Digest digest, IOException cause) {
        return Refusals.ofFailure(new Tried("read the blob " + digest, place()), cause);
    }

    IOException damaged(Digest digest, String why) {
        return damaged(new Tried("read the blob " + digest, place()), why);
    }

    /** {@return the failure of content that is not what its digest or its manifest says} */
    static RegistryException damaged(Tried tried, String why) {
        return RegistryException.of(
                Kind.PERMANENT,
                "DigestMismatch",
                tried.but(why, "push the image to the source again, the stored one is damaged"));
    }

    Halt halt() {
        return retries.halt();
    }

    @Override
    public boolean has(Descriptor blob) throws IOException {
        return client.call(new BlobHead(repository, blob), retries);
    }

    @Override
    public boolean has(ManifestSummary manifest) throws IOException {
        return find(manifest.digest().toString()).filter(manifest::equals).isPresent();
    }

    @Override
    public boolean hasAll(ManifestSummary manifest) throws IOException {
        return Parts.areAllThere(manifest, this);
    }

    @Override
    public boolean write(Descriptor blob, @Nullable String from, Opener content, Sending sending) throws IOException {
        boolean isAskedByMounting = from == null && client.selfMounting().works();
        if (from == null && !isAskedByMounting && has(blob)) {
            return false;
        }
        Tried tried = new Tried("write the blob " + blob.digest(), place());
        CheckedUpload body = new CheckedUpload(blob, content, sending, tried, halt());
        boolean isSent = new BlobUpload(this, body, sending).write(isAskedByMounting ? repository : from);
        if (isSent) {
            client.selfMounting().learn(client, repository, blob.digest(), halt());
        }
        return isSent;
    }

    @Override
    public void write(Manifest manifest, String reference) throws IOException {
        String digest = put(manifest, reference);
        if (!digest.isEmpty() && !digest.equals(manifest.digest().toString())) {
            Tried tried = new Tried("write the manifest " + reference, place());
            throw RegistryException.of(
                    Kind.PERMANENT,
                    "DigestMismatch",
                    tried.but(
                            "the registry stored it as " + digest + " instead of " + manifest.digest(),
                            "use a registry that keeps manifests byte for byte"));
        }
    }

    private String put(Manifest manifest, String reference) throws IOException {
        try {
            return client.call(new ManifestPut(repository, reference, manifest), retries);
        } catch (RegistryException e) {
            client.selfMounting().doubt();
            throw e;
        }
    }

    /** A registry sees to that itself. */
    @Override
    public boolean isWhole(ManifestSummary image) {
        return true;
    }

    /** A registry sees to that itself. */
    @Override
    public void expect(List<Digest> parts) {}

    @Override
    public String repository() {
        return repository;
    }

    @Override
    public String place() {
        return client.host() + "/" + repository;
    }
}
