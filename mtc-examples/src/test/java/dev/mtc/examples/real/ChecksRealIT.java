package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.CheckReport;
import dev.mtc.api.Cluster;
import dev.mtc.api.Plan;
import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.StorageProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What checks say of a real S3 server, real registries and real clusters. */
class ChecksRealIT {

    private static final String NAME = "mtc-cond-shop";

    private static final String PREFIX = "mtc-cond-" + UUID.randomUUID() + "/";

    private final RealNamespace source = RealNamespace.onSource(NAME);
    private final RealNamespace target = RealNamespace.onTarget(NAME);

    @BeforeEach
    void makeNamespace() {
        source.create();
    }

    @AfterEach
    void deleteNamespace() {
        source.delete();
        source.close();
        target.close();
    }

    private static S3Storage storage(String bucket) {
        return Storage.s3(bucket, RealClusters.env("MTC_S3_ENDPOINT"))
                .pathStyleAccess()
                .region(RealClusters.env("MTC_S3_REGION"))
                .credentials(RealClusters.env("MTC_S3_ACCESS_KEY"), Secret.fromEnv("MTC_S3_SECRET_KEY"))
                .prefix(PREFIX);
    }

    private static S3Storage storage() {
        return storage(RealClusters.env("MTC_S3_BUCKET"));
    }

    private static List<String> keys() {
        StorageProvider provider = ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(it -> it.supports(storage()))
                .findFirst()
                .orElseThrow();
        try (ObjectStore store = provider.open(storage());
                Stream<ObjectStat> objects = store.list("")) {
            return objects.map(ObjectStat::key).toList();
        }
    }

    private static void assertTestFailed(CheckReport report, String... words) {
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("BackupStorageProviderTestFailed");
            assertThat(problem.reason()).isEqualTo("TestFailed");
            assertThat(problem.toString()).contains(words);
            assertThat(problem.fix()).isNotBlank();
        });
    }

    @Test
    void storage_good_isOk() {
        assertThat(storage().check()).hasToString("ok: an object was written, read and deleted");
    }

    @Test
    void storage_bucketThatDoesNotExist_isNamed() {
        assertTestFailed(storage("mtc-cond-nowhere").check(), "mtc-cond-nowhere", "create the bucket");
    }

    @Test
    void storage_wrongKey_isNamedWithoutIt() {
        CheckReport report = storage()
                .credentials(RealClusters.env("MTC_S3_ACCESS_KEY"), Secret.of("not-the-key"))
                .check();

        assertTestFailed(report, "access key");
        assertThat(report.describe()).doesNotContain("not-the-key");
    }

    @Test
    void cluster_withRegistryAndLogin_isOk() {
        assertThat(RealClusters.source().check().problems()).isEmpty();
        assertThat(RealClusters.target().check().problems()).isEmpty();
    }

    @Test
    void cluster_withWrongRegistryPassword_isInvalidRoute() {
        Cluster wrong = RealClusters.target()
                .registry(RealClusters.registryB().credentials("mtc", Secret.of("wrong-password")));

        assertThat(wrong.check().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("InvalidRegistryRoute");
            assertThat(problem.toString())
                    .contains(RealClusters.env("MTC_REGISTRY_B"))
                    .doesNotContain("wrong-password");
        });
    }

    @Test
    void plan_good_isOkAndLeavesNothingInTheRepository() {
        Plan plan = Plan.named("mtc-cond")
                .from(RealClusters.source())
                .to(RealClusters.target())
                .via(storage())
                .namespace(NAME)
                .build();

        assertThat(plan.check().problems()).isEmpty();
        assertThat(keys()).isEmpty();
    }

    @Test
    void plan_withRepositoryThatCannotBeUsed_isNotReady() {
        Plan plan = Plan.named("mtc-cond")
                .from(RealClusters.source())
                .to(RealClusters.target())
                .via(storage("mtc-cond-nowhere"))
                .namespace(NAME)
                .build();

        assertThat(plan.check().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("StorageNotReady");
            assertThat(problem.message()).contains("mtc-cond-nowhere");
        });
    }
}
