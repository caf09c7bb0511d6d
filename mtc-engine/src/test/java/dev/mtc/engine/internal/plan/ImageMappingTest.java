package dev.mtc.engine.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageMappingTest {

    private static final Cluster OLD = Clusters.fromToken("https://old.example:6443", Secret.of("old"));
    private static final Cluster NEW = Clusters.fromToken("https://new.example:6443", Secret.of("new"));

    private static ImageMapping mapping() {
        Plan plan = Plan.named("app")
                .from(OLD.registry(Registry.at("old:5000")))
                .to(NEW.registry(Registry.at("new:5000")))
                .namespace("ns", "ns2")
                .namespace("same")
                .build();
        return ImageMapping.of(plan).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "old:5000/ns/app@sha256:x, new:5000/ns2/app@sha256:x",
        "old:5000/ns/app:1, new:5000/ns2/app:1",
        "old:5000/ns/deep/app:1, new:5000/ns2/deep/app:1",
        "old:5000/openshift/nginx@sha256:x, new:5000/openshift/nginx@sha256:x",
        "old:5000/same/app:1, new:5000/same/app:1",
        "old:5000/ns:1, new:5000/ns:1",
        "old:5000/nsx/app:1, new:5000/nsx/app:1"
    })
    void apply_toAnImageOfTheSource_givesItsPlaceOnTheTarget(String source, String target) {
        assertThat(mapping().covers(source)).isTrue();
        assertThat(mapping().apply(source)).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"docker.io/x/y", "nginx", "old:50001/ns/app:1", "old/ns/app:1", "new:5000/ns/app:1", "ns/app:1"})
    void apply_toAnImageFromElsewhere_leavesItAsItIs(String image) {
        assertThat(mapping().covers(image)).isFalse();
        assertThat(mapping().apply(image)).isEqualTo(image);
    }

    @ParameterizedTest
    @CsvSource({
        "quay.io/acme/web:1, new:5000/mirror/web:1",
        "quay.io/acme/web/admin:1, new:5000/mirror/web/admin:1",
        "quay.io/acme/db@sha256:x, new:5000/acme/db@sha256:x",
        "quay.io/acme, new:5000/acme",
        "quay.io/acmes/db:1, quay.io/acmes/db:1",
        "old:5000/ns/special:1, new:5000/elsewhere:1",
        "nginx:1, new:5000/hub/library/nginx:1",
        "acme/web, new:5000/hub/acme/web",
        "docker.io/acme/web, new:5000/hub/acme/web",
        "localhost/web, localhost/web",
        "old:5000/ns/app:1, new:5000/ns2/app:1"
    })
    void apply_withRules_takesTheLongestOne(String source, String target) {
        Plan plan = Plan.named("app")
                .from(OLD.registry(Registry.at("old:5000")))
                .to(NEW.registry(Registry.at("new:5000")))
                .namespace("ns", "ns2")
                .copyImages("quay.io/acme", "new:5000/acme")
                .copyImages("quay.io/acme/web", "new:5000/mirror/web")
                .copyImages("old:5000/ns/special", "new:5000/elsewhere")
                .copyImages("docker.io", "new:5000/hub")
                .build();

        assertThat(ImageMapping.of(plan).orElseThrow().apply(source)).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "quay.io/ns/app:1, new:5000/ns2/app:1",
        "quay.io/ns-build/app:1, new:5000/build-of-ns2/app:1",
        "quay.io/same/app:1, new:5000/same/app:1",
        "quay.io/other/app:1, new:5000/mirror/other/app:1",
        "ghcr.io/ns/app:1, new:5000/fixed/ns/app:1"
    })
    void apply_withARuleForNamespaces_followsTheirRenames(String source, String target) {
        Plan plan = Plan.named("app")
                .from(OLD)
                .to(NEW)
                .namespace("ns", "ns2")
                .namespace("same")
                .copyImages("quay.io/{namespace}", "new:5000/{namespace}")
                .copyImages("quay.io/{namespace}-build", "new:5000/build-of-{namespace}")
                .copyImages("quay.io", "new:5000/mirror")
                .copyImages("ghcr.io", "new:5000/fixed")
                .build();

        assertThat(ImageMapping.of(plan).orElseThrow().apply(source)).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "svc:5000/ns/app@sha256:x, old:5000/ns/app@sha256:x, new:5000/ns2/app@sha256:x, inside/ns2/app@sha256:x",
        "old:5000/ns/app:1, old:5000/ns/app:1, new:5000/ns2/app:1, inside/ns2/app:1",
        "svc:5000/openshift/nginx:1, old:5000/openshift/nginx:1, new:5000/openshift/nginx:1, inside/openshift/nginx:1",
        "svc:5000/ns/special:1, old:5000/ns/special:1, new:5000/elsewhere:1, new:5000/elsewhere:1",
        "svc:50001/ns/app:1, svc:50001/ns/app:1, svc:50001/ns/app:1, svc:50001/ns/app:1"
    })
    void apply_withNamesInsideOfTheClusters_changesObjectsToTheTargetsOwn(
            String image, String read, String pushed, String inObjects) {
        Plan plan = Plan.named("app")
                .from(OLD.registry(Registry.at("old:5000")).internalRegistry("svc:5000"))
                .to(NEW.registry(Registry.at("new:5000")).internalRegistry("inside"))
                .namespace("ns", "ns2")
                .copyImages("old:5000/ns/special", "new:5000/elsewhere")
                .build();

        ImageMapping mapping = ImageMapping.of(plan).orElseThrow();

        assertThat(mapping.covers(image)).isEqualTo(!read.startsWith("svc:50001"));
        assertThat(mapping.readable(image)).isEqualTo(read);
        assertThat(mapping.pushed(image)).isEqualTo(pushed);
        assertThat(mapping.apply(image)).isEqualTo(inObjects);
    }

    @Test
    void of_aPlanWithRulesAlone_coversTheirImages() {
        ImageMapping mapping = ImageMapping.of(Plan.named("app")
                        .from(OLD)
                        .to(NEW)
                        .namespace("ns")
                        .copyImages("quay.io/acme", "new:5000/acme")
                        .build())
                .orElseThrow();

        assertThat(mapping.covers("quay.io/acme/web:1")).isTrue();
        assertThat(mapping.covers("docker.io/acme/web:1")).isFalse();
    }

    @Test
    void of_aPlanWithoutBothRegistries_isEmpty() {
        PlanBuilder plan = Plan.named("app").namespace("ns");

        assertThat(ImageMapping.of(plan.from(OLD).to(NEW).build())).isEmpty();
        assertThat(ImageMapping.of(
                        plan.from(OLD.registry(Registry.at("old:5000"))).to(NEW).build()))
                .isEmpty();
        assertThat(ImageMapping.of(
                        plan.from(OLD).to(NEW.registry(Registry.at("new:5000"))).build()))
                .isEmpty();
    }
}
