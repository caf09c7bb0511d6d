package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.FailurePolicy;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Route;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.engine.internal.Rows.Around;
import dev.mtc.engine.internal.Rows.Row;
import dev.mtc.engine.internal.itinerary.Itineraries;
import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import dev.mtc.engine.internal.itinerary.Leg;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs that enter every row of every itinerary. Doing each phase again with nothing known but what the state keeps, as happens
 * when a process ends before a done phase is kept, leaves the clusters as doing it once.
 */
class EveryRowIT {

    /** Does every phase again, once it is done, as another process would. */
    private static final class Again {
        private final Map<Row, RunContext> others = new HashMap<>();

        Outcome run(Row row, PhaseHandler phase, RunContext context) {
            RunContext other = others.get(row);
            if (other == null) {
                Outcome first = phase.run(context);
                if (!(first instanceof Outcome.Advance)) {
                    return first;
                }
                other = new RunContext(context.request(), context.migration(), context.executor());
                others.put(row, other);
            }
            Outcome second = phase.run(other);
            if (!(second instanceof Outcome.Wait)) {
                other.close();
            }
            return second;
        }
    }

    private static Outcome once(Row row, PhaseHandler phase, RunContext context) {
        return phase.run(context);
    }

    /** What a run left. */
    private record Trace(Set<Row> entered, List<String> dump) {}

    /** Takes a run through an itinerary. What keeps a cut-over from succeeding happens when all runs on the target. */
    private static Trace through(Kind kind, Route images, FailurePolicy policy, Around manner) {
        Set<Row> entered = ConcurrentHashMap.newKeySet();
        CompletableFuture<MigrationRun> running = new CompletableFuture<>();
        try (TestBed bed = TestBed.withApp()) {
            Migration migration = Rows.migration(bed, images)
                    .onFailure(policy)
                    .engine(Rows.engine(kind, running, (row, phase, context) -> {
                        entered.add(row);
                        return manner.run(row, phase, context);
                    }));
            if (kind == Kind.ROLLBACK) {
                migration.cutover().await(TestBed.LIMIT).requireClean();
            }
            MigrationRun run = Rows.start(migration, kind);
            running.complete(run);
            MigrationResult result = run.await(TestBed.LIMIT);
            assertThat(result.status()).as(result.report().toText()).isEqualTo(Rows.end(kind));
            MigMigration kept = bed.kept(run);
            assertThat(kept.getStatus().getItinerary()).isEqualTo(kind.wireName());
            entered.add(new Row(
                    kind, Phase.ofWireName(String.valueOf(kept.getStatus().getPhase()))));
            return new Trace(entered, ClusterDump.of(bed, run.id()));
        }
    }

    static Stream<Arguments> waysThrough() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Route.values()).map(images -> Arguments.of(kind, images)));
    }

    @ParameterizedTest
    @MethodSource("waysThrough")
    void itinerary_withEveryPhaseTwice_entersAllRowsAndEndsAsWithEachOnce(Kind kind, Route images) {
        FailurePolicy policy = kind == Kind.FAILED ? FailurePolicy.ROLL_BACK : FailurePolicy.CLEAN_UP;

        Trace once = through(kind, images, policy, EveryRowIT::once);
        Trace twice = through(kind, images, policy, new Again()::run);

        assertThat(once.entered()).containsAll(Rows.of(images, kind).toList());
        assertThat(twice.entered()).isEqualTo(once.entered());
        assertThat(once.dump()).isNotEmpty();
        assertThat(ClusterDump.difference(twice.dump(), once.dump())).isEmpty();
    }

    @Test
    void failedItinerary_thatOnlyCleansUp_entersAllRowsButThoseThatDelete() {
        Set<Phase> deleting = Set.of(Phase.DELETE_MIGRATED, Phase.ENSURE_MIGRATED_DELETED);

        Trace once = through(Kind.FAILED, Route.DIRECT, FailurePolicy.CLEAN_UP, EveryRowIT::once);
        Trace twice = through(Kind.FAILED, Route.DIRECT, FailurePolicy.CLEAN_UP, new Again()::run);

        assertThat(Itineraries.of(Kind.FAILED).legs()).extracting(Leg::phase).containsAll(deleting);
        assertThat(once.entered())
                .filteredOn(row -> row.kind() == Kind.FAILED)
                .containsExactlyInAnyOrderElementsOf(Rows.of(Kind.FAILED)
                        .filter(row -> !deleting.contains(row.phase()))
                        .toList());
        assertThat(twice.entered()).isEqualTo(once.entered());
        assertThat(once.dump()).isNotEmpty();
        assertThat(ClusterDump.difference(twice.dump(), once.dump())).isEmpty();
    }
}
