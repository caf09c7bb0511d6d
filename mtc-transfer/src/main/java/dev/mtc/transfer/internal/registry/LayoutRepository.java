package dev.mtc.transfer.internal.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.transfer.internal.registry.IndexFile.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One source repository's images in an object store, as one transfer uses it: an OCI image layout whose blobs all plans
 * share. What refers to an image is kept by tags, as a registry does that cannot be asked for subjects. Thread-safe.
 */
final class LayoutRepository implements ImageRepository {

    private static final int LARGEST_MANIFEST = 8 * 1024 * 1024;

    private final ImageReference image;
    private final LayoutIndex index;
    private final LayoutStore store;

    /**
     * Opens a repository.
     *
     * @param image what is copied from here or to here
     */
    LayoutRepository(ImageReference image, LayoutIndex index, LayoutStore store) {
        this.image = image;
        this.index = index;
        this.store = store;
    }

    private String name(String reference) {
        return image.repository() + (reference.contains(":") ? "@" : ":") + reference;
    }

    @Override
    public Optional<ManifestSummary> find(String reference) throws IOException {
        return index.find(name(reference), store).map(Entry::summary);
    }

    @Override
    public Manifest manifest(String reference) throws IOException {
        if (reference.contains(":")) {
            return manifest(Digest.parse(reference));
        }
        Entry entry = index.find(name(reference), store)
                .orElseThrow(() -> store.damaged(LayoutKeys.index(index.plan()), "it has no " + name(reference)));
        return manifest(entry.digest());
    }

    private Manifest manifest(Digest digest) throws IOException {
        String key = LayoutKeys.blob(digest);
        byte[] bytes = store.read(key, LARGEST_MANIFEST);
        Digest found = digest.sameAlgorithmOf(bytes);
        if (!found.equals(digest)) {
            throw store.damaged(key, "its content is " + found);
        }
        return Manifest.read(bytes, null, digest, new Tried("read " + key, store.description()));
    }

    /** Only a whole blob can be checked here. */
    @Override
    public InputStream open(Descriptor blob, long offset) throws IOException {
        String key = LayoutKeys.blob(blob.digest());
        InputStream stored = new StoredBlob(store, blob, offset);
        if (offset > 0) {
            return stored;
        }
        return new CheckedContent(stored, blob, count -> {}, store.halt(), why -> store.damaged(key, why));
    }

    @Override
    public boolean has(Descriptor blob) throws IOException {
        return store.stat(LayoutKeys.blob(blob.digest()))
                .map(ObjectStat::sizeBytes)
                .filter(size -> size == blob.sizeBytes())
                .isPresent();
    }

    @Override
    public boolean has(ManifestSummary manifest) throws IOException {
        return has(new Descriptor("", manifest.digest(), manifest.sizeBytes(), false));
    }

    @Override
    public boolean hasAll(ManifestSummary manifest) throws IOException {
        return Parts.areAllThere(manifest, this);
    }

    /** An object that was deleted by hand or in the same moment is missed. */
    @Override
    public boolean isWhole(ManifestSummary root) throws IOException {
        return hasAll(root);
    }

    @Override
    public void expect(List<Digest> parts) throws IOException {
        String lines = parts.stream().map(Digest::toString).collect(Collectors.joining("\n"));
        Digest root = parts.get(parts.size() - 1);
        store.put(LayoutKeys.copying(index.plan(), root), Content.of(lines.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public boolean write(Descriptor blob, @Nullable String from, Opener content, Sending sending) throws IOException {
        if (has(blob)) {
            return false;
        }
        String key = LayoutKeys.blob(blob.digest());
        Tried tried = new Tried("write " + key, store.description());
        AtomicLong sent = new AtomicLong();
        LongConsumer counted = count -> {
            sent.addAndGet(count);
            sending.moved(count);
        };
        Content checked = Content.of(OptionalLong.of(blob.sizeBytes()), () -> {
            sending.moved(-sent.getAndSet(0));
            try {
                return new CheckedContent(
                        content.open(0), blob, counted, store.halt(), why -> RemoteRepository.damaged(tried, why));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        boolean isWritten = false;
        try {
            isWritten = put(key, checked, blob);
            return isWritten;
        } finally {
            if (!isWritten) {
                sending.moved(-sent.get());
            }
        }
    }

    /** Other plans may be writing the same blob, and who is first has written it for all; only a damaged one is replaced. */
    private boolean put(String key, Content content, Descriptor blob) throws IOException {
        if (store.putIfAbsent(key, content)) {
            return true;
        }
        if (has(blob)) {
            return false;
        }
        store.put(key, content);
        return true;
    }

    /** What is written under its digest because something else refers to it needs no name of its own. */
    @Override
    public void write(Manifest manifest, String reference) throws IOException {
        store.put(LayoutKeys.blob(manifest.digest()), Content.of(manifest.bytes()));
        boolean isTag = !reference.contains(":");
        if (isTag || manifest.digest().equals(image.digest())) {
            index.put(name(reference), manifest, store);
            store.delete(LayoutKeys.copying(index.plan(), manifest.digest()));
        }
    }

    @Override
    public List<String> tags() throws IOException {
        String start = image.repository() + ":";
        return index.names(store).stream()
                .filter(name -> name.startsWith(start) && !name.contains("@"))
                .map(name -> name.substring(start.length()))
                .toList();
    }

    @Override
    public Optional<List<ObjectNode>> referrers(Digest subject) {
        return Optional.empty();
    }

    @Override
    public String repository() {
        return "blobs of all";
    }

    @Override
    public String place() {
        return index.plan() + " in " + store.description();
    }
}
