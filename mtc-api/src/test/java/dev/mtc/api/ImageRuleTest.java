package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageRuleTest {

    @ParameterizedTest
    @CsvSource({
        "quay.io/acme/web:1, new.example/acme/web:1",
        "quay.io/acme, new.example/acme",
        "quay.io/acme@sha256:x, new.example/acme@sha256:x",
        "quay.io/acme2/web:1, quay.io/acme2/web:1",
        "quay.io/web:1, quay.io/web:1"
    })
    void apply_replacesWholeSegments(String image, String expected) {
        assertThat(new ImageRule("quay.io/acme/", " new.example/acme").apply(image))
                .isEqualTo(expected);
    }

    @Test
    void new_withBlankSide_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageRule(" / ", "new.example"))
                .withMessageContaining("'from' is blank");
    }

    @Test
    void build_withContradictingRules_namesThem() {
        PlanBuilder plan = Plan.named("shop")
                .from(Clusters.inCluster())
                .to(Clusters.fromToken("https://new.example:6443", Secret.of("x")))
                .namespace("shop")
                .copyImages("quay.io/acme", "new.example/a")
                .copyImages("quay.io/acme", "new.example/b")
                .copyImages("docker.io/acme", "new.example")
                .registries(Registry.at("quay.io"), Registry.at("quay.io"));

        assertThatThrownBy(plan::build)
                .isInstanceOf(PlanInvalidException.class)
                .hasMessageContaining("would go to new.example/a and to new.example/b")
                .hasMessageContaining("names a registry but no repository")
                .hasMessageContaining("the registry is given twice");
    }

    @Test
    void in_aNamespace_standsForItsNames() {
        NamespaceMapping shop = new NamespaceMapping("shop", "shop-eu");

        assertThat(new ImageRule("quay.io/{namespace}/x", "new/{namespace}").in(shop))
                .isEqualTo(new ImageRule("quay.io/shop/x", "new/shop-eu"));
        assertThat(new ImageRule("quay.io/acme", "new").in(shop)).isEqualTo(new ImageRule("quay.io/acme", "new"));
    }

    @Test
    void namespace_onTheRightAlone_saysWhatToWrite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageRule("quay.io", "new/{namespace}"))
                .withMessageContaining("quay.io/{namespace}");
    }
}
