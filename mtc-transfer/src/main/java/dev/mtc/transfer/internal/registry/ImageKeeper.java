package dev.mtc.transfer.internal.registry;

import dev.mtc.api.RepositoryFindings;
import dev.mtc.api.RepositoryGarbage;
import dev.mtc.api.RepositoryInventory;
import dev.mtc.api.RepositoryInventory.Holding;
import dev.mtc.api.RepositoryKeeper;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.transfer.internal.objectstore.Stores;
import dev.mtc.transfer.internal.registry.IndexFile.Entry;
import dev.mtc.transfer.internal.registry.IndexFile.Use;
import dev.mtc.transfer.internal.registry.LayoutSurvey.Index;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks after images in repositories. What a copy is about to use is found in its mark, which is looked at again and again
 * while garbage is deleted; a copy looks at the end whether all is still there.
 */
public final class ImageKeeper implements RepositoryKeeper {

    private static final int DELETED_BETWEEN_LOOKS = 50;

    /** For {@link java.util.ServiceLoader}. */
    public ImageKeeper() {}

    @Override
    public String id() {
        return "images";
    }

    @Override
    public RepositoryInventory inventory(Storage storage) {
        try (ObjectStore store = Stores.open(storage)) {
            return inventory(store);
        }
    }

    @Override
    public RepositoryFindings check(Storage storage) {
        try (ObjectStore store = Stores.open(storage)) {
            return LayoutCheck.of(store);
        }
    }

    @Override
    public RepositoryGarbage collectGarbage(Storage storage, Instant unusedSince) {
        try (ObjectStore store = Stores.open(storage)) {
            return collectGarbage(store, unusedSince);
        }
    }

    @Override
    public void forget(Storage storage, String plan) {
        try (ObjectStore store = Stores.open(storage)) {
            forget(store, plan);
        }
    }

    private static RepositoryInventory inventory(ObjectStore store) {
        LayoutSurvey survey = LayoutSurvey.of(store);
        List<Holding> holdings = new ArrayList<>();
        Set<Digest> needed = new HashSet<>();
        for (Index index : survey.indexes()) {
            List<Entry> images = index.file().entries();
            Set<Digest> parts = survey.below(images);
            needed.addAll(parts);
            Instant used = images.stream()
                    .map(Entry::use)
                    .map(Use::at)
                    .max(Comparator.naturalOrder())
                    .orElse(index.modified());
            List<String> names = images.stream().map(Entry::name).sorted().toList();
            holdings.add(new Holding(index.plan(), "image", names, bytes(parts, survey), used));
        }
        long total = bytes(survey.blobs().keySet(), survey);
        return new RepositoryInventory(holdings, total, total - bytes(needed, survey));
    }

    private static long bytes(Collection<Digest> digests, LayoutSurvey survey) {
        return digests.stream()
                .map(survey.blobs()::get)
                .filter(Objects::nonNull)
                .mapToLong(ObjectStat::sizeBytes)
                .sum();
    }

    static RepositoryGarbage collectGarbage(ObjectStore store, Instant unusedSince) {
        LayoutSurvey survey = LayoutSurvey.of(store);
        Set<Digest> needed = new HashSet<>();
        for (Index index : survey.indexes()) {
            needed.addAll(withoutUnused(index, unusedSince, survey, store));
        }
        List<ObjectStat> garbage = survey.blobs().entrySet().stream()
                .filter(blob -> !needed.contains(blob.getKey()))
                .map(blob -> blob.getValue())
                .filter(blob -> blob.modified().isBefore(unusedSince))
                .toList();
        return delete(garbage, unusedSince, survey, store);
    }

    /** Takes out of an index what nobody uses; {@return what the rest is made of} */
    private static Set<Digest> withoutUnused(Index index, Instant unusedSince, LayoutSurvey survey, ObjectStore store) {
        List<Entry> images = new ArrayList<>(index.file().entries());
        List<Entry> kept = new ArrayList<>(index.inUse(unusedSince).entries());
        images.removeAll(kept);
        Set<Digest> parts = survey.below(kept);
        while (keepAttached(images, kept, parts)) {
            parts.addAll(survey.below(kept));
        }
        if (!images.isEmpty()) {
            IndexFile rest = index.file().only(kept::contains);
            store.put(LayoutKeys.index(index.plan()), Content.of(rest.bytes()));
        }
        return parts;
    }

    /** Signatures of a platform are not looked at by every run that uses its image. */
    private static boolean keepAttached(List<Entry> unused, List<Entry> kept, Set<Digest> parts) {
        List<Entry> attached = unused.stream()
                .filter(entry -> AttachmentIndex.subject(entry.tag())
                        .filter(parts::contains)
                        .isPresent())
                .toList();
        kept.addAll(attached);
        unused.removeAll(attached);
        return !attached.isEmpty();
    }

    private static RepositoryGarbage delete(
            List<ObjectStat> garbage, Instant unusedSince, LayoutSurvey survey, ObjectStore store) {
        Set<Digest> used = survey.beingCopied(unusedSince);
        long objects = 0;
        long bytes = 0;
        for (int i = 0; i < garbage.size(); i++) {
            if (i > 0 && i % DELETED_BETWEEN_LOOKS == 0) {
                used = survey.beingCopied(unusedSince);
            }
            ObjectStat blob = garbage.get(i);
            if (!used.contains(LayoutKeys.digest(blob.key()))) {
                store.delete(blob.key());
                objects++;
                bytes += blob.sizeBytes();
            }
        }
        return new RepositoryGarbage(objects, bytes);
    }

    private static void forget(ObjectStore store, String plan) {
        store.delete(LayoutKeys.index(plan));
        store.delete(LayoutKeys.marker(plan));
        List<String> marks;
        try (Stream<ObjectStat> all = store.list(LayoutKeys.copying(plan))) {
            marks = all.map(ObjectStat::key).toList();
        }
        marks.forEach(store::delete);
    }
}
