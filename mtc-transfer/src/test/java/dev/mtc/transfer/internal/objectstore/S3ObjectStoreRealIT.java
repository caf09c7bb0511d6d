package dev.mtc.transfer.internal.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mtc.api.Remedy;
import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.Storage;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.contract.ObjectStoreContract;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract, and what only a real server shows, against the one that the MTC_S3 variables name. */
@Timeout(300)
class S3ObjectStoreRealIT extends ObjectStoreContract {

    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;

    private final String prefix = "it-store-" + UUID.randomUUID() + "/";

    @Override
    protected ObjectStore open() {
        return store(storage());
    }

    @AfterEach
    void deleteAll() {
        try (ObjectStore store = open();
                Stream<ObjectStat> objects = store.list("")) {
            objects.forEach(object -> store.delete(object.key()));
        }
    }

    private static ObjectStore store(S3Storage storage) {
        return new S3StorageProvider().open(storage);
    }

    private S3Storage storage() {
        return storage(env("MTC_S3_ENDPOINT"));
    }

    private S3Storage storage(String endpoint) {
        return Storage.s3(env("MTC_S3_BUCKET"), endpoint)
                .pathStyleAccess()
                .region(env("MTC_S3_REGION"))
                .credentials(env("MTC_S3_ACCESS_KEY"), Secret.fromEnv("MTC_S3_SECRET_KEY"))
                .prefix(prefix);
    }

    private static String env(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    name
                            + " is not set; start an S3 server, for example with mtc-examples/testbed, and export its MTC_S3 variables");
        }
        return value;
    }

    private static StorageAccessException failure(Runnable call) {
        return catchThrowableOfType(StorageAccessException.class, call::run);
    }

    @Test
    void list_moreThanAPage_isWhole() {
        List<String> keys = IntStream.range(0, 1_050)
                .mapToObj(i -> String.format("many/%05d", i))
                .toList();
        try (ObjectStore store = open()) {
            keys.parallelStream().forEach(key -> store.put(key, Content.of(new byte[0])));
            try (Stream<ObjectStat> objects = store.list("many/")) {
                assertThat(objects.map(ObjectStat::key)).containsExactlyElementsOf(keys);
            }
        }
    }

    @Test
    void prefix_otherStores_areNotSeen() {
        try (ObjectStore store = open();
                ObjectStore other = store(storage().prefix(prefix + "other/"))) {
            store.put("a", Content.of(new byte[1]));
            other.put("b", Content.of(new byte[1]));
            try (Stream<ObjectStat> objects = other.list("")) {
                assertThat(objects.map(ObjectStat::key)).containsExactly("b");
            }
            assertThat(store.stat("other/b")).isPresent();
        }
    }

    @Test
    void put_gibibyteOfUnknownLength_isWholeAndHoldsAFewParts() throws IOException {
        CRC32 sent = new CRC32();
        HeapWatch heap = new HeapWatch();
        Content content = Content.of(
                OptionalLong.empty(),
                () -> new CheckedInputStream(new RepeatingInputStream(GIB, 128 * MIB, heap::sample), sent));
        try (ObjectStore store = open()) {
            store.put("warm-up", Content.of(new byte[(int) (9 * MIB)]));
            heap.start();
            ObjectStat put = store.put("large", content);

            assertThat(put.sizeBytes()).isEqualTo(GIB);
            assertThat(heap.growth()).as("bytes held while sending").isLessThan(128 * MIB);
            CRC32 received = new CRC32();
            try (InputStream in = new CheckedInputStream(store.open("large", 0), received)) {
                assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(GIB);
            }
            assertThat(received.getValue()).isEqualTo(sent.getValue());
        }
    }

    /** The live heap, collected before each look at it: garbage is no part of what an upload holds. */
    private static final class HeapWatch {
        private long before;
        private long most;

        void start() {
            before = live();
        }

        void sample() {
            most = Math.max(most, live());
        }

        long growth() {
            return most - before;
        }

        private static long live() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }

    @Test
    void tls_authorityGiven_works() {
        S3Storage tls = storage(env("MTC_S3_TLS_ENDPOINT")).caBundle(Path.of(env("MTC_S3_CA")));
        try (ObjectStore store = store(tls)) {
            store.put("tls", Content.of(new byte[(int) (10 * MIB)]));

            assertThat(store.stat("tls").orElseThrow().sizeBytes()).isEqualTo(10 * MIB);
        }
    }

    @Test
    void tls_authorityUnknown_failsAndAsksForIt() {
        try (ObjectStore store = store(storage(env("MTC_S3_TLS_ENDPOINT")))) {
            StorageAccessException failure = failure(() -> store.stat("a"));

            assertThat(failure.remedy()).isEqualTo(Remedy.FIX_INPUT);
            assertThat(failure).hasMessageContaining("caBundle");
        }
    }

    @Test
    void credentials_wrong_failAndAreNamed() {
        for (S3Storage wrong : List.of(
                storage().credentials(env("MTC_S3_ACCESS_KEY"), Secret.of("not-the-secret")),
                storage().credentials("nobody", Secret.of("not-the-secret")))) {
            try (ObjectStore store = store(wrong)) {
                for (Runnable call : List.<Runnable>of(
                        () -> store.put("a", Content.of(new byte[1])), () -> store.stat("a"), () -> store.list("")
                                .count())) {
                    StorageAccessException failure = failure(call);

                    assertThat(failure.remedy()).isEqualTo(Remedy.FIX_INPUT);
                    assertThat(failure).hasMessageContaining("access key").hasMessageNotContaining("not-the-secret");
                }
            }
        }
    }

    @Test
    void bucket_missing_failsAndIsNamed() {
        S3Storage missing = Storage.s3("no-such-bucket-" + UUID.randomUUID(), env("MTC_S3_ENDPOINT"))
                .pathStyleAccess()
                .credentials(env("MTC_S3_ACCESS_KEY"), Secret.fromEnv("MTC_S3_SECRET_KEY"));
        try (ObjectStore store = store(missing)) {
            for (Runnable call : List.<Runnable>of(
                    () -> store.put("a", Content.of(new byte[1])),
                    () -> store.stat("a"),
                    () -> store.open("a", 0),
                    () -> store.list("").count())) {
                StorageAccessException failure = failure(call);

                assertThat(failure.remedy()).isEqualTo(Remedy.FIX_INPUT);
                assertThat(failure).hasMessageContaining("no-such-bucket").hasMessageContaining("bucket");
            }
        }
    }

    @Test
    void put_conditionFailsInParts_leavesNoUploadBehind() {
        try (ObjectStore store = open();
                S3Bucket bucket = S3Bucket.open(storage(), S3Retries.standard());
                S3Uploads uploads = new S3Uploads(bucket)) {
            store.put("a", Content.of(new byte[1]));

            assertThat(uploads.putIfAbsent("a", Content.of(new byte[(int) (20 * MIB)])))
                    .isFalse();
            assertThat(bucket.tried(client -> client.listMultipartUploads(r -> r.bucket(bucket.name())))
                            .uploads())
                    .noneMatch(upload -> upload.key().startsWith(prefix));
        }
    }

    /** A block of bytes over and over, cheap to make; calls back each time so many bytes were read. */
    private static final class RepeatingInputStream extends InputStream {
        private final byte[] block = new byte[65_521];
        private final long interval;
        private final Runnable atInterval;
        private long left;

        RepeatingInputStream(long length, long interval, Runnable atInterval) {
            left = length;
            this.interval = interval;
            this.atInterval = atInterval;
            new Random(7).nextBytes(block);
        }

        @Override
        public int read() {
            return left-- > 0 ? block[(int) (left % block.length)] & 0xff : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(Math.min(length, block.length), left);
            System.arraycopy(block, 0, buffer, offset, count);
            if (left / interval != (left - count) / interval) {
                atInterval.run();
            }
            left -= count;
            return count;
        }
    }
}
