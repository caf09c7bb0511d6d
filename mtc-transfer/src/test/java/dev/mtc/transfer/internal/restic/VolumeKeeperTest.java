package dev.mtc.transfer.internal.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.Repository;
import dev.mtc.api.RepositoryGarbage;
import dev.mtc.api.RepositoryInventory;
import dev.mtc.api.RepositoryInventory.Holding;
import dev.mtc.api.Secret;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.transfer.internal.objectstore.Stores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeKeeperTest {

    private static final VolumePlace DATA = new VolumePlace("shop-1", "shop", "data");
    private static final VolumePlace CACHE = new VolumePlace("shop-1", "shop", "cache");
    private static final VolumePlace BANK = new VolumePlace("bank-2", "bank", "data");

    @TempDir
    private Path directory;

    private ObjectStore store;
    private Repository repository;

    @BeforeEach
    void open() {
        store = Stores.open(Storage.directory(directory));
        repository = Repository.of(Storage.directory(directory));
        put(VolumePassword.KEY, 64);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void inventory_volumesOfTwoPlans_areListedByPlan() {
        stored(DATA, "run-1", 100);
        stored(CACHE, "run-1", 10);
        stored(BANK, "run-2", 1000);

        RepositoryInventory inventory = repository.inventory();

        assertThat(inventory.holdings()).extracting(Holding::plan).containsExactly("bank-2", "shop-1");
        assertThat(inventory.holdings().get(1).names()).containsExactly("shop/cache", "shop/data");
        assertThat(inventory.holdings().get(1).kind()).isEqualTo("volume");
        assertThat(inventory.unneededBytes()).isZero();
        assertThat(inventory.totalBytes())
                .isEqualTo(inventory.holdings().stream()
                        .mapToLong(Holding::sizeBytes)
                        .sum())
                .isGreaterThan(1110);
    }

    @Test
    void collectGarbage_planForgotten_removesItsVolumesOnly() {
        stored(DATA, "run-1", 100);
        stored(BANK, "run-2", 1000);
        repository.forget("shop-1");
        RepositoryInventory before = repository.inventory();

        RepositoryGarbage garbage = repository.collectGarbage(Duration.ZERO);

        assertThat(before.holdings()).extracting(Holding::plan).containsExactly("bank-2");
        assertThat(garbage.sizeBytes()).isEqualTo(before.unneededBytes()).isEqualTo(300);
        assertThat(garbage.objects()).isEqualTo(3);
        assertThat(keys()).noneMatch(key -> key.contains("shop-1")).contains(VolumePassword.KEY);
        assertThat(repository.inventory().totalBytes()).isEqualTo(before.totalBytes() - 300);
    }

    @Test
    void collectGarbage_recentlyWritten_stays() {
        stored(DATA, "run-1", 100);
        repository.forget("shop-1");

        assertThat(repository.collectGarbage(Duration.ofHours(1)).objects()).isZero();
        assertThat(keys()).anyMatch(key -> key.contains("shop-1"));
    }

    @Test
    void collectGarbage_notUsedByTheNewestRun_goes() {
        stored(DATA, "run-1", 100);
        stored(CACHE, "run-1", 10);
        new VolumeUse("run-2", Instant.now().plusSeconds(1)).write(store, DATA);

        assertThat(repository.inventory().unneededBytes()).isGreaterThan(29);
        repository.collectGarbage(Duration.ZERO);

        assertThat(repository.inventory().holdings()).singleElement().satisfies(holding -> assertThat(holding.names())
                .containsExactly("shop/data"));
    }

    @Test
    void volumeKey_madeAtFirstUse_isTold() {
        assertThat(repository.volumeKey().map(Secret::reveal)).contains("x".repeat(64));

        assertThatThrownBy(repository::removeVolumeKey).isInstanceOf(StorageAccessException.class);
        assertThat(keys()).contains(VolumePassword.KEY);
    }

    @Test
    void parts_ofARepository_goInAnOrderThatMayBeBrokenOff() {
        stored(DATA, "run-1", 100);
        put(DATA.restic() + "/keys/k", 1);

        assertThat(VolumeKeeper.keys(store, DATA))
                .extracting(key -> key.substring(key.indexOf("/data/") + 6))
                .containsExactly(
                        "restic/snapshots/s", "restic/data/00/d", "restic/keys/k", "restic/config", "use.json");
    }

    @Test
    void read_useThatIsDamaged_countsAsOld() {
        put(DATA.use(), 5);

        assertThat(VolumeUse.read(store, DATA)).contains(new VolumeUse("", Instant.EPOCH));
    }

    private void stored(VolumePlace place, String run, int bytes) {
        new VolumeUse(run, Instant.now()).write(store, place);
        put(place.restic() + "/config", bytes);
        put(place.restic() + "/snapshots/s", bytes);
        put(place.restic() + "/data/00/d", bytes);
    }

    private void put(String key, int bytes) {
        store.put(key, Content.of("x".repeat(bytes).getBytes(StandardCharsets.US_ASCII)));
    }

    private List<String> keys() {
        try (Stream<ObjectStat> all = store.list("")) {
            return all.map(ObjectStat::key).toList();
        }
    }
}
