package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.Preview.Action;
import dev.mtc.api.Preview.Verb;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shop's preview and what the run then did. */
class PreviewRealIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String NAME = "pv-shop-it";

    private static RealNamespace source;
    private static RealNamespace target;

    @BeforeAll
    static void openShop() {
        source = RealNamespace.onSource(NAME);
        target = RealNamespace.onTarget(NAME);
        target.delete();
        Shop.open(source);
    }

    @AfterAll
    static void closeShop() {
        for (RealNamespace namespace : new RealNamespace[] {source, target}) {
            if (namespace != null) {
                namespace.delete();
                namespace.close();
            }
        }
    }

    @Test
    void cutover_ofTheShop_doesWhatWasPreviewedObjectByObject() {
        Plan plan = Plan.named(NAME)
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace(NAME)
                .build();
        Preview preview = plan.preview();

        MigrationResult result = Migration.of(plan)
                .quiesce()
                .verify()
                .expecting(Preview.fromJson(preview.toJson()))
                .cutover()
                .await(LIMIT)
                .requireSuccess();

        assertThat(preview.deviations(result.items()))
                .as(result.report().toText())
                .isEmpty();
        assertThat(result.items())
                .extracting(item -> item.kind() + " " + item.name())
                .containsExactlyInAnyOrderElementsOf(preview.actions().stream()
                        .map(action -> action.kind() + " " + action.subject())
                        .toList());
        assertThat(preview.actions())
                .filteredOn(action -> action.kind().equals("image"))
                .as("the registries tell sizes")
                .hasSize(3)
                .allMatch(action -> action.bytes() + action.presentBytes() > 0);
        assertThat(preview.actions())
                .filteredOn(action -> action.kind().equals("volume"))
                .hasSize(2)
                .allMatch(action -> action.verb() == Verb.COPY && action.bytes() > 0)
                .extracting(Action::storageClass)
                .doesNotContain("");
        Preview again = plan.preview();
        assertThat(again.actions())
                .filteredOn(action -> !action.kind().equals("hook"))
                .extracting(Action::verb)
                .containsOnly(Verb.UNCHANGED, Verb.SKIP);
    }
}
