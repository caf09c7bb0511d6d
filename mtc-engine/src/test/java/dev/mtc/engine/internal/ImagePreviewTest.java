package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.Preview.Action;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.spi.ImageEstimate;
import dev.mtc.engine.internal.ImagePreview.Look;
import dev.mtc.engine.internal.plan.PlannedImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImagePreviewTest {

    private static ImageEstimate lacks(Map<String, Long> missing) {
        return new ImageEstimate(130, missing, List.of("linux/amd64"), "sha256:x");
    }

    private static Look look(String target, Map<String, Long> missing) {
        return new Look(new PlannedImage("old/app", target), null, lacks(missing), "");
    }

    @Test
    void actions_ofImagesWithACommonLayer_countItOnceForEachRegistry() {
        List<Action> actions = ImagePreview.actions(List.of(
                look("new/one", Map.of("layer", 100L, "one", 20L)),
                look("new/two", Map.of("layer", 100L, "two", 30L)),
                look("other/one", Map.of("layer", 100L, "one", 20L)),
                look("new/three", Map.of())));

        assertThat(actions)
                .extracting(Action::verb, Action::bytes, Action::presentBytes, Action::reason)
                .containsExactly(
                        tuple(Verb.COPY, 120L, 10L, "linux/amd64"),
                        tuple(Verb.COPY, 30L, 0L, "linux/amd64; 100 bytes of it with other images"),
                        tuple(Verb.COPY, 120L, 10L, "linux/amd64"),
                        tuple(Verb.UNCHANGED, 0L, 130L, "the target has it"));
    }

    @Test
    void actions_throughTheRepository_countWhatGoesIntoItOnce() {
        PlannedImage image = new PlannedImage("old/app", "new/app");
        Look look = new Look(image, lacks(Map.of("layer", 100L)), lacks(Map.of("layer", 100L)), "");

        assertThat(ImagePreview.actions(List.of(look, look)))
                .extracting(Action::bytes, Action::reason)
                .containsExactly(
                        tuple(100L, "linux/amd64; 100 bytes of it into the repository first"),
                        tuple(0L, "linux/amd64; 100 bytes of it with other images"));
    }

    @Test
    void actions_ofAnImageThatCannotBeAsked_sayWhy() {
        Look look = new Look(new PlannedImage("old/app", "old/app"), null, null, "refused");

        assertThat(ImagePreview.actions(List.of(look))).singleElement().satisfies(action -> {
            assertThat(action.subject()).isEqualTo("old/app");
            assertThat(action.bytes()).isEqualTo(-1);
            assertThat(action.reason()).isEqualTo("refused");
        });
    }
}
