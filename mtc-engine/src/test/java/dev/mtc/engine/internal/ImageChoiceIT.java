package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ImageChoice;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import dev.mtc.api.Side;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferStatus;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run makes of a plan's choices for its images. */
class ImageChoiceIT {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
        bed.images.answer(request -> new TransferStatus.Succeeded(1, 1, "equal", List.of(), DIGEST));
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private MigrationResult cutover(ImageChoice choice) {
        Plan plan = bed.planned().images(choice).build();
        return bed.migration(plan).cutover().await(TestBed.LIMIT).requireSuccess();
    }

    private String image() {
        return TestBed.deployment(bed.target, "web")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    private void pullSecret(String name, String config) {
        bed.source
                .client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(TestBed.APP)
                        .endMetadata()
                        .withType("kubernetes.io/dockerconfigjson")
                        .withStringData(Map.of(".dockerconfigjson", config))
                        .build())
                .create();
    }

    private Registry source() {
        return bed.images.contexts.get(0).registry(Side.SOURCE, "old.example:5000");
    }

    @Test
    void pinned_objectsReferToTheCopiedDigest() {
        cutover(ImageChoice.copy().pinned());

        assertThat(image()).isEqualTo("new.example:5001/app/web@" + DIGEST);
    }

    @Test
    void unpinned_objectsKeepTheTag() {
        cutover(ImageChoice.copy());

        assertThat(image()).isEqualTo("new.example:5001/app/web:1");
    }

    @Test
    void choice_reachesTheMover() {
        ImageChoice choice = ImageChoice.copy().atMost("1Gi");

        cutover(choice);

        assertThat(bed.images.contexts.get(0).images()).isSameAs(choice);
    }

    @Test
    void pullSecrets_areUsedForReadingOnly() {
        pullSecret(
                "pull",
                "{\"auths\":{\"old.example:5000\":{\"auth\":\"bWU6c2VzYW1l\"},"
                        + "\"new.example:5001\":{\"auth\":\"bWU6c2VzYW1l\"}}}");

        cutover(ImageChoice.copy().usePullSecrets());

        assertThat(source().user()).contains("me");
        assertThat(source().password().map(Secret::reveal)).contains("sesame");
        assertThat(bed.images.contexts.get(0).registry(Side.TARGET, "new.example:5001").user())
                .isEmpty();
    }

    @Test
    void pullSecrets_withoutTheWish_areNotUsed() {
        pullSecret("pull", "{\"auths\":{\"old.example:5000\":{\"auth\":\"bWU6c2VzYW1l\"}}}");

        cutover(ImageChoice.copy());

        assertThat(source().user()).isEmpty();
    }

    @Test
    void pullSecrets_thatCannotBeRead_areNamedAndPassedOver() {
        pullSecret("broken", "no JSON");
        pullSecret("pull", "{\"auths\":{\"old.example:5000\":{\"auth\":\"bWU6c2VzYW1l\"}}}");
        bed.images.begin(context -> context.registry(Side.SOURCE, "old.example:5000"));

        MigrationResult result = cutover(ImageChoice.copy().usePullSecrets());

        assertThat(source().user()).contains("me");
        assertThat(result.warnings())
                .filteredOn(warning -> warning.code().equals("PullSecretUnusable"))
                .extracting(Problem::where)
                .contains("secret app/broken");
    }

    @Test
    void registryOfBothClusters_hasTheAccountOfEach() {
        Registry shared = Registry.at("old.example:5000");
        Plan plan = Plan.named("app")
                .from(bed.sourceCluster().registry(shared.credentials("reader", Secret.of("r"))))
                .to(bed.targetCluster().registry(shared.credentials("writer", Secret.of("w"))))
                .namespace(TestBed.APP, "moved")
                .build();

        bed.migration(plan).cutover().await(TestBed.LIMIT).requireSuccess();

        MoverContext context = bed.images.contexts.get(0);
        assertThat(context.registry(Side.SOURCE, "old.example:5000").user()).contains("reader");
        assertThat(context.registry(Side.TARGET, "old.example:5000").user()).contains("writer");
    }
}
