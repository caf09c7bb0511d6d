package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsOfPlanTest {

    @TempDir
    private Path directory;

    private static PlanBuilder plan() {
        return Plan.named("shop")
                .from(Clusters.fromToken("https://old.example:6443", Secret.of("s1"))
                        .named("old"))
                .to(Clusters.inCluster())
                .namespace("shop", "shop-eu");
    }

    @Test
    void toYaml_ofPlan_isWhatKubectlApplies() throws IOException {
        Plan plan = plan().labelSelector("app in (web,api)")
                .volume("shop/files", VolumeChoice.copy().storageClass("gp3").rename("files-eu"))
                .hook(HookPoint.PRE_BACKUP, Hook.image("quay.io/acme/flush:1").on(Side.TARGET))
                .build();
        try (InputStream golden = ManifestsOfPlanTest.class.getResourceAsStream("/manifests/of-plan.yaml")) {
            assertThat(plan.toManifests().toYaml())
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void notExpressible_ofPlan_namesSecretsAndWhatIsLost() {
        Plan plan = plan().to(Clusters.of("new", silentClient()))
                .via(Storage.directory(directory))
                .hook(HookPoint.POST_RESTORE, Hook.call(context -> {}))
                .transform(Transform.of("rename", object -> object))
                .from(Clusters.fromToken("https://old.example", Secret.of("old-secret"))
                        .registry(Registry.at("r.example").credentials("me", Secret.of("pw"))))
                .build();
        Manifests manifests = plan.toManifests();
        assertThat(manifests.notExpressible())
                .extracting(problem -> problem.severity() + " " + problem.where())
                .containsExactly(
                        "WARN secrets[openshift-config/old-example-token]",
                        "ERROR from.registry",
                        "ERROR to",
                        "ERROR via",
                        "ERROR hooks[PostRestore]",
                        "ERROR transforms[rename]");
        assertThat(manifests.notExpressible().toString() + manifests.toYaml())
                .doesNotContain("old-secret")
                .doesNotContain("pw");
        assertThat(manifests).hasToString("Manifests[1 MigCluster, 1 MigPlan]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1e3", "0x1f", "123", "1-2", "null", "true", "a", "on", "1", "0b1", "123-45"})
    void toYaml_namesThatLookLikeSomethingElse_readBackAsText(String name) throws IOException {
        Plan plan = plan().namespace(name, "to-" + name)
                .labelSelector("a in (" + name + ",x),b=" + name)
                .build();
        assertThat(PlanText.of(readBack(plan))).isEqualTo(PlanText.of(plan));
    }

    @Test
    void readBack_ofRandomPlans_givesEqualPlans() throws IOException {
        for (int seed = 0; seed < 100; seed++) {
            Plan plan = new RandomPlans(seed).plan();
            assertThat(PlanText.of(readBack(plan))).as("seed " + seed).isEqualTo(PlanText.of(plan));
        }
    }

    /** As MTC says it: one MigCluster on both sides. */
    @Test
    void readBack_ofAStorageConversion_hasOneClusterOnBothSides() throws IOException {
        Cluster cluster =
                Clusters.fromToken("https://old.example:6443", Secret.of("s1")).named("old");
        Plan plan = Plan.named("faster")
                .from(cluster)
                .to(cluster)
                .namespace("shop")
                .volume("shop/files", VolumeChoice.copy().storageClass("fast").rename("files-mig-abcd"))
                .build();

        Plan back = readBack(plan);

        assertThat(plan.toManifests().toString()).contains("1 MigCluster");
        assertThat(plan.toManifests().migPlan("faster").getSpec().getDestMigClusterRef())
                .isEqualTo(plan.toManifests().migPlan("faster").getSpec().getSrcMigClusterRef());
        assertThat(back.to()).isSameAs(back.from());
        assertThat(PlanText.of(back)).isEqualTo(PlanText.of(plan));
    }

    private static KubernetesClient silentClient() {
        return (KubernetesClient) Proxy.newProxyInstance(
                ManifestsOfPlanTest.class.getClassLoader(),
                new Class<?>[] {KubernetesClient.class},
                (proxy, method, arguments) -> null);
    }

    private Plan readBack(Plan plan) throws IOException {
        Manifests manifests = plan.toManifests();
        assertThat(manifests.notExpressible())
                .allMatch(problem -> problem.code().equals("SecretNotWritten"));
        StringBuilder text = new StringBuilder(manifests.toYaml());
        secret(text, "saToken", plan.from().name() + "-token", "s1");
        if (!plan.to().equals(plan.from())) {
            secret(text, "saToken", plan.to().name() + "-token", "s2");
        }
        plan.via().ifPresent(storage -> text.append("---\napiVersion: v1\nkind: Secret\nmetadata: {name: ")
                .append(storage.name())
                .append("-credentials, namespace: openshift-config}\nstringData:\n"
                        + "  aws-access-key-id: id\n  aws-secret-access-key: key\n"
                        + optional("aws-session-token", ((S3Storage) storage).sessionToken())
                        + optional("repository-password", ((S3Storage) storage).volumePassword())));
        Path file = directory.resolve("plan.yaml");
        Files.writeString(file, text);
        return Manifests.read(file).plan(plan.name());
    }

    private static String optional(String key, Optional<Secret> value) {
        return value.map(secret -> "  " + key + ": " + secret.reveal() + "\n").orElse("");
    }

    private static void secret(StringBuilder text, String key, String name, String value) {
        text.append("---\napiVersion: v1\nkind: Secret\nmetadata: {name: \"" + name
                + "\", namespace: openshift-config}\nstringData: {" + key + ": " + value + "}\n");
    }

    @Test
    void toManifests_unreadableAuthorities_areReported() {
        Plan plan = plan().from(Clusters.fromToken("https://old.example", Secret.of("s"))
                        .caBundle(directory.resolve("none.pem")))
                .build();
        assertThat(plan.toManifests().notExpressible())
                .anySatisfy(problem -> assertThat(problem.where()).isEqualTo("from.caBundle"));
    }

    @Test
    void write_toWhereNothingCanBeWritten_saysSo() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Manifests manifests = plan().build().toManifests();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> manifests.write(file))
                .withMessageContaining("file");
    }
}
