package dev.mtc.transfer.internal.registry;

import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.transfer.internal.registry.IndexFile.Entry;
import dev.mtc.transfer.internal.registry.IndexFile.Use;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the images in a repository are made of. Reads all indexes and manifests; blobs are only listed. */
final class LayoutSurvey {

    private static final int LARGEST_INDEX = 64 * 1024 * 1024;
    private static final int LARGEST_MANIFEST = 8 * 1024 * 1024;

    private final ObjectStore store;
    private final Map<Digest, ObjectStat> blobs;
    private final Map<Digest, List<Descriptor>> parts = new LinkedHashMap<>();

    private LayoutSurvey(ObjectStore store, Map<Digest, ObjectStat> blobs) {
        this.store = store;
        this.blobs = blobs;
    }

    /** {@return a look at a repository} What is written later is no part of it. */
    static LayoutSurvey of(ObjectStore store) {
        try (Stream<ObjectStat> all = store.list(LayoutKeys.BLOBS)) {
            return new LayoutSurvey(
                    store, all.collect(Collectors.toMap(stat -> LayoutKeys.digest(stat.key()), stat -> stat)));
        }
    }

    /** {@return all manifests, configurations and layers} */
    Map<Digest, ObjectStat> blobs() {
        return blobs;
    }

    /** A plan's index, and when it was written. */
    record Index(String plan, IndexFile file, Instant modified) {

        /** {@return the images that the newest run of the plan has used, or that somebody has used since} */
        IndexFile inUse(Instant since) {
            String newest = file.entries().stream()
                    .map(Entry::use)
                    .max(Comparator.comparing(Use::at))
                    .map(Use::run)
                    .orElse("");
            return file.only(entry ->
                    entry.use().run().equals(newest) || !entry.use().at().isBefore(since) || !modified.isBefore(since));
        }
    }

    /** {@return the indexes of all plans} */
    List<Index> indexes() {
        try (Stream<ObjectStat> all = store.list(LayoutKeys.PLANS)) {
            return all.filter(stat -> LayoutKeys.isIndex(stat.key()))
                    .map(this::index)
                    .toList();
        }
    }

    private Index index(ObjectStat stat) {
        try {
            return new Index(LayoutKeys.plan(stat.key()), index(stat.key()), stat.modified());
        } catch (IOException e) {
            throw damaged(stat.key(), e);
        }
    }

    /** {@return the keys of the indexes of all plans} */
    List<String> indexKeys() {
        try (Stream<ObjectStat> all = store.list(LayoutKeys.PLANS)) {
            return all.map(ObjectStat::key).filter(LayoutKeys::isIndex).toList();
        }
    }

    /**
     * {@return an index as it is now}
     *
     * @throws IOException if it is damaged
     */
    IndexFile index(String key) throws IOException {
        return IndexFile.read(read(key, LARGEST_INDEX));
    }

    /** {@return everything that some images are made of, as far as it is there} */
    Set<Digest> below(Collection<Entry> images) {
        Set<Digest> found = new HashSet<>();
        Deque<Descriptor> left = new ArrayDeque<>();
        images.forEach(image -> left.add(image.descriptor()));
        while (!left.isEmpty()) {
            Descriptor next = left.pop();
            if (blobs.containsKey(next.digest()) && found.add(next.digest())) {
                left.addAll(parts(next));
            }
        }
        return found;
    }

    /** {@return what a manifest names, nothing if it is another blob} */
    List<Descriptor> parts(Descriptor descriptor) {
        boolean isManifest = MediaTypes.isIndex(descriptor.mediaType()) || MediaTypes.isImage(descriptor.mediaType());
        return isManifest ? parts.computeIfAbsent(descriptor.digest(), this::read) : List.of();
    }

    private List<Descriptor> read(Digest digest) {
        String key = LayoutKeys.blob(digest);
        try {
            byte[] bytes = read(key, LARGEST_MANIFEST);
            if (!digest.sameAlgorithmOf(bytes).equals(digest)) {
                throw new IOException("its content has another digest");
            }
            Manifest manifest = Manifest.read(bytes, null, digest, new Tried("read " + key, store.description()));
            return Stream.concat(manifest.children().stream(), manifest.blobs().stream())
                    .toList();
        } catch (IOException e) {
            throw damaged(key, e);
        }
    }

    /** {@return what images are made of that are being copied; marks that were left before some time are removed} */
    Set<Digest> beingCopied(Instant since) {
        Set<Digest> parts = new HashSet<>();
        List<ObjectStat> marks;
        try (Stream<ObjectStat> all = store.list(LayoutKeys.COPYING)) {
            marks = all.toList();
        }
        for (ObjectStat mark : marks) {
            if (mark.modified().isBefore(since)) {
                store.delete(mark.key());
            } else {
                mark(mark.key())
                        .ifPresent(text -> text.lines().map(Digest::parse).forEach(parts::add));
            }
        }
        return parts;
    }

    /** It goes as soon as its image is there. */
    private Optional<String> mark(String key) {
        try {
            return Optional.of(new String(read(key, LARGEST_INDEX), StandardCharsets.UTF_8));
        } catch (StorageAccessException e) {
            if (store.stat(key).isEmpty()) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw damaged(key, e);
        }
    }

    private byte[] read(String key, int most) throws IOException {
        try (InputStream in = store.open(key, 0)) {
            return in.readNBytes(most);
        }
    }

    private StorageAccessException damaged(String key, Exception cause) {
        return new StorageAccessException(
                Remedy.FIX_INPUT,
                "Cannot read " + key + " in " + store.description() + ": "
                        + cause.getMessage()
                        + "; if it stays so, delete it, and the next migration of its plan brings it anew",
                cause);
    }
}
