package dev.mtc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.engine.testing.EmbeddedCluster;
import dev.mtc.examples.Prompt.Echo;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees at the prompt. */
class JshellTest {

    private static final int LONGEST = 200;

    @TempDir
    private Path directory;

    private Prompt prompt;

    @BeforeEach
    void open() throws IOException {
        prompt = Prompt.open();
    }

    @AfterEach
    void close() {
        prompt.close();
    }

    @Test
    void firstMinute_betweenTwoClusters_movesTheShopAndBack() throws IOException {
        try (EmbeddedCluster old =
                        EmbeddedCluster.builder("old").version("1.27").start();
                EmbeddedCluster fresh =
                        EmbeddedCluster.builder("new").version("1.31").start()) {
            deploy(old);
            Path source = old.kubeconfig(directory.resolve("old.yaml"));
            Path target = fresh.kubeconfig(directory.resolve("new.yaml"));

            List<Echo> echoes = prompt.type(script(source, target));

            assertThat(echoes).allSatisfy(JshellTest::isOneShortLine);
            assertThat(echoes).noneSatisfy(echo -> assertThat(echo.value()).containsAnyOf("p@ss word", "cEBzcyB3b3Jk"));
            assertThat(value(echoes, "staged")).contains(" SUCCEEDED_WITH_WARNINGS, nothing to do", "1 warning");
            assertThat(value(echoes, "moved")).contains(" SUCCEEDED").contains("11 created");
            assertThat(value(echoes, "again")).contains("nothing to do");
            assertThat(value(echoes, "back")).contains(" SUCCEEDED in ").contains("11 deleted");
            assertThat(fresh.client().namespaces().withName("shop-eu").get()).isNull();
            assertThat(old.client()
                            .apps()
                            .deployments()
                            .inNamespace("shop")
                            .withName("web")
                            .get()
                            .getSpec()
                            .getReplicas())
                    .isEqualTo(2);
        }
    }

    @Test
    void values_withSecrets_areEchoedWithoutThem() {
        List<Echo> echoes = prompt.type(List.of(
                "Secret secret = Secret.of(\"opensesame\")",
                "Registry.at(\"registry.example\").credentials(\"shop\", secret).pullCredentials(\"pull\", secret)",
                "Clusters.fromToken(\"https://a.example:6443\", secret)",
                "Storage.s3(\"backups\", \"https://s3.example\").credentials(\"key\", secret)",
                "Plan.named(\"shop\")",
                "PlanBuilder draft = Plan.named(\"shop\").",
                "  from(Clusters.fromToken(\"https://a.example:6443\", secret)).",
                "  to(Clusters.fromToken(\"https://b.example:6443\", secret)).",
                "  namespace(\"shop\")",
                "Migration.of(draft.build())"));

        assertThat(echoes).hasSize(7).allSatisfy(JshellTest::isOneShortLine).allSatisfy(echo -> assertThat(echo.value())
                .doesNotContain("opensesame"));
    }

    @Test
    void values_ofEveryKind_areEchoedAsWhatTheyAre() {
        List<Echo> echoes = prompt.type(List.of(
                "Cluster a = Clusters.fromToken(\"https://a.example:6443\", Secret.of(\"opensesame\")).named(\"a\")",
                "Cluster b = Clusters.fromToken(\"https://b.example:6443\", Secret.of(\"opensesame\")).named(\"b\")",
                "Plan plan = Plan.named(\"shop\").from(a).to(b).namespace(\"shop\").build()",
                "VolumeChoice.copy().storageClass(\"gp3\").verify()",
                "VolumeChoice.skip()",
                "ImageChoice.copy().platforms(\"linux/amd64\").atMost(\"20Gi\")",
                "ImageCheck.signed()",
                "Transforms.rewriteImages(\"old.example/shop\", \"new.example/shop\").onlyFor(\"deployments.apps\")",
                "Hook.image(\"quay.io/acme/flush:1\").on(Side.SOURCE).inNamespace(\"shop\")",
                "Hook.call(context -> {})",
                "Storage.directory(Path.of(\"/mnt/repo\"))",
                "Repository.of(Storage.directory(Path.of(\"/mnt/repo\")))",
                "StateStore.memory()",
                "plan.toManifests()",
                "Listeners.console()",
                "Listeners.log()",
                "MigrationListener.on(PhaseStarted.class, event -> {})",
                "Controller.on(a)"));

        assertThat(echoes).hasSize(18).allSatisfy(JshellTest::isOneShortLine).allSatisfy(echo -> assertThat(
                        echo.value())
                .as(echo.source())
                .doesNotContain("opensesame")
                .doesNotContainPattern("@[0-9a-f]{3,}|Lambda"));
    }

    private static List<String> script(Path source, Path target) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("System.setProperty(\"source\", \"%s\")".formatted(source));
        lines.add("System.setProperty(\"target\", \"%s\")".formatted(target));
        lines.addAll(Files.readAllLines(Prompt.SCRIPTS.resolve("first-minute.jsh")));
        return lines;
    }

    /** The shop of the demo less its volumes: what is typed at a prompt names no mover that could copy directories. */
    static void deploy(EmbeddedCluster cluster) throws IOException {
        try (InputStream shop = JshellTest.class.getResourceAsStream("shop.yaml")) {
            String text = new String(Objects.requireNonNull(shop).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("REGISTRY", "registry.example");
            for (HasMetadata object : cluster.client()
                    .load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .items()) {
                if (!(object instanceof PersistentVolumeClaim)) {
                    cluster.client().resource(withoutVolumes(object)).serverSideApply();
                }
            }
        }
        cluster.settle(Duration.ofMinutes(1));
    }

    private static HasMetadata withoutVolumes(HasMetadata object) {
        if (object instanceof Deployment deployment) {
            withoutVolumes(deployment.getSpec().getTemplate());
        } else if (object instanceof StatefulSet set) {
            withoutVolumes(set.getSpec().getTemplate());
            set.getSpec().setVolumeClaimTemplates(List.of());
        }
        return object;
    }

    private static void withoutVolumes(PodTemplateSpec template) {
        template.getSpec().setVolumes(List.of());
        template.getSpec().getContainers().forEach(container -> container.setVolumeMounts(List.of()));
    }

    private static String value(List<Echo> echoes, String variable) {
        return echoes.stream()
                .filter(echo -> echo.variable().equals(variable))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static void isOneShortLine(Echo echo) {
        assertThat(echo.value()).as(echo.source()).doesNotContain("\n").hasSizeLessThanOrEqualTo(LONGEST);
    }
}
