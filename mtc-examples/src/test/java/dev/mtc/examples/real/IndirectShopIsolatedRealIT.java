package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.CheckReport;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Repository;
import dev.mtc.api.RepositoryInventory.Holding;
import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.StateStore;
import dev.mtc.api.Storage;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.StorageProvider;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;

/** The shop moves between clusters that cannot reach each other, images and volumes by way of the S3 server. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IndirectShopIsolatedRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String NAME = "indirect-shop-it";
    private static final S3Storage STORAGE = Storage.s3(
                    RealClusters.env("MTC_S3_BUCKET"), RealClusters.env("MTC_S3_ENDPOINT"))
            .pathStyleAccess()
            .region(RealClusters.env("MTC_S3_REGION"))
            .credentials(RealClusters.env("MTC_S3_ACCESS_KEY"), Secret.of(RealClusters.env("MTC_S3_SECRET_KEY")))
            .volumePassword(Secret.of("known to the test only"))
            .prefix("it-shop-" + System.currentTimeMillis() + "/");

    private static RealNamespace source;
    private static RealNamespace target;
    private static Shop shop;
    private static StateStore state;

    @BeforeAll
    static void openShop() throws Exception {
        source = RealNamespace.onSource(NAME);
        target = RealNamespace.onTarget(NAME);
        target.delete();
        shop = Shop.open(source);
        state = StateStore.memory();
        testbed("isolate");
        assertThat(reachable(RealClusters.env("MTC_S3_ENDPOINT").replaceFirst("https?://", "")))
                .isTrue();
        assertThat(reachable(target.client().getMasterUrl().getAuthority()))
                .as("the clusters must be isolated from each other")
                .isFalse();
    }

    @AfterAll
    static void closeShop() throws Exception {
        testbed("connect");
        for (RealNamespace namespace : new RealNamespace[] {source, target}) {
            if (namespace != null) {
                namespace.delete();
                namespace.close();
            }
        }
        if (state != null) {
            state.close();
        }
    }

    private static void testbed(String verb) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("testbed/testbed", verb).inheritIO().start();
        assertThat(process.waitFor()).as("testbed " + verb).isZero();
    }

    /** {@return whether a pod of the source reaches a server} */
    private static boolean reachable(String authority) {
        String host = authority.replaceFirst(":[0-9]+$", "");
        String port = authority.substring(authority.lastIndexOf(':') + 1);
        return source.exec(
                        "postgres-0",
                        "bash",
                        "-c",
                        "timeout 3 bash -c '</dev/tcp/" + host + "/" + port + "' 2>/dev/null && echo yes || echo no")
                .contains("yes");
    }

    private static Plan plan() {
        return Plan.named(NAME)
                .from(RealClusters.source())
                .to(RealClusters.target())
                .via(STORAGE)
                .namespace(NAME)
                .indirectImages()
                .indirectVolumes()
                .volumes(VolumeChoice.copy().verify())
                .build();
    }

    private static Map<String, Long> movedBytes(MigrationResult result) {
        return result.items().stream()
                .filter(item -> item.kind().equals("volume"))
                .collect(Collectors.toMap(ItemOutcome::name, ItemOutcome::movedBytes));
    }

    @Test
    @Order(1)
    void stages_runningShop_secondSendsTheDeltaOnly(TestReporter reporter) {
        plan().check().requireOk();
        MigrationResult first =
                Migration.of(plan()).state(state).stage().await(LIMIT).requireSuccess();
        shop.sql("UPDATE orders SET cents = cents + 1 WHERE id <= 10; CHECKPOINT");
        MigrationResult second =
                Migration.of(plan()).state(state).stage().await(LIMIT).requireSuccess();

        String database = NAME + "/data-postgres-0";
        String files = NAME + "/files";
        reporter.publishEntry("first stage, bytes", movedBytes(first).toString());
        reporter.publishEntry("second stage, bytes", movedBytes(second).toString());
        assertThat(movedBytes(first)).containsOnlyKeys(database, files);
        assertThat(movedBytes(second).get(files)).isZero();
        assertThat(movedBytes(second).get(database))
                .isPositive()
                .isLessThan(movedBytes(first).get(database) / 2);
        assertThat(target.client().pods().inNamespace(NAME).list().getItems()).isEmpty();
    }

    @Test
    @Order(2)
    void cutover_wholeShop_arrivesEqualAndReady(TestReporter reporter) {
        String orders = shop.orders();
        List<String> files = shop.files();

        MigrationResult result = Migration.of(plan())
                .quiesce()
                .verify()
                .state(state)
                .cutover()
                .await(LIMIT)
                .requireSuccess();

        reporter.publishEntry("cut-over, bytes", movedBytes(result).toString());
        Shop arrived = Shop.in(target);
        arrived.awaitReady();
        assertThat(arrived.orders()).isEqualTo(orders).startsWith("1000 rows");
        assertThat(arrived.files()).isEqualTo(files).hasSizeGreaterThan(4000);
        assertThat(result.items())
                .filteredOn(item -> item.kind().equals("volume"))
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.proof()).contains("entries equal", "contents by BLAKE2b"));
        for (RealNamespace side : List.of(source, target)) {
            assertThat(side.labelled("app.kubernetes.io/component", "mover")).isEmpty();
        }
    }

    @Test
    @Order(3)
    void failback_oneRowOfAHundredChanged_sendsTheDeltaOnlyAndTheSourceRestartsWithIt(TestReporter reporter) {
        Shop arrived = Shop.in(target);
        arrived.sql("UPDATE orders SET cents = cents + 1 WHERE id % 100 = 0; CHECKPOINT");
        String sold = arrived.orders();

        MigrationResult result = Migration.of(plan())
                .quiesce()
                .state(state)
                .failback()
                .await(LIMIT)
                .requireSuccess();
        Migration.of(plan()).state(state).rollback().await(LIMIT).requireClean();

        reporter.publishEntry("failback, bytes", movedBytes(result).toString());
        assertThat(result.items())
                .filteredOn(item -> item.kind().equals("volume"))
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.movedBytes())
                        .as(
                                "of unchanged files, what restic keeps of inodes and times; of the database, its changed files")
                        .isLessThan(item.totalBytes() / (item.name().endsWith("/files") ? 50 : 2)));
        shop.awaitReady();
        assertThat(shop.orders()).isEqualTo(sold);
        assertThat(target.exists()).isFalse();
    }

    @Test
    @Order(4)
    void repository_withAFlippedBit_isFoundDamagedThere() throws IOException {
        Repository repository = Repository.of(STORAGE);
        CheckReport whole = repository.check();
        assertThat(whole.problems()).as(whole.describe()).isEmpty();
        try (ObjectStore store = ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.supports(STORAGE))
                .findFirst()
                .orElseThrow()
                .open(STORAGE)) {
            String pack;
            try (Stream<ObjectStat> objects = store.list("volumes/")) {
                pack = objects.map(ObjectStat::key)
                        .filter(key -> key.contains("/restic/data/"))
                        .findFirst()
                        .orElseThrow();
            }
            byte[] bytes;
            try (InputStream in = store.open(pack, 0)) {
                bytes = in.readAllBytes();
            }
            bytes[bytes.length / 2] ^= 1;
            store.put(pack, Content.of(bytes));

            assertThat(repository.check().problems()).singleElement().satisfies(problem -> {
                assertThat(problem.where()).isEqualTo(pack);
                assertThat(problem.message()).contains("volume " + NAME + "/");
            });
        }
    }

    @Test
    @Order(5)
    void repository_afterwards_isListedAndEmptied() {
        Repository repository = Repository.of(STORAGE);
        List<Holding> holdings = repository.inventory().holdings();

        assertThat(holdings).extracting(Holding::kind).containsExactlyInAnyOrder("capture", "image", "volume");
        holdings.forEach(holding -> repository.forget(holding.plan()));
        repository.collectGarbage(Duration.ZERO);
        assertThat(repository.inventory().totalBytes()).isZero();
    }
}
