package dev.mtc.transfer.internal.restic;

import dev.mtc.api.RepositoryFindings;
import dev.mtc.api.RepositoryGarbage;
import dev.mtc.api.RepositoryInventory;
import dev.mtc.api.RepositoryInventory.Holding;
import dev.mtc.api.RepositoryKeeper;
import dev.mtc.api.Secret;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.transfer.internal.objectstore.Stores;
import dev.mtc.transfer.internal.restic.VolumeSurvey.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks after volumes in repositories. A volume's restic repository is kept or removed as a whole, without restic and without
 * its password; what earlier passes left in one that is kept is removed by the pods that use it.
 */
public final class VolumeKeeper implements RepositoryKeeper {

    /** In this order a removal that is broken off leaves what restic can go on with. */
    private static final List<String> PARTS = List.of("snapshots/", "index/", "data/", "locks/", "keys/", "config");

    /** For {@link java.util.ServiceLoader}. */
    public VolumeKeeper() {}

    @Override
    public String id() {
        return "volumes";
    }

    @Override
    public RepositoryInventory inventory(Storage storage) {
        try (ObjectStore store = Stores.open(storage)) {
            List<Volume> volumes = VolumeSurvey.of(store);
            Map<String, List<Volume>> byPlan = volumes.stream()
                    .filter(volume -> volume.use() != null)
                    .collect(Collectors.groupingBy(volume -> volume.place().plan(), TreeMap::new, Collectors.toList()));
            List<Holding> holdings = new ArrayList<>();
            byPlan.forEach((plan, theirs) -> holdings.add(new Holding(
                    plan,
                    "volume",
                    theirs.stream().map(volume -> volume.place().name()).toList(),
                    bytes(theirs.stream()),
                    theirs.stream()
                            .map(VolumeKeeper::used)
                            .max(Instant::compareTo)
                            .orElse(Instant.EPOCH))));
            return new RepositoryInventory(
                    holdings, bytes(volumes.stream()), bytes(volumes.stream().filter(volume -> !volume.isNewest())));
        }
    }

    private static Instant used(Volume volume) {
        return volume.use() == null ? Instant.EPOCH : volume.use().at();
    }

    private static long bytes(Stream<Volume> volumes) {
        return volumes.mapToLong(Volume::sizeBytes).sum();
    }

    @Override
    public RepositoryFindings check(Storage storage) {
        try (ObjectStore store = Stores.open(storage)) {
            return VolumeCheck.of(store, VolumePassword.known(storage, store).orElse(null));
        }
    }

    @Override
    public RepositoryGarbage collectGarbage(Storage storage, Instant unusedSince) {
        try (ObjectStore store = Stores.open(storage)) {
            long objects = 0;
            long bytes = 0;
            for (Volume volume : VolumeSurvey.of(store)) {
                if (!volume.isNewest()
                        && volume.touched().isBefore(unusedSince)
                        && !isUsedSince(store, volume.place(), unusedSince)) {
                    objects += remove(store, volume.place());
                    bytes += volume.sizeBytes();
                }
            }
            return new RepositoryGarbage(objects, bytes);
        }
    }

    /** A migration may have begun since the survey was made. */
    private static boolean isUsedSince(ObjectStore store, VolumePlace place, Instant time) {
        return VolumeUse.read(store, place)
                .filter(use -> !use.at().isBefore(time))
                .isPresent();
    }

    private static long remove(ObjectStore store, VolumePlace place) {
        List<String> keys = keys(store, place);
        keys.forEach(store::delete);
        return keys.size();
    }

    /** {@return all that there is of a volume, in the order in which it is to go} */
    static List<String> keys(ObjectStore store, VolumePlace place) {
        try (Stream<ObjectStat> all = store.list(place.prefix())) {
            return all.map(ObjectStat::key)
                    .sorted(Comparator.comparingInt(key -> rank(key, place)))
                    .toList();
        }
    }

    private static int rank(String key, VolumePlace place) {
        for (int i = 0; i < PARTS.size(); i++) {
            if (key.startsWith(place.restic() + "/" + PARTS.get(i))) {
                return i;
            }
        }
        return PARTS.size();
    }

    @Override
    public Optional<Secret> madeKey(Storage storage) {
        try (ObjectStore store = Stores.open(storage)) {
            return VolumePassword.made(store).map(Secret::of);
        }
    }

    @Override
    public void removeMadeKey(Storage storage) {
        try (ObjectStore store = Stores.open(storage)) {
            VolumePassword.removeMade(storage, store);
        }
    }

    @Override
    public void forget(Storage storage, String plan) {
        try (ObjectStore store = Stores.open(storage)) {
            List<VolumePlace> places;
            try (Stream<ObjectStat> objects = store.list(VolumePlace.ofPlan(plan))) {
                places = objects.flatMap(object -> VolumePlace.ofKey(object.key()).stream())
                        .distinct()
                        .toList();
            }
            places.forEach(place -> store.delete(place.use()));
        }
    }
}
