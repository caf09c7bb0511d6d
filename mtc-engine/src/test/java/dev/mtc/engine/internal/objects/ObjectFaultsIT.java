package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mtc.api.ExistingPolicy;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.Transform;
import dev.mtc.engine.internal.cluster.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong between clusters every day. */
class ObjectFaultsIT extends ObjectsBed {

    /** The map that every namespace has. */
    private static final int ROOT_AUTHORITIES = 1;

    private static final String ELSEWHERE =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map-0001}\ndata: {a: other}";

    /** Runs something once, when the second of the maps is prepared and the target was listed already. */
    private Plan meanwhile(ExistingPolicy policy, Runnable action) {
        return plan(builder -> builder.existing(policy).transform(Transform.of("meanwhile", object -> {
            if (object.getMetadata().getName().equals("map-0001")) {
                action.run();
            }
            return object;
        })));
    }

    @Test
    void apply_stormOfRefusals_slowsDownAndWritesAll() {
        makeMaps(200);
        Plan plan = plan(builder -> builder);
        Restore restore = restore(plan);
        recent.faults().failNext("POST", "configmaps", 40, 429);

        AtomicInteger least = new AtomicInteger(Integer.MAX_VALUE);
        Pace pace = target.server().pace();

        RestoreResult result = restore.apply(done -> least.accumulateAndGet(pace.limit(), Math::min));

        assertThat(result.errors()).isEmpty();
        assertThat(result.count(Action.CREATED)).isEqualTo(200);
        assertThat(least).hasValueLessThan(16);
    }

    @Test
    void apply_webhookDownForAWhile_isTriedUntilItIsUp() {
        makeMaps(30);
        Plan plan = plan(builder -> builder);
        Restore restore = restore(plan);
        recent.faults().webhookDown("configmaps", Duration.ofSeconds(3));

        RestoreResult result = restore.apply(done -> {});

        assertThat(result.errors()).isEmpty();
        assertThat(result.count(Action.CREATED)).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource({"FAIL, FAILED, other", "SKIP, SKIPPED, other", "UPDATE, UPDATED, ''"})
    void apply_objectMadeAfterTheList_isTreatedAsThePlanSays(ExistingPolicy policy, Action action, String left) {
        makeMaps(3);
        Plan plan = meanwhile(policy, () -> target.server().create(MAPS, Yaml.object(ELSEWHERE)));
        source.server().merge(MAPS + "/map-0001", Yaml.object("data: {a: ours}"));

        RestoreResult result = migrate(plan);

        assertThat(result.outcomes())
                .filteredOn(outcome -> outcome.name().startsWith("configmaps shop/map-"))
                .extracting(ItemOutcome::name, ItemOutcome::action)
                .containsExactly(
                        tuple("configmaps shop/map-0000", Action.CREATED),
                        tuple("configmaps shop/map-0001", action),
                        tuple("configmaps shop/map-0002", Action.CREATED));
        String expected = left.isEmpty() ? "ours" : left;
        assertThat(target.server()
                        .get(MAPS + "/map-0001")
                        .path("data")
                        .path("a")
                        .asText())
                .isEqualTo(expected);
    }

    @Test
    void apply_objectDeletedAfterTheList_isMade() {
        makeMaps(3);
        migrate(plan(builder -> builder));
        source.server().merge(MAPS + "/map-0001", Yaml.object("data: {a: new}"));
        Plan plan = meanwhile(ExistingPolicy.FAIL, () -> target.server().delete(MAPS + "/map-0001"));

        RestoreResult result = migrate(plan);

        assertThat(result.errors()).isEmpty();
        assertThat(target.server()
                        .get(MAPS + "/map-0001")
                        .path("data")
                        .path("a")
                        .asText())
                .isEqualTo("new");
    }

    @Test
    void apply_objectChangedAfterTheList_isReadAgainAndWritten() {
        makeMaps(3);
        migrate(plan(builder -> builder));
        source.server().merge(MAPS + "/map-0001", Yaml.object("data: {a: ours}"));
        Plan plan = meanwhile(ExistingPolicy.FAIL, () -> {
            target.server().merge(MAPS + "/map-0001", Yaml.object("data: {a: theirs, b: theirs}"));
            target.forgetRequests();
        });

        RestoreResult result = migrate(plan);

        assertThat(result.errors()).isEmpty();
        assertThat(result.outcomes())
                .filteredOn(outcome -> outcome.name().equals("configmaps shop/map-0001"))
                .extracting(ItemOutcome::action)
                .containsExactly(Action.UPDATED);
        assertThat(target.reads()).as("after a conflict").containsExactly("GET " + MAPS + "/map-0001");
        assertThat(target.writes()).containsOnly("PATCH " + MAPS + "/map-0001").hasSize(3);
        assertThat(target.server()
                        .get(MAPS + "/map-0001")
                        .path("data")
                        .path("a")
                        .asText())
                .isEqualTo("ours");
    }

    @Test
    void apply_again_readsByListsAndWritesNothing() {
        makeMaps(1200);
        Plan plan = plan(builder -> builder);
        migrate(plan);
        Restore restore = restore(plan);
        target.forgetRequests();

        RestoreResult result = restore.apply(done -> {});

        assertThat(result.count(Action.UNCHANGED)).isEqualTo(1200);
        assertThat(target.writes()).isEmpty();
        assertThat(target.reads()).hasSizeLessThan(10);
    }

    @Test
    void capture_listForgottenInTheMiddle_isOneListWithoutDoubles() {
        makeMaps(2600);
        List<ObjectKey> captured = new ArrayList<>();
        AtomicBoolean compacted = new AtomicBoolean();
        CaptureReport report;
        Archive archive;
        try (ArchiveWriter writer = Archive.create(directory.resolve("a.tar.gz"))) {
            report = capture(plan(builder -> builder), writer, done -> {
                if (done > 1000 && compacted.compareAndSet(false, true)) {
                    source.server().delete(MAPS + "/map-0000");
                    old.compact();
                }
            });
            archive = writer.finish();
        }

        Archive.open(archive.file()).forEach(key -> key.name().startsWith("map-"), (key, object) -> captured.add(key));

        assertThat(captured).doesNotHaveDuplicates().hasSize(2599);
        assertThat(captured).doesNotContain(new ObjectKey("configmaps", "shop", "map-0000"));
        assertThat(report.counts()).containsEntry("configmaps", 2599 + ROOT_AUTHORITIES);
    }

    @Test
    void capture_groupWhoseServerIsDown_isNamedAndOthersAreCaptured() {
        makeMaps(2);
        old.faults().groupDown("autoscaling");

        CaptureReport report;
        try (ArchiveWriter writer = Archive.create(directory.resolve("a.tar.gz"))) {
            report = capture(plan(builder -> builder), writer, done -> {});
        }

        assertThat(report.counts()).containsEntry("configmaps", 2 + ROOT_AUTHORITIES);
        assertThat(report.problems()).extracting(Problem::code).isNotEmpty().containsOnly("ApiGroupUnavailable");
        assertThat(report.problems()).extracting(Problem::where).anyMatch(where -> where.contains("/apis/autoscaling"));
    }
}
