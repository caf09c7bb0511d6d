package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.FailurePolicy;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Route;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.engine.internal.Rows.Row;
import dev.mtc.engine.internal.itinerary.Itineraries;
import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import dev.mtc.engine.internal.itinerary.Leg;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs that enter every row of every itinerary. Doing each phase twice, as happens when a process ends before a done
 * phase is kept, leaves the clusters as doing it once.
 */
class EveryRowIT {

    /** How a phase is done. */
    private enum Manner {
        ONCE {
            @Override
            Outcome run(PhaseHandler phase, RunContext context) {
                return phase.run(context);
            }
        },
        TWICE {
            @Override
            Outcome run(PhaseHandler phase, RunContext context) {
                Outcome first = phase.run(context);
                return first instanceof Outcome.Advance ? phase.run(context) : first;
            }
        };

        abstract Outcome run(PhaseHandler phase, RunContext context);
    }

    /** What a run left. */
    private record Trace(Set<Row> entered, List<String> dump) {}

    /** Takes a run through an itinerary. What keeps a cut-over from succeeding happens when all runs on the target. */
    private static Trace through(Kind kind, Route images, FailurePolicy policy, Manner manner) {
        Set<Row> entered = ConcurrentHashMap.newKeySet();
        CompletableFuture<MigrationRun> running = new CompletableFuture<>();
        try (TestBed bed = TestBed.withApp()) {
            Migration migration = Rows.migration(bed, images)
                    .onFailure(policy)
                    .engine(Rows.engine((row, phase, context) -> {
                        entered.add(row);
                        if (row.equals(new Row(Kind.FINAL, Phase.POST_RESTORE_HOOKS))) {
                            if (kind == Kind.CANCEL) {
                                running.join().cancel();
                            } else if (kind == Kind.FAILED) {
                                throw new IllegalStateException("the customers complain");
                            }
                        }
                        return manner.run(phase, context);
                    }));
            MigrationRun run = Rows.start(migration, kind);
            running.complete(run);
            if (kind == Kind.ROLLBACK) {
                run.await(TestBed.LIMIT).requireClean();
                run = migration.rollback();
            }
            MigrationResult result = run.await(TestBed.LIMIT);
            assertThat(result.status()).as(result.report().toText()).isEqualTo(expected(kind));
            MigMigration kept = bed.kept(run);
            assertThat(kept.getStatus().getItinerary()).isEqualTo(kind.wireName());
            entered.add(new Row(
                    kind, Phase.ofWireName(String.valueOf(kept.getStatus().getPhase()))));
            return new Trace(entered, ClusterDump.of(bed, run.id()));
        }
    }

    private static Status expected(Kind kind) {
        return switch (kind) {
            case CANCEL -> Status.CANCELED;
            case FAILED -> Status.FAILED;
            case STAGE, FINAL, ROLLBACK -> Status.SUCCEEDED;
        };
    }

    static Stream<Arguments> waysThrough() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Route.values()).map(images -> Arguments.of(kind, images)));
    }

    @ParameterizedTest
    @MethodSource("waysThrough")
    void itinerary_withEveryPhaseTwice_entersAllRowsAndEndsAsWithEachOnce(Kind kind, Route images) {
        FailurePolicy policy = kind == Kind.FAILED ? FailurePolicy.ROLL_BACK : FailurePolicy.CLEAN_UP;

        Trace once = through(kind, images, policy, Manner.ONCE);
        Trace twice = through(kind, images, policy, Manner.TWICE);

        assertThat(once.entered()).containsAll(Rows.of(images, kind).toList());
        assertThat(twice.entered()).isEqualTo(once.entered());
        assertThat(once.dump()).isNotEmpty();
        assertThat(ClusterDump.difference(twice.dump(), once.dump())).isEmpty();
    }

    @Test
    void failedItinerary_thatOnlyCleansUp_entersAllRowsButThoseThatDelete() {
        Set<Phase> deleting = Set.of(Phase.DELETE_MIGRATED, Phase.ENSURE_MIGRATED_DELETED);

        Trace once = through(Kind.FAILED, Route.DIRECT, FailurePolicy.CLEAN_UP, Manner.ONCE);
        Trace twice = through(Kind.FAILED, Route.DIRECT, FailurePolicy.CLEAN_UP, Manner.TWICE);

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
