package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @Test
    void parse_ofAllParts_findsThem() {
        ImageReference reference = ImageReference.parse("registry.example:5000/shop/web:1.2-a@" + DIGEST);

        assertThat(reference.host()).isEqualTo("registry.example:5000");
        assertThat(reference.repository()).isEqualTo("shop/web");
        assertThat(reference.tag()).isEqualTo("1.2-a");
        assertThat(reference.digest()).hasToString(DIGEST);
        assertThat(reference).hasToString("registry.example:5000/shop/web:1.2-a@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost/web",
                "registry:5000/web",
                "10.0.0.1:5000/a/b/c:1",
                "[::1]:5000/web:1",
                "quay.io/a__b/c--d/e.f:latest",
                "docker.io/web"
            })
    void parse_ofValidReferences_writesThemBack(String text) {
        assertThat(ImageReference.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "web:1",
                "shop/web:1",
                "registry.example/Web:1",
                "registry.example/web:",
                "registry.example/web@sha256:12",
                "registry.example/web@md5:" + "12345678901234567890123456789012",
                "https://registry.example/web",
                "registry.example//web",
                "registry.example/../web",
                "registry.example/web:1?x=y"
            })
    void parse_ofAnythingElse_saysWhatIsWrong(String text) {
        assertThat(ImageReference.isReference(text)).isFalse();
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a");
    }
}
