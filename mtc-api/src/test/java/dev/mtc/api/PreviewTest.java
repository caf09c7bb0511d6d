package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.Preview.Action;
import dev.mtc.api.Preview.Change;
import dev.mtc.api.Preview.Verb;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewTest {

    private static final Action UPDATE = Action.of(
                    Verb.UPDATE, "object", "services shop/web", "spec.ports[0].port differs")
            .transforms(List.of("NamespaceNames", "Marks"))
            .changes(List.of(
                    new Change("spec.ports[0].port", "80", "8080"), new Change("spec.type", null, "\"ClusterIP\"")))
            .contentDigest("5eed");
    private static final Action IMAGE =
            Action.of(Verb.COPY, "image", "old/web:1 -> new/web:1", "").bytes(1_500_000, 500_000);
    private static final Action VOLUME = Action.of(Verb.COPY, "volume", "shop/files", "claim of 1Gi")
            .bytes(1_073_741_824, 0)
            .storageClass("fast");
    private static final Preview PREVIEW = new Preview(
            List.of(
                    UPDATE,
                    Action.of(Verb.UNSUPPORTED, "object", "widgets.acme.org shop/w", "the target does not serve it"),
                    IMAGE,
                    VOLUME,
                    Action.of(Verb.RUN, "hook", "PreBackup", "")),
            List.of(Problem.warning("to", "Note", "is odd", "look")));

    private static ItemOutcome outcome(String kind, String name, ItemOutcome.Action action) {
        return new ItemOutcome(kind, name, action, 0, 0, "", null);
    }

    private static List<ItemOutcome> asPreviewed() {
        return List.of(
                outcome("object", "services shop/web", ItemOutcome.Action.UPDATED),
                outcome("object", "widgets.acme.org shop/w", ItemOutcome.Action.SKIPPED),
                outcome("image", "old/web:1 -> new/web:1", ItemOutcome.Action.COPIED),
                outcome("volume", "shop/files", ItemOutcome.Action.UNCHANGED),
                outcome("hook", "PreBackup", ItemOutcome.Action.RAN));
    }

    @Test
    void describe_showsDiffTransformsAndAmounts() {
        assertThat(PREVIEW.describe())
                .isEqualTo(
                        """
                        Preview[0 create, 1 update, 0 unchanged, 0 skip, 1 unsupported; 1 image 1.50 MB; 1 volume 1.07 GB; 1 warning]
                          UPDATE object services shop/web: spec.ports[0].port differs [NamespaceNames, Marks]
                              spec.ports[0].port: 80 -> 8080
                              spec.type: nothing -> "ClusterIP"
                          UNSUPPORTED object widgets.acme.org shop/w: the target does not serve it
                          COPY image old/web:1 -> new/web:1 (1.50 MB, 500.00 kB there)
                          COPY volume shop/files (1.07 GB, class fast): claim of 1Gi
                          RUN hook PreBackup
                          WARN to: Note: is odd; look"""
                                .stripTrailing());
    }

    @Test
    void toJson_writtenAndRead_isTheSame() {
        String json = PREVIEW.toJson();

        assertThat(Preview.fromJson(json)).isEqualTo(PREVIEW);
        assertThat(json)
                .contains(
                        "\"version\" : 1",
                        "\"verb\" : \"UPDATE\"",
                        "\"before\" : 80",
                        "\"after\" : 8080",
                        "\"presentBytes\" : 500000",
                        "\"storageClass\" : \"fast\"",
                        "\"contentDigest\" : \"5eed\"",
                        "\"transforms\" : [ \"NamespaceNames\", \"Marks\" ]");
    }

    @Test
    void fromJson_somethingElse_saysWhatIsWrong() {
        assertThatThrownBy(() -> Preview.fromJson("{\"version\": 7, \"actions\": []}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 1")
                .hasMessageContaining("'7'");
        assertThatThrownBy(() -> Preview.fromJson("no")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deviations_ofARunAsPreviewed_areNone() {
        assertThat(PREVIEW.deviations(asPreviewed())).isEmpty();
    }

    @Test
    void deviations_ofContent_areThoseOfDigestsThatAreKnown() {
        ItemOutcome service = asPreviewed().get(0);
        List<ItemOutcome> others = asPreviewed().subList(1, 5);

        assertThat(PREVIEW.deviations(with(others, service.contentDigest("5eed"))))
                .isEmpty();
        assertThat(PREVIEW.deviations(with(others, service.contentDigest("feed"))))
                .extracting(problem -> problem.code() + " " + problem.where())
                .containsExactly("OtherContent object services shop/web");
        assertThat(PREVIEW.deviations(with(
                        others,
                        outcome("object", "services shop/web", ItemOutcome.Action.CREATED)
                                .contentDigest("feed"))))
                .extracting(Problem::code)
                .containsExactly("DoneOtherwise");
    }

    private static List<ItemOutcome> with(List<ItemOutcome> others, ItemOutcome one) {
        List<ItemOutcome> all = new ArrayList<>(others);
        all.add(one);
        return all;
    }

    @Test
    void deviations_nameWhatWasDoneOtherwiseOrMoreOrLess() {
        List<ItemOutcome> items = List.of(
                outcome("object", "services shop/web", ItemOutcome.Action.CREATED),
                outcome("object", "services shop/more", ItemOutcome.Action.CREATED),
                outcome("image", "old/web:1 -> new/web:1", ItemOutcome.Action.UNCHANGED),
                outcome("volume", "shop/files", ItemOutcome.Action.FAILED),
                outcome("hook", "PreBackup", ItemOutcome.Action.RAN));

        assertThat(PREVIEW.deviations(items))
                .extracting(problem -> problem.code() + " " + problem.where())
                .containsExactly(
                        "DoneOtherwise object services shop/web",
                        "NotPreviewed object services shop/more",
                        "DoneOtherwise image old/web:1 -> new/web:1",
                        "PreviewedNotDone object widgets.acme.org shop/w");
    }
}
