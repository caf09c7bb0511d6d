package dev.mtc.engine.internal.objects;

import dev.mtc.api.RepositoryFindings;
import dev.mtc.api.RepositoryGarbage;
import dev.mtc.api.RepositoryInventory;
import dev.mtc.api.RepositoryInventory.Holding;
import dev.mtc.api.RepositoryKeeper;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.engine.internal.objects.BackupSurvey.Backup;
import dev.mtc.engine.internal.run.Providers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks after captured objects in repositories. A plan needs the captures that its runs leave; one without a description is
 * what a killed run or a forgotten plan left.
 */
public final class BackupKeeper implements RepositoryKeeper {

    /** For {@link java.util.ServiceLoader}. */
    public BackupKeeper() {}

    @Override
    public String id() {
        return "backups";
    }

    private static ObjectStore open(Storage storage) {
        return Providers.of(List.of()).open(storage);
    }

    @Override
    public RepositoryInventory inventory(Storage storage) {
        try (ObjectStore store = open(storage)) {
            return inventory(store);
        }
    }

    @Override
    public RepositoryFindings check(Storage storage) {
        try (ObjectStore store = open(storage)) {
            return BackupCheck.of(store);
        }
    }

    @Override
    public RepositoryGarbage collectGarbage(Storage storage, Instant unusedSince) {
        try (ObjectStore store = open(storage)) {
            return collectGarbage(store, unusedSince);
        }
    }

    @Override
    public void forget(Storage storage, String plan) {
        try (ObjectStore store = open(storage)) {
            forget(store, plan);
        }
    }

    static RepositoryInventory inventory(ObjectStore store) {
        List<Backup> all = BackupSurvey.of(store);
        Map<String, List<Backup>> byPlan = new TreeMap<>();
        all.stream().filter(backup -> backup.plan() != null).forEach(backup -> byPlan.computeIfAbsent(
                        "" + backup.plan(), plan -> new ArrayList<>())
                .add(backup));
        List<Holding> holdings = new ArrayList<>();
        byPlan.forEach((plan, backups) -> holdings.add(new Holding(
                plan,
                "capture",
                backups.stream().map(Backup::name).toList(),
                bytes(backups),
                backups.get(0).started())));
        return new RepositoryInventory(holdings, bytes(all), bytes(unneeded(all)));
    }

    private static long bytes(List<Backup> backups) {
        return backups.stream().mapToLong(Backup::sizeBytes).sum();
    }

    /** {@return the captures that are not complete} */
    private static List<Backup> unneeded(List<Backup> all) {
        return all.stream()
                .filter(backup -> backup.plan() == null && backup.fault() == null)
                .toList();
    }

    static RepositoryGarbage collectGarbage(ObjectStore store, Instant unusedSince) {
        long objects = 0;
        long bytes = 0;
        for (Backup backup : unneeded(BackupSurvey.of(store))) {
            if (backup.written().isBefore(unusedSince)) {
                try (Stream<ObjectStat> files = store.list(BackupLocation.ROOT + backup.name() + "/")) {
                    objects += files.count();
                }
                BackupLocation.in(store).delete(backup.name());
                bytes += backup.sizeBytes();
            }
        }
        return new RepositoryGarbage(objects, bytes);
    }

    /** Without its description a capture is not complete, which is what garbage is known by. */
    static void forget(ObjectStore store, String plan) {
        BackupSurvey.of(store).stream()
                .filter(backup ->
                        Optional.ofNullable(backup.plan()).filter(plan::equals).isPresent())
                .forEach(backup -> store.delete(BackupLocation.ROOT + backup.name() + BackupLocation.DESCRIPTION));
    }
}
