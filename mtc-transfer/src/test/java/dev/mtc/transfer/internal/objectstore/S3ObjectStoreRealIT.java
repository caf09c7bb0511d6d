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
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract, and what only a real server shows, against the one that the MTC_S3 variables name. */
@Timeout(300)
class S3ObjectStoreRealIT extends ObjectStoreContract {

    private static final long MIB = 1L << 20;

    private final String prefix = "it-store-" + UUID.randomUUID() + "/";

    @Override
    protected ObjectStore open() {
        return store(storage());
    }

    @AfterEach
    void deleteAll() {
        try (ObjectStore store = open()) {
            RealS3.deleteAll(store);
        }
    }

    private static ObjectStore store(S3Storage storage) {
        return new S3StorageProvider().open(storage);
    }

    private S3Storage storage() {
        return RealS3.storage(prefix);
    }

    private static StorageAccessException failure(Runnable call) {
        return catchThrowableOfType(StorageAccessException.class, call::run);
    }

    @Test
    void list_moreThanAPage_isWhole() {
        List<String> keys = IntStream.range(0, 25)
                .mapToObj(i -> String.format("many/%05d", i))
                .toList();
        try (ObjectStore store = open();
                S3Bucket bucket = S3Bucket.open(storage(), S3Retries.standard())) {
            keys.parallelStream().forEach(key -> store.put(key, Content.of(new byte[0])));

            assertThat(new S3Listing(bucket, "many/", 10))
                    .toIterable()
                    .extracting(ObjectStat::key)
                    .containsExactlyElementsOf(keys);
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
    void tls_authorityGiven_works() {
        S3Storage tls =
                RealS3.storage(RealS3.env("MTC_S3_TLS_ENDPOINT"), prefix).caBundle(Path.of(RealS3.env("MTC_S3_CA")));
        try (ObjectStore store = store(tls)) {
            store.put("tls", Content.of(new byte[(int) (10 * MIB)]));

            assertThat(store.stat("tls").orElseThrow().sizeBytes()).isEqualTo(10 * MIB);
        }
    }

    @Test
    void tls_insecure_worksWithoutTheAuthority() {
        try (ObjectStore store =
                store(RealS3.storage(RealS3.env("MTC_S3_TLS_ENDPOINT"), prefix).insecure())) {
            store.put("insecure", Content.of(new byte[1]));

            assertThat(store.stat("insecure")).isPresent();
        }
    }

    @Test
    void tls_authorityUnknown_failsAndAsksForIt() {
        try (ObjectStore store = store(RealS3.storage(RealS3.env("MTC_S3_TLS_ENDPOINT"), prefix))) {
            StorageAccessException failure = failure(() -> store.stat("a"));

            assertThat(failure.remedy()).isEqualTo(Remedy.FIX_INPUT);
            assertThat(failure).hasMessageContaining("caBundle");
        }
    }

    @Test
    void credentials_wrong_failAndAreNamed() {
        for (S3Storage wrong : List.of(
                storage().credentials(RealS3.env("MTC_S3_ACCESS_KEY"), Secret.of("not-the-secret")),
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
        S3Storage missing = Storage.s3("no-such-bucket-" + UUID.randomUUID(), RealS3.env("MTC_S3_ENDPOINT"))
                .pathStyleAccess()
                .credentials(RealS3.env("MTC_S3_ACCESS_KEY"), Secret.fromEnv("MTC_S3_SECRET_KEY"));
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
            assertThat(RealS3.unfinished(storage())).isEmpty();
        }
    }
}
