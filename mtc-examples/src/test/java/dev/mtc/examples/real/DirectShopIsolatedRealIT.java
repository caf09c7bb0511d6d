package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Migration;
import dev.mtc.api.MigrationListener;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.TransferProgressed;
import dev.mtc.api.VolumeChoice;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A shop between clusters of the test bed that do not reach each other, its volumes straight through the API servers. */
class DirectShopIsolatedRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String NAME = "isolated-shop-it";

    private static RealNamespace source;
    private static RealNamespace target;
    private static Shop shop;

    @BeforeAll
    static void openShop() throws Exception {
        source = RealNamespace.onSource(NAME);
        target = RealNamespace.onTarget(NAME);
        target.delete();
        shop = Shop.open(source);
    }

    @AfterAll
    static void closeShop() throws Exception {
        for (RealNamespace namespace : new RealNamespace[] {source, target}) {
            if (namespace != null) {
                namespace.delete();
                namespace.close();
            }
        }
    }

    private static void testbed(String verb) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("testbed/testbed", verb).inheritIO().start();
        assertThat(process.waitFor()).as("testbed " + verb).isZero();
    }

    @Test
    void cutover_nothingChosen_goesThroughTheTunnel() throws Exception {
        String orders = shop.orders();
        List<String> files = shop.files();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Plan plan = Plan.named(NAME)
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace(NAME)
                .volumes(VolumeChoice.copy().verify())
                .build();

        MigrationResult result;
        testbed("isolate");
        try {
            result = Migration.of(plan)
                    .quiesce()
                    .verify()
                    .listener(MigrationListener.on(TransferProgressed.class, event -> seen.add(event.toString())))
                    .cutover()
                    .await(LIMIT)
                    .requireSuccess();
        } finally {
            testbed("connect");
        }

        Shop arrived = Shop.in(target);
        arrived.awaitReady();
        assertThat(arrived.orders()).isEqualTo(orders).startsWith("1000 rows");
        assertThat(arrived.files()).isEqualTo(files).hasSizeGreaterThan(4000);
        assertThat(result.items())
                .filteredOn(item -> item.kind().equals("volume"))
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.proof()).contains("entries equal", "contents by BLAKE2b"));
        assertThat(seen).anyMatch(event -> event.contains("via tunnel, because of node-port"));
    }
}
