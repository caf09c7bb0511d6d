package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.Repository;
import dev.mtc.api.RepositoryInventory;
import dev.mtc.api.Secret;
import dev.mtc.api.StateStore;
import dev.mtc.api.Storage;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.model.v1alpha1.DirectImageMigration;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Images from registry to registry by way of the S3 server: stage, stage again, cut over, tidy up. */
class IndirectImagesRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String NAME = "indirect-images-it";

    private final String target = RealClusters.env("MTC_REGISTRY_B") + "/indirect/" + System.currentTimeMillis();
    private final Storage storage = Storage.s3(RealClusters.env("MTC_S3_BUCKET"), RealClusters.env("MTC_S3_ENDPOINT"))
            .pathStyleAccess()
            .region(RealClusters.env("MTC_S3_REGION"))
            .credentials(RealClusters.env("MTC_S3_ACCESS_KEY"), Secret.of(RealClusters.env("MTC_S3_SECRET_KEY")))
            .prefix("it-indirect-" + System.currentTimeMillis() + "/");

    private Plan plan() {
        return Plan.named(NAME)
                .from(RealClusters.sourceWithoutRegistry())
                .to(RealClusters.target())
                .via(storage)
                .namespace(NAME)
                .copyImages(RealClusters.env("MTC_REGISTRY_A") + "/shop", target)
                .registries(RealClusters.registryA())
                .indirectImages()
                .volumes(VolumeChoice.copy())
                .build();
    }

    private static ItemOutcome image(MigrationResult result) {
        List<ItemOutcome> images = result.items().stream()
                .filter(item -> item.kind().equals("image"))
                .toList();
        assertThat(images).as(result.report().toText()).hasSize(1);
        return images.get(0);
    }

    private static Preview.Action image(Preview preview) {
        return preview.actions().stream()
                .filter(action -> action.kind().equals("image"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void stagesAndCutover_throughABucket_moveEveryByteOnce() {
        try (RealNamespace source = RealNamespace.onSource(NAME);
                RealNamespace arrived = RealNamespace.onTarget(NAME);
                StateStore state = StateStore.memory()) {
            arrived.delete();
            String content = SmallApplication.open(source).content();
            Plan plan = plan();
            plan.check().requireOk();
            Preview before = plan.preview();

            MigrationResult first =
                    Migration.of(plan).state(state).stage().await(LIMIT).requireClean();
            MigrationResult second =
                    Migration.of(plan).state(state).stage().await(LIMIT).requireClean();
            Preview after = plan.preview();
            MigrationResult cutover = Migration.of(plan)
                    .quiesce()
                    .verify()
                    .state(state)
                    .cutover()
                    .await(LIMIT)
                    .requireClean();

            assertThat(image(first).action()).isEqualTo(Action.COPIED);
            assertThat(image(before).bytes())
                    .isEqualTo(image(first).totalBytes())
                    .isPositive();
            assertThat(image(before).reason()).contains("into the repository first");
            assertThat(image(second).action()).as(second.report().toText()).isEqualTo(Action.UNCHANGED);
            assertThat(image(after).verb()).isEqualTo(Preview.Verb.UNCHANGED);
            assertThat(image(cutover).action()).isEqualTo(Action.UNCHANGED);
            assertThat(image(cutover).proof()).isEqualTo(image(first).proof());
            assertThat(state.list(DirectImageMigration.class)).isEmpty();
            assertThat(SmallApplication.in(arrived).content()).isEqualTo(content);

            assertTidiedUp();
            source.delete();
            arrived.delete();
        }
    }

    private void assertTidiedUp() {
        Repository repository = Repository.of(storage);
        RepositoryInventory inventory = repository.inventory();
        assertThat(repository.check().problems()).isEmpty();
        assertThat(inventory.holdings())
                .hasSize(2)
                .allSatisfy(holding -> assertThat(holding.plan()).startsWith(NAME))
                .anySatisfy(holding -> assertThat(holding.kind()).isEqualTo("capture"))
                .anySatisfy(holding ->
                        assertThat(holding.names()).singleElement().asString().endsWith("/shop/busybox:1"));
        repository.forget(inventory.holdings().get(0).plan());
        RepositoryInventory forgotten = repository.inventory();
        assertThat(forgotten.holdings()).isEmpty();
        assertThat(repository.collectGarbage(Duration.ZERO).sizeBytes())
                .isEqualTo(forgotten.unneededBytes())
                .isEqualTo(forgotten.totalBytes())
                .isPositive();
        assertThat(repository.inventory().totalBytes()).isZero();
    }
}
