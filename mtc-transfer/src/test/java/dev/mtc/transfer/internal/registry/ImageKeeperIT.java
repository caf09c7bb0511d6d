package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.CheckReport;
import dev.mtc.api.Problem;
import dev.mtc.api.Repository;
import dev.mtc.api.RepositoryGarbage;
import dev.mtc.api.RepositoryInventory;
import dev.mtc.api.RepositoryInventory.Holding;
import dev.mtc.api.Sizes;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.RepositoryImage;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.transfer.internal.objectstore.DirectoryStorageProvider;
import dev.mtc.transfer.testing.FakeRegistry;
import dev.mtc.transfer.testing.FakeRegistry.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What images in a repository are, and what of them is garbage. */
class ImageKeeperIT {

    private static final String SHOP = "shop-1a2b";
    private static final String BANK = "bank-3c4d";

    @TempDir
    Path directory;

    private final FakeRegistry registry = FakeRegistry.open();
    private ObjectStore store;
    private Repository repository;
    private int runs;

    @BeforeEach
    void open() {
        store = new DirectoryStorageProvider().open(Storage.directory(directory));
        repository = Repository.of(Storage.directory(directory));
    }

    @AfterEach
    void close() {
        store.close();
        registry.close();
    }

    /** Brings images in as a run of its own. */
    private void stage(String plan, String... images) {
        try (RunContext run = new RunContext("run-" + runs++, store, registry.connection())) {
            for (String image : images) {
                Copying.copied(new RepositoryImageMover(), in(plan, image), run);
            }
        }
    }

    private ImageMove in(String plan, String image) {
        String source = registry.host() + "/" + image;
        return new ImageMove(image, source, new RepositoryImage(plan, source).toString());
    }

    private void assertComesOut(String plan, String image) {
        try (RunContext run = new RunContext("out-" + runs++, store, registry.connection())) {
            String stored = new RepositoryImage(plan, registry.host() + "/" + image).toString();
            assertThat(Copying.copied(
                                    new RepositoryImageMover(),
                                    new ImageMove("out", stored, registry.host() + "/out/" + image),
                                    run)
                            .proof())
                    .isNotNull();
        }
    }

    private List<ObjectStat> blobs() {
        return store.list(LayoutKeys.BLOBS).toList();
    }

    @Test
    void inventory_ofTwoPlans_tellsWhatTheyHaveAndShare() {
        registry.putImage("shop/web:1", 400_000, 100_000);
        registry.putImage("bank/web:1", 400_000, 200_000);
        stage(SHOP, "shop/web:1");
        stage(BANK, "bank/web:1");

        RepositoryInventory inventory = repository.inventory();

        assertThat(inventory.holdings()).extracting(Holding::plan).containsExactly(BANK, SHOP);
        assertThat(inventory.holdings().get(1).names()).containsExactly(registry.host() + "/shop/web:1");
        assertThat(inventory.holdings().get(1).sizeBytes()).isBetween(500_000L, 502_000L);
        assertThat(inventory.totalBytes()).isBetween(700_000L, 704_000L);
        assertThat(inventory.unneededBytes()).isZero();
        assertThat(inventory.describe()).contains("1 image, 50").contains("shop/web:1");
    }

    @Test
    void inventory_ofAnEmptyRepository_isEmpty() {
        assertThat(repository.inventory().holdings()).isEmpty();
        assertThat(repository.collectGarbage(Duration.ZERO)).isEqualTo(new RepositoryGarbage(0, 0));
    }

    @Test
    void collectGarbage_ofAForgottenPlan_leavesWhatAnotherNeeds() {
        registry.putImage("shop/web:1", 400_000, 100_000);
        registry.putIndex("bank/web:1", 400_000, 200_000);
        stage(SHOP, "shop/web:1");
        stage(BANK, "bank/web:1");

        repository.forget(SHOP);
        RepositoryGarbage removed = repository.collectGarbage(Duration.ZERO);

        assertThat(removed.objects()).as("manifest, configuration and a layer").isEqualTo(3);
        assertThat(removed.sizeBytes()).isBetween(100_000L, 102_000L);
        assertComesOut(BANK, "bank/web:1");
        assertThat(repository.inventory().unneededBytes()).isZero();
        assertThat(repository.collectGarbage(Duration.ZERO).objects()).isZero();
    }

    @Test
    void collectGarbage_ofWhatWasWrittenLately_leavesIt() {
        registry.putImage("shop/web:1", 1000);
        stage(SHOP, "shop/web:1");
        repository.forget(SHOP);

        assertThat(repository.collectGarbage(Duration.ofHours(1)).objects()).isZero();
        assertThat(repository.inventory().unneededBytes()).isPositive();
        assertThat(repository.collectGarbage(Duration.ZERO).objects()).isEqualTo(3);
        assertThat(blobs()).isEmpty();
    }

    @Test
    void collectGarbage_ofWhatTheNewestRunDoesNotUse_removesIt() {
        registry.putImage("shop/web:1", 1000);
        registry.putImage("shop/web:2", 2000);
        registry.putImage("shop/api:1", 3000);
        stage(SHOP, "shop/web:1", "shop/api:1");
        stage(SHOP, "shop/web:2", "shop/api:1");

        assertThat(repository.collectGarbage(Duration.ofHours(1)).objects()).isZero();
        repository.collectGarbage(Duration.ZERO);

        assertThat(repository.inventory().holdings().get(0).names())
                .containsExactly(registry.host() + "/shop/api:1", registry.host() + "/shop/web:2");
        assertThat(blobs()).as("of two images").hasSize(6);
        assertComesOut(SHOP, "shop/web:2");
        assertComesOut(SHOP, "shop/api:1");
    }

    @Test
    void collectGarbage_ofSignedPlatforms_leavesTheSignatures() {
        registry.putIndex("shop/web:1", 1000);
        String index = new String(registry.manifest("shop/web:1").orElseThrow(), StandardCharsets.UTF_8);
        String platform = index.substring(index.indexOf("sha256:")).substring(0, 71);
        String tag = platform.replace(':', '-') + ".sig";
        Signatures.push(registry, platform, "signature", "shop/web:" + tag);
        stage(SHOP, "shop/web:1");
        stage(SHOP, "shop/web:1");

        assertThat(repository.collectGarbage(Duration.ZERO).objects()).isZero();

        assertComesOut(SHOP, "shop/web:1");
        assertThat(registry.digest("out/shop/web:" + tag)).isPresent();
    }

    @Test
    void collectGarbage_whileAnImageIsCopied_leavesWhatItNeeds() {
        registry.putImage("bank/web:1", 400_000);
        registry.putImage("shop/web:1", 400_000, 100_000);
        stage(BANK, "bank/web:1");
        repository.forget(BANK);
        registry.hold(Operation.BLOB_GET);
        try (RunContext run = new RunContext("copying", store, registry.connection())) {
            RepositoryImageMover mover = new RepositoryImageMover();
            ImageMove move = in(SHOP, "shop/web:1");
            TransferRef ref = mover.start(move, run);
            Copying.until(
                    "the shared layer was found",
                    () -> mover.poll(ref, move, run) instanceof TransferStatus.Running running
                            && running.transferredBytes() >= 400_000);

            assertThat(repository.collectGarbage(Duration.ofSeconds(30)).objects())
                    .isZero();
            assertThat(ImageKeeper.collectGarbage(
                                    store,
                                    store.list(LayoutKeys.COPYING)
                                            .findFirst()
                                            .orElseThrow()
                                            .modified())
                            .objects())
                    .as("manifest and configuration, not the layer that is older too")
                    .isEqualTo(2);
            registry.release();
            assertThat(Copying.await(mover, ref, move, run)).isInstanceOf(TransferStatus.Succeeded.class);
        }
        assertComesOut(SHOP, "shop/web:1");
    }

    @Test
    void collectGarbage_withADamagedManifest_removesNothingAndNamesIt() {
        registry.putImage("bank/web:1", 1000);
        registry.putImage("shop/web:1", 2000);
        stage(BANK, "bank/web:1");
        stage(SHOP, "shop/web:1");
        repository.forget(BANK);
        String key = LayoutKeys.blob(Digest.parse(registry.digest("shop/web:1").orElseThrow()));
        store.put(key, Content.of(new byte[] {'{', '}'}));

        assertThatThrownBy(() -> repository.collectGarbage(Duration.ZERO))
                .isInstanceOf(StorageAccessException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("delete it");
        assertThat(blobs()).hasSize(6);
    }

    private String largestBlob() {
        return blobs().stream()
                .max(Comparator.comparingLong(ObjectStat::sizeBytes))
                .orElseThrow()
                .key();
    }

    private void flipBit(String key) throws IOException {
        byte[] bytes;
        try (InputStream in = store.open(key, 0)) {
            bytes = in.readAllBytes();
        }
        bytes[bytes.length / 2] ^= 1;
        store.put(key, Content.of(bytes));
    }

    @Test
    void check_ofWholeImages_isOkAndSaysHowMuchWasRead() {
        registry.putImage("shop/web:1", 400_000, 100_000);
        registry.putIndex("bank/web:1", 400_000, 200_000);
        stage(SHOP, "shop/web:1");
        stage(BANK, "bank/web:1");

        CheckReport report = repository.check();

        assertThat(report.problems()).isEmpty();
        long bytes = blobs().stream().mapToLong(ObjectStat::sizeBytes).sum();
        assertThat(report.summary())
                .as("all blobs and two indexes")
                .isEqualTo(blobs().size() + 2 + " objects read, " + Sizes.format(bytes));
    }

    @Test
    void check_flippedBitInASharedLayer_namesItAndTheImagesThatNeedIt() throws IOException {
        registry.putImage("shop/web:1", 400_000, 100_000);
        registry.putImage("bank/web:1", 400_000, 200_000);
        stage(SHOP, "shop/web:1");
        stage(BANK, "bank/web:1");
        String layer = largestBlob();
        flipBit(layer);

        CheckReport report = repository.check();

        assertThat(report.isOk()).isFalse();
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).isEqualTo(layer);
            assertThat(problem.code()).isEqualTo("DamagedContent");
            assertThat(problem.message()).contains("shop/web:1 of plan " + SHOP).contains("bank/web:1 of plan " + BANK);
        });
    }

    @Test
    void check_layerGone_namesItAndAnotherStageBringsItBack() {
        registry.putImage("shop/web:1", 400_000, 100_000);
        stage(SHOP, "shop/web:1");
        String layer = largestBlob();
        store.delete(layer);

        assertThat(repository.check().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).isEqualTo(layer);
            assertThat(problem.code()).isEqualTo("MissingContent");
            assertThat(problem.fix()).contains("run a migration");
        });
        stage(SHOP, "shop/web:1");
        assertThat(repository.check().problems()).isEmpty();
    }

    @Test
    void check_damagedManifestAndIndex_areNamedAndTheRestIsLookedAt() throws IOException {
        registry.putImage("shop/web:1", 2000);
        registry.putImage("bank/web:1", 1000);
        stage(SHOP, "shop/web:1");
        stage(BANK, "bank/web:1");
        String manifest =
                LayoutKeys.blob(Digest.parse(registry.digest("shop/web:1").orElseThrow()));
        flipBit(manifest);
        store.put(LayoutKeys.index(BANK), Content.of(new byte[] {'{'}));

        assertThat(repository.check().problems())
                .extracting(Problem::where)
                .containsExactlyInAnyOrder(manifest, LayoutKeys.index(BANK));
    }

    @Test
    void check_damageInWhatNoPlanNeeds_onlyWarns() throws IOException {
        registry.putImage("shop/web:1", 400_000);
        stage(SHOP, "shop/web:1");
        repository.forget(SHOP);
        flipBit(largestBlob());

        CheckReport report = repository.check();

        assertThat(report.isOk()).isTrue();
        assertThat(report.problems()).hasSize(1);
    }
}
