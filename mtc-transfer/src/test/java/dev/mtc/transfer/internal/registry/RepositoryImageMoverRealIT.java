package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Repository;
import dev.mtc.api.RepositoryInventory.Holding;
import dev.mtc.api.S3Storage;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.RepositoryImage;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.transfer.internal.objectstore.DirectoryStorageProvider;
import dev.mtc.transfer.testing.FakeRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registry A to registry B of the test bed through a real bucket, and a directory as skopeo sees it. */
class RepositoryImageMoverRealIT {

    private static final String PLAN = "shop-1a2b";
    private static final String OTHER = "other-3c4d";

    private final String run = "it-" + UUID.randomUUID();
    private final RealRegistries registries = RealRegistries.fromEnvironment();
    private final RealBucket bucket = new RealBucket();
    private final Set<String> written = new LinkedHashSet<>();

    @AfterEach
    void close() {
        bucket.close();
        written.forEach(registries::delete);
    }

    private abstract static class InBucket extends RepositoryMoverContract {
        private final RealBucket bucket = new RealBucket();

        @Override
        ObjectStore open() {
            return bucket.open();
        }

        @AfterEach
        void empty() {
            bucket.close();
        }
    }

    @Nested
    class ToBucket extends InBucket {
        @Override
        Leg leg() {
            return Leg.TO_THE_REPOSITORY;
        }
    }

    @Nested
    class FromBucket extends InBucket {
        @Override
        Leg leg() {
            return Leg.FROM_THE_REPOSITORY;
        }
    }

    private RunContext context(ObjectStore store) {
        return new RunContext(run + "-" + UUID.randomUUID(), store, registries.a(), registries.b());
    }

    private ImageMove in(String plan, String image) {
        return new ImageMove("in", source(image), stored(plan, image));
    }

    private ImageMove out(String image) {
        String target = registries.b().host() + "/it-registry/" + run + "/" + image;
        written.add(target);
        return new ImageMove("out", stored(PLAN, image), target);
    }

    private String source(String image) {
        return registries.a().host() + "/" + image;
    }

    private String stored(String plan, String image) {
        return new RepositoryImage(plan, source(image)).toString();
    }

    /** Copies as a process of its own. */
    private TransferStatus.Succeeded copied(ImageMove move, ObjectStore store) {
        try (RunContext context = context(store)) {
            return Copying.copied(new RepositoryImageMover(), move, context);
        }
    }

    @Test
    void copy_throughABucket_hasTheDigestsThatSkopeoSeesAndMovesNothingTwice() {
        try (ObjectStore store = bucket.open()) {
            for (String image : List.of("shop/postgres:1", "shop/web:1")) {
                assertThat(copied(in(PLAN, image), store).movedBytes()).isPositive();
                assertThat(copied(in(PLAN, image), store).movedBytes()).isZero();
                ImageMove out = out(image);
                assertThat(copied(out, store).movedBytes()).isPositive();
                assertThat(copied(out, store).movedBytes()).isZero();
                assertThat(registries.skopeoRaw(out.target())).isEqualTo(registries.skopeoRaw(source(image)));
            }
        }
    }

    @Test
    void collectGarbage_inABucket_leavesWhatAnotherPlanNeeds() {
        S3Storage storage = bucket.storage();
        Repository repository = Repository.of(storage);
        try (ObjectStore store = bucket.open()) {
            copied(in(PLAN, "shop/busybox:1"), store);
            copied(in(OTHER, "shop/busybox:1"), store);
            copied(in(OTHER, "shop/web:1"), store);
            repository.forget(OTHER);
            long unneeded = repository.inventory().unneededBytes();

            assertThat(repository.collectGarbage(Duration.ofHours(1)).objects()).isZero();
            Copying.until("the clock of the server is past the last write", () -> store.list(LayoutKeys.BLOBS)
                    .allMatch(blob -> blob.modified().isBefore(Instant.now().minusSeconds(2))));
            assertThat(repository.collectGarbage(Duration.ofSeconds(1)).sizeBytes())
                    .isEqualTo(unneeded)
                    .isPositive();

            assertThat(repository.inventory().holdings())
                    .extracting(Holding::plan)
                    .containsExactly(PLAN);
            assertThat(copied(out("shop/busybox:1"), store).proof()).isNotNull();
        }
    }

    @Test
    void directory_withImages_isReadBySkopeo(@TempDir Path directory) {
        Path images = directory.resolve("images");
        try (ObjectStore store = new DirectoryStorageProvider().open(Storage.directory(directory));
                FakeRegistry origin = FakeRegistry.open();
                RunContext there = new RunContext(run, store, origin.connection())) {
            origin.putIndex("shop/signed:1", 1000, 2_000_000);
            String name = origin.host() + "/shop/signed:1";
            Copying.copied(
                    new RepositoryImageMover(),
                    new ImageMove("in", name, new RepositoryImage(PLAN, name).toString()),
                    there);
            copied(in(PLAN, "shop/busybox:1"), store);
            String layout = "oci:" + images.resolve("plans").resolve(PLAN) + ":";
            String blobs = images.resolve("blobs").toString();

            assertThat(Skopeo.run(List.of(
                            "skopeo",
                            "inspect",
                            "--raw",
                            "--shared-blob-dir",
                            blobs,
                            layout + source("shop/busybox:1"))))
                    .isEqualTo(registries.skopeoRaw(source("shop/busybox:1")));
            Path copy = directory.resolve("copy");
            Skopeo.run(List.of(
                    "skopeo",
                    "--insecure-policy",
                    "copy",
                    "--all",
                    "--src-shared-blob-dir",
                    blobs,
                    layout + name,
                    "dir:" + copy));
            assertThat(copy.resolve("manifest.json"))
                    .content(StandardCharsets.UTF_8)
                    .isEqualTo(new String(origin.manifest("shop/signed:1").orElseThrow(), StandardCharsets.UTF_8));
        }
    }
}
