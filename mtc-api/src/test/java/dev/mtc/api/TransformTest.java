package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformTest {

    @ParameterizedTest
    @CsvSource({
        "old.example/shop/web:1, new.example/eu/shop/web:1",
        "old.example/shop:1, new.example/eu/shop:1",
        "old.example/shop@sha256:0, new.example/eu/shop@sha256:0",
        "old.example/shop, new.example/eu/shop",
        "old.example/shopping/web:1, old.example/shopping/web:1",
        "old.example/other, old.example/other",
        "mirror/old.example/shop/web, mirror/old.example/shop/web",
        "old.example, old.example",
    })
    void rewriteImages_matchesOnlyWholeLeadingSegments(String image, String expected) {
        GenericKubernetesResource pod = object("{spec: {containers: [{name: a, image: \"" + image + "\"}]}}");

        Transforms.rewriteImages("old.example/shop", "new.example/eu/shop/").apply(pod);

        assertThat(pod.<String>get("spec", "containers", 0, "image")).isEqualTo(expected);
    }

    @Test
    void rewriteImages_findsContainersAtAnyDepth() {
        GenericKubernetesResource cron = object(
                """
                spec:
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          initContainers: [{name: a, image: old/a}]
                          containers: [{name: b, image: old/b}, {name: c}]
                """);

        Transforms.rewriteImages("old/", "new").apply(cron);

        assertThat(Serialization.asYaml(cron)).contains("new/a", "new/b").doesNotContain("old/");
    }

    @Test
    void rewriteImages_leavesOtherFieldsNamedImageAlone() {
        GenericKubernetesResource map = object("{data: {image: old/a}, spec: {image: old/a}}");

        Transforms.rewriteImages("old", "new").apply(map);

        assertThat(map.<String>get("data", "image")).isEqualTo("old/a");
        assertThat(map.<String>get("spec", "image")).isEqualTo("old/a");
    }

    @Test
    void rewriteImages_blank_saysWhatToGive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transforms.rewriteImages("/", "new"))
                .withMessage("rewriteImages: 'from' is blank; give leading path segments of images such as"
                        + " old.registry/shop");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transforms.rewriteImages("old", " "))
                .withMessageContaining("'to' is blank");
    }

    @Test
    void onlyFor_someKinds_isForTheseOnly() {
        Transform all = Transform.of("label", object -> object);
        Transform some = all.onlyFor("deployments.apps", "services");

        assertThat(all.isFor("pods")).isTrue();
        assertThat(some.isFor("services")).isTrue();
        assertThat(some.isFor("deployments.apps")).isTrue();
        assertThat(some.isFor("deployments")).isFalse();
        assertThat(all).hasToString("Transform[label]");
        assertThat(some).hasToString("Transform[label for deployments.apps, services]");
    }

    @Test
    @SuppressWarnings("NullAway")
    void apply_returningNull_namesTheTransform() {
        Transform broken = Transform.of("label", object -> null);

        assertThatNullPointerException()
                .isThrownBy(() -> broken.apply(object("{data: {}}")))
                .withMessage("transform 'label' returned null");
    }

    private static GenericKubernetesResource object(String yaml) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        Map<?, ?> fields = Serialization.unmarshal("---\n" + yaml, Map.class);
        fields.forEach((key, value) -> object.setAdditionalProperty((String) key, value));
        return object;
    }
}
