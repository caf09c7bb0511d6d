package dev.mtc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.MigrationEngine;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is deployed with kubectl. */
class DeployTest {

    private static final Path DEPLOY = Path.of(System.getProperty("basedir", "."), "deploy");
    private static final String UPDATE = "mtc.crds.update";
    private static final List<String> KINDS = List.of(
            "migclusters",
            "migstorages",
            "mighooks",
            "migplans",
            "migmigrations",
            "directvolumemigrations",
            "directvolumemigrationprogresses",
            "directimagemigrations",
            "directimagestreammigrations");

    private static String definitions() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String kind : KINDS) {
            try (InputStream yaml = Objects.requireNonNull(
                    MigrationEngine.class.getResourceAsStream("/dev/mtc/engine/crds/" + kind + ".yaml"), kind)) {
                String text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
                all.append(text.startsWith("---") ? "" : "---\n").append(text);
            }
        }
        return all.toString();
    }

    @Test
    void crds_ofTheFolder_areThoseThatTheControllerInstalls() throws IOException {
        Path file = DEPLOY.resolve("crds.yaml");
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(file, definitions());
        }

        assertThat(Files.readString(file))
                .as("run the test with -D" + UPDATE + "=true and commit " + file)
                .isEqualTo(definitions());
    }

    @Test
    void manifests_ofTheFolder_canBeRead() throws IOException {
        try (KubernetesClient client = new KubernetesClientBuilder().build();
                InputStream crds = Files.newInputStream(DEPLOY.resolve("crds.yaml"));
                InputStream rbac = Files.newInputStream(DEPLOY.resolve("rbac.yaml"));
                InputStream deployment = Files.newInputStream(DEPLOY.resolve("deployment.yaml"))) {
            assertThat(client.load(crds).items())
                    .hasSameSizeAs(KINDS)
                    .extracting(HasMetadata::getKind)
                    .containsOnly("CustomResourceDefinition");
            assertThat(client.load(rbac).items()).isNotEmpty();
            assertThat(client.load(deployment).items())
                    .extracting(HasMetadata::getKind)
                    .contains("Deployment");
        }
    }
}
