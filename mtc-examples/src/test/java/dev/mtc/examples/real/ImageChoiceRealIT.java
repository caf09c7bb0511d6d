package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Cluster;
import dev.mtc.api.ImageCheck;
import dev.mtc.api.ImageChoice;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.Registry;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An image for two platforms goes to the other cluster, refused as long as it is too large or not signed, then for one platform
 * and by digest; and back again, read with nothing but the application's own pull Secret. Skopeo says what is where.
 */
class ImageChoiceRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String NAME = "image-choice-it";
    private static final String THERE = NAME + "-there";
    private static final String BACK = NAME + "-back";
    private static final String APPLICATION =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: app, namespace: %s}
            spec:
              selector: {matchLabels: {app: app}}
              template:
                metadata: {labels: {app: app}}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers: [{name: app, image: "%s", command: [sleep, "86400"]}]
            """;

    private final String registryA = RealClusters.env("MTC_REGISTRY_A");
    private final String registryB = RealClusters.env("MTC_REGISTRY_B");
    private final String repository = NAME + "/app-" + System.currentTimeMillis();

    @Test
    void thereAndBack_bringsWhatWasChosenAndNothingElse() {
        try (RealNamespace source = RealNamespace.onSource(NAME);
                RealNamespace there = RealNamespace.onTarget(THERE);
                RealNamespace back = RealNamespace.onSource(BACK)) {
            List.of(source, there, back).forEach(RealNamespace::delete);
            TwoPlatformImage image = TwoPlatformImage.push(repository);
            source.create().apply(APPLICATION.formatted(NAME, registryA + "/" + repository + ":1"));
            source.awaitDeployment("app");

            assertRefused(ImageChoice.copy().admit(ImageCheck.signed()), "no signature is attached");
            assertRefused(ImageChoice.copy().atMost("1Ki"), "the plan allows 1024");
            image.sign();
            String arrived = assertArrivesForOnePlatform(image, there);
            assertComesBack(arrived, back);
            List.of(source, there, back).forEach(RealNamespace::delete);
        }
    }

    private Plan plan(ImageChoice choice) {
        return Plan.named(NAME)
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace(NAME, THERE)
                .images(choice)
                .build();
    }

    private void assertRefused(ImageChoice choice, String why) {
        MigrationResult refused = Migration.of(plan(choice)).cutover().await(LIMIT);

        assertThat(refused.status()).isEqualTo(MigrationResult.Status.FAILED);
        assertThat(refused.errors()).as(refused.report().toText()).anySatisfy(error -> assertThat(error.message())
                .contains(why));
    }

    private String assertArrivesForOnePlatform(TwoPlatformImage image, RealNamespace there) {
        Plan plan = plan(ImageChoice.copy()
                .admit(ImageCheck.signed())
                .platforms("linux/amd64")
                .pinned()
                .atMost("1Gi")
                .bandwidth("200Mi"));
        Preview preview = plan.preview();

        MigrationResult result = Migration.of(plan).cutover().await(LIMIT).requireSuccess();

        assertThat(result.warnings())
                .as("an index of fewer platforms is not what was signed")
                .anySatisfy(warning -> assertThat(warning.code()).isEqualTo("TransferWarning"));
        assertThat(moved(result)).isEqualTo(toMove(preview)).isPositive();
        there.awaitDeployment("app");
        String arrived = image(there);
        assertThat(arrived).matches(registryB + "/" + THERE + "/app-[0-9]+@sha256:[0-9a-f]{64}");
        String index = Skopeo.raw(arrived);
        assertThat(index).contains(image.amd64()).doesNotContain("arm64");
        assertThat(Skopeo.raw(repositoryOf(arrived) + "@" + image.amd64()))
                .isEqualTo(Skopeo.raw(registryA + "/" + repository + "@" + image.amd64()));
        return arrived;
    }

    private void assertComesBack(String arrived, RealNamespace back) {
        Registry withoutLogin = Registry.at(registryB).caBundle(Path.of(RealClusters.env("MTC_REGISTRY_B_CA")));
        Cluster from = RealClusters.target().registry(withoutLogin);
        Plan plan = Plan.named(BACK)
                .from(from)
                .to(RealClusters.source())
                .namespace(THERE, BACK)
                .images(ImageChoice.copy().usePullSecrets())
                .build();
        Plan withoutSecrets = Plan.named(BACK)
                .from(from)
                .to(RealClusters.source())
                .namespace(THERE, BACK)
                .build();

        assertThat(withoutSecrets.preview().actions())
                .as("the registry lets nobody in without a login")
                .anySatisfy(action -> {
                    assertThat(action.kind()).isEqualTo("image");
                    assertThat(action.bytes()).isEqualTo(-1);
                });
        Migration.of(plan).cutover().await(LIMIT).requireSuccess();

        back.awaitDeployment("app");
        assertThat(image(back)).isEqualTo(arrived.replace(registryB + "/" + THERE, registryA + "/" + BACK));
        assertThat(Skopeo.raw(image(back))).isEqualTo(Skopeo.raw(arrived));
    }

    /** {@return what the pod runs, by the name that it has} */
    private static String image(RealNamespace namespace) {
        List<Pod> pods = namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("app", "app")
                .list()
                .getItems();
        assertThat(pods).hasSize(1);
        return pods.get(0).getSpec().getContainers().get(0).getImage();
    }

    private static long moved(MigrationResult result) {
        return result.items().stream()
                .filter(item -> item.kind().equals("image"))
                .mapToLong(ItemOutcome::movedBytes)
                .sum();
    }

    private static long toMove(Preview preview) {
        return preview.actions().stream()
                .filter(action -> action.kind().equals("image"))
                .mapToLong(Preview.Action::bytes)
                .sum();
    }

    private static String repositoryOf(String image) {
        return image.substring(0, image.indexOf('@'));
    }
}
