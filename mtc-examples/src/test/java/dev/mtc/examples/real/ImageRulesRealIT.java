package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Registry;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of a registry that belongs to no cluster, carried to another one by a rule of the plan and docker's login. */
class ImageRulesRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String NAME = "image-rules-it";

    @TempDir
    Path directory;

    private Registry byDockersLogin(Registry registry) throws IOException {
        String login = registry.user().orElseThrow() + ":"
                + registry.password().orElseThrow().reveal();
        Path file = Files.writeString(
                directory.resolve("config.json"),
                """
                {"auths": {"%s": {"auth": "%s"}}}"""
                        .formatted(
                                registry.host(),
                                Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8))));
        return Registry.at(registry.host())
                .caBundle(registry.caBundle().orElseThrow())
                .dockerConfig(file)
                .pullCredentials(
                        registry.pullUser().orElseThrow(),
                        registry.pullPassword().orElseThrow());
    }

    @Test
    void cutover_imagesOfAnotherRegistry_runFromWhereTheRuleSays() throws IOException {
        String elsewhere = RealClusters.env("MTC_REGISTRY_B") + "/elsewhere/" + System.currentTimeMillis();
        try (RealNamespace source = RealNamespace.onSource(NAME);
                RealNamespace target = RealNamespace.onTarget(NAME)) {
            target.delete();
            String content = SmallApplication.open(source).content();
            Plan plan = Plan.named(NAME)
                    .from(RealClusters.sourceWithoutRegistry())
                    .to(RealClusters.target().registry(byDockersLogin(RealClusters.registryB())))
                    .namespace(NAME)
                    .copyImages(RealClusters.env("MTC_REGISTRY_A") + "/shop", elsewhere)
                    .registries(RealClusters.registryA())
                    .build();
            plan.check().requireOk();

            MigrationResult result =
                    Migration.of(plan).quiesce().verify().cutover().await(LIMIT).requireClean();

            PodSpec arrived = target.client()
                    .apps()
                    .deployments()
                    .inNamespace(NAME)
                    .withName("small")
                    .get()
                    .getSpec()
                    .getTemplate()
                    .getSpec();
            assertThat(Stream.concat(arrived.getInitContainers().stream(), arrived.getContainers().stream()))
                    .extracting(Container::getImage)
                    .as(result.report().toText())
                    .containsOnly(elsewhere + "/busybox:1");
            assertThat(SmallApplication.in(target).content()).isEqualTo(content);
            source.delete();
            target.delete();
        }
    }
}
