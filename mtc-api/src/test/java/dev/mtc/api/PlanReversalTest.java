package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlanReversalTest {

    private static final Cluster OLD =
            Clusters.fromToken("https://old.example:6443", Secret.of("t")).named("old");
    private static final Cluster NEW =
            Clusters.fromToken("https://new.example:6443", Secret.of("t")).named("new");

    private static PlanBuilder forth() {
        return Plan.named("shop").from(OLD).to(NEW).namespace("shop", "shop-eu").namespace("bank");
    }

    @Test
    void reversed_plan_swapsClustersAndNamespacesAndWritesIntoWhatIsThere() {
        Plan back = forth().labelSelector("app=web").build().reversed();

        assertThat(back.name()).isEqualTo("shop-back");
        assertThat(back.reverses()).contains("shop");
        assertThat(back.from()).isEqualTo(NEW);
        assertThat(back.to()).isEqualTo(OLD);
        assertThat(back.namespaces())
                .containsExactly(new NamespaceMapping("shop-eu", "shop"), new NamespaceMapping("bank", "bank"));
        assertThat(back.existing()).isEqualTo(ExistingPolicy.UPDATE);
        assertThat(back.labelSelector()).contains("app=web");
        assertThat(forth().build().reverses()).isEmpty();
    }

    @Test
    void reversed_volumes_goBackByTheNamesThatTheyHad() {
        Plan back = forth().volumes(
                        VolumeChoice.copy().storageClass("fast").size("20Gi").verify(Verification.SAMPLED))
                .volume(
                        "shop/data",
                        VolumeChoice.copy()
                                .rename("ledger")
                                .accessMode("ReadWriteMany")
                                .verify())
                .volume("shop/cache", VolumeChoice.skip())
                .volume("bank/data", VolumeChoice.copy().storageClass("slow"))
                .build()
                .reversed();

        assertThat(back.volumeRule()).hasToString("Copy[FILESYSTEM, verified sampled]");
        assertThat(back.volumeExceptions().keySet()).containsExactly("shop-eu/ledger", "shop-eu/cache", "bank/data");
        assertThat(back.volumeChoice("shop-eu", "ledger")).hasToString("Copy[FILESYSTEM, as data, verified]");
        assertThat(back.volumeChoice("shop-eu", "cache")).isEqualTo(VolumeChoice.skip());
        assertThat(back.volumeChoice("bank", "data")).hasToString("Copy[FILESYSTEM]");
    }

    @Test
    void reversed_indirectPlan_takesTheSameWay() {
        Storage storage = Storage.s3("migrations");

        Plan back = forth().via(storage).indirectVolumes().build().reversed();

        assertThat(back.via()).contains(storage);
        assertThat(back.volumeRoute()).isEqualTo(Route.INDIRECT);
    }

    @Test
    void reversed_plan_saysSoInItsManifest() {
        Plan back = forth().volume("shop/data", VolumeChoice.copy().rename("ledger"))
                .build()
                .reversed();

        String yaml = back.toManifests().toYaml();

        assertThat(yaml).contains("mtc.dev/reverses: shop").contains("mtc.dev/existing: update");
    }

    @Test
    void reversed_conversionInPlace_isRefused() {
        Plan conversion =
                Plan.named("faster").from(OLD).to(OLD).namespace("shop").build();

        assertThatThrownBy(conversion::reversed)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rollback");
    }

    @Test
    void reversed_longName_isRefusedWithTheReason() {
        Plan plan =
                Plan.named("a".repeat(60)).from(OLD).to(NEW).namespace("shop").build();

        assertThatThrownBy(plan::reversed)
                .isInstanceOf(PlanInvalidException.class)
                .hasMessageContaining("63");
    }
}
