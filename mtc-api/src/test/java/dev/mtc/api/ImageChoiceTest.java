package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mtc.api.ImageCheck.Attachment;
import dev.mtc.api.ImageCheck.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageChoiceTest {

    @Test
    void copy_choosesNothing() {
        ImageChoice choice = ImageChoice.copy();

        assertThat(choice.platforms()).isEmpty();
        assertThat(choice.largestBytes()).isEmpty();
        assertThat(choice.bytesPerSecond()).isEmpty();
        assertThat(choice.checks()).isEmpty();
        assertThat(choice.isPinned()).isFalse();
        assertThat(choice.usesPullSecrets()).isFalse();
        assertThat(choice.bringsAttachments()).isTrue();
        assertThat(choice).hasToString("ImageChoice[all]");
    }

    @Test
    void withers_changeOnlyTheirField() {
        ImageChoice choice = ImageChoice.copy()
                .platforms("linux/amd64", "linux/arm/v7")
                .atMost("20Gi")
                .bandwidth("50M")
                .atOnce(2)
                .pinned()
                .usePullSecrets()
                .withoutAttachments()
                .admit(ImageCheck.signed());

        assertThat(choice.platforms()).containsExactly("linux/amd64", "linux/arm/v7");
        assertThat(choice.largestBytes()).hasValue(20L << 30);
        assertThat(choice.bytesPerSecond()).hasValue(50_000_000);
        assertThat(choice.atOnce()).hasValue(2);
        assertThat(choice.bringsAttachments()).isFalse();
        assertThat(choice)
                .hasToString("ImageChoice[linux/amd64, linux/arm/v7, at most 20Gi, 50M/s, 2 at once, pinned, with pull secrets, "
                        + "without attachments, 1 check]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "amd64", "linux/", "Linux/amd64", "linux/amd64/"})
    void platforms_somethingElse_saysWhatToWrite(String platform) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageChoice.copy().platforms(platform))
                .withMessageContaining("'" + platform + "'")
                .withMessageContaining("linux/amd64");
    }

    @Test
    void atOnce_none_saysWhatToGive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageChoice.copy().atOnce(0))
                .withMessageContaining("0; give 1 or more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "20 GB", "20GiB", "much"})
    void quantities_somethingElse_saysWhatToWrite(String quantity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageChoice.copy().atMost(quantity))
                .withMessageContaining("Size '" + quantity + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageChoice.copy().bandwidth(quantity))
                .withMessageContaining("Bandwidth '" + quantity + "'")
                .withMessageContaining("20Gi");
    }

    @ParameterizedTest
    @CsvSource({
        "sig, true",
        "application/vnd.dev.cosign.artifact.sig.v1+json, true",
        "application/vnd.cncf.notary.signature, true",
        "application/vnd.dev.sigstore.bundle.v0.3+json, true",
        "sbom, false",
        "application/spdx+json, false",
    })
    void signed_looksForSignatures(String type, boolean signed) {
        Candidate image =
                new Candidate("r.example/web:1", "sha256:1", List.of(new Attachment(type, "r.example/web:s")));

        assertThat(ImageCheck.signed().refusal(image).isEmpty()).isEqualTo(signed);
    }
}
