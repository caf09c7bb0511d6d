package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.VolumeChoice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;

/** The shop's volumes move alone, under other names; later the shop moves and comes back with what was sold meanwhile. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StateMigrationRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String NAME = "state-conversion-it";

    private static RealNamespace source;
    private static RealNamespace target;
    private static Shop shop;

    @BeforeAll
    static void openShop() {
        source = RealNamespace.onSource(NAME);
        target = RealNamespace.onTarget(NAME);
        target.delete();
        shop = Shop.open(source);
    }

    @AfterAll
    static void closeShop() {
        for (RealNamespace namespace : new RealNamespace[] {source, target}) {
            if (namespace != null) {
                namespace.delete();
                namespace.close();
            }
        }
    }

    private static Plan stateOnly() {
        return Plan.named("state-only-it")
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace(NAME)
                .volumes(VolumeChoice.copy().verify())
                .volume(NAME + "/files", VolumeChoice.copy().rename("pictures").verify())
                .build();
    }

    private static Plan forth() {
        return Plan.named("state-forth-it")
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace(NAME)
                .volumes(VolumeChoice.copy().verify())
                .build();
    }

    @Test
    @Order(1)
    void migrateState_claimRenamed_carriesTheFilesAndNothingElse() {
        List<String> files = shop.files();

        Migration.of(stateOnly()).quiesce().migrateState().await(LIMIT).requireClean();

        assertThat(target.tree("pictures")).isEqualTo(files);
        assertThat(target.client()
                        .persistentVolumeClaims()
                        .inNamespace(NAME)
                        .list()
                        .getItems())
                .extracting(claim -> claim.getMetadata().getName())
                .contains("pictures")
                .doesNotContain("files");
        assertThat(target.client().apps().deployments().inNamespace(NAME).list().getItems())
                .isEmpty();
    }

    @Test
    @Order(2)
    void rollback_ofTheStateMigration_startsTheShopAgain() {
        Migration.of(stateOnly()).rollback().await(LIMIT).requireSuccess();

        shop.awaitReady();
        assertThat(target.exists()).isFalse();
    }

    @Test
    @Order(3)
    void failback_afterACutover_sendsOnlyWhatChangedAndRestartsTheSource(TestReporter reporter) {
        Migration.of(forth()).quiesce().verify().cutover().await(LIMIT).requireSuccess();
        Shop moved = Shop.in(target);
        moved.awaitReady();
        moved.sql("UPDATE orders SET cents = cents + 1 WHERE id % 100 = 0");
        String sold = moved.orders();

        MigrationResult result =
                Migration.of(forth()).quiesce().failback().await(LIMIT).requireSuccess();
        Migration.of(forth()).rollback().await(LIMIT).requireSuccess();

        List<ItemOutcome> volumes = result.items().stream()
                .filter(item -> item.kind().equals("volume"))
                .toList();
        volumes.forEach(volume -> reporter.publishEntry("back to the source", volume.toString()));
        assertThat(volumes).hasSize(2).allSatisfy(volume -> {
            assertThat(volume.totalBytes()).isPositive();
            assertThat(volume.movedBytes()).isLessThan(volume.totalBytes() / 2);
        });
        shop.awaitReady();
        assertThat(shop.orders()).isEqualTo(sold);
    }
}
