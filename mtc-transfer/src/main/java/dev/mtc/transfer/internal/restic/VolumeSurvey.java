package dev.mtc.transfer.internal.restic;

import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that a repository has of volumes. */
final class VolumeSurvey {

    /**
     * What there is of one volume.
     *
     * @param place where
     * @param sizeBytes all of it
     * @param written when something of it was last written; locks of running pods are, every few minutes
     * @param use who used it last, null if its plan was forgotten
     * @param isNewest whether that was the newest run of its plan
     */
    record Volume(VolumePlace place, long sizeBytes, Instant written, @Nullable VolumeUse use, boolean isNewest) {

        /** {@return when it was last written or used} */
        Instant touched() {
            return use != null && use.at().isAfter(written) ? use.at() : written;
        }
    }

    private static final class Sum {
        private long bytes;
        private Instant written = Instant.EPOCH;

        private void add(ObjectStat object) {
            bytes += object.sizeBytes();
            written = object.modified().isAfter(written) ? object.modified() : written;
        }
    }

    private VolumeSurvey() {}

    /** {@return what there is of each volume, in the order of their keys} */
    static List<Volume> of(ObjectStore store) {
        Map<VolumePlace, Sum> sums = new LinkedHashMap<>();
        try (Stream<ObjectStat> objects = store.list(VolumePlace.ROOT)) {
            objects.forEach(object -> VolumePlace.ofKey(object.key())
                    .ifPresent(place ->
                            sums.computeIfAbsent(place, key -> new Sum()).add(object)));
        }
        Map<VolumePlace, VolumeUse> uses = new HashMap<>();
        Map<String, VolumeUse> newest = new HashMap<>();
        sums.keySet().forEach(place -> VolumeUse.read(store, place).ifPresent(use -> {
            uses.put(place, use);
            newest.merge(place.plan(), use, (one, other) -> other.at().isAfter(one.at()) ? other : one);
        }));
        List<Volume> volumes = new ArrayList<>();
        sums.forEach((place, sum) -> {
            VolumeUse use = uses.get(place);
            boolean isNewest = use != null
                    && Optional.ofNullable(newest.get(place.plan()))
                            .filter(last -> last.run().equals(use.run()))
                            .isPresent();
            volumes.add(new Volume(place, sum.bytes, sum.written, use, isNewest));
        });
        return volumes;
    }
}
