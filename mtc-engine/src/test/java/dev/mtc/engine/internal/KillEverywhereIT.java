package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Problem;
import dev.mtc.api.Route;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.engine.internal.Rows.Row;
import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import dev.mtc.engine.internal.run.DrivenRun;
import dev.mtc.engine.internal.run.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs whose process ends in each of their phases, and that end as if nothing had been. */
class KillEverywhereIT {

    private static final Map<Kind, List<String>> UNDISTURBED = new EnumMap<>(Kind.class);

    private TestBed bed;

    @BeforeAll
    static void runUndisturbed() {
        for (Kind kind : List.of(Kind.STAGE, Kind.FINAL)) {
            try (TestBed bed = TestBed.withApp()) {
                MigrationRun run = Rows.start(Rows.migration(bed, Route.DIRECT), kind);
                run.await(TestBed.LIMIT).requireClean();
                UNDISTURBED.put(kind, ClusterDump.of(bed, run.id()));
            }
        }
    }

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    /** All rows but the first ones, which are done before anything is kept. */
    static Stream<Row> rowsThatAreKept() {
        return Stream.concat(Rows.of(Kind.STAGE).skip(1), Rows.of(Kind.FINAL).skip(1));
    }

    static Stream<Row> rowsThatWork() {
        return Rows.of(Kind.FINAL).filter(row -> !row.isLast());
    }

    private static boolean enters(HasMetadata written, Row row) {
        return written instanceof MigMigration migration
                && row.kind().wireName().equals(migration.getStatus().getItinerary())
                && row.phase().wireName().equals(migration.getStatus().getPhase());
    }

    private void assertResumedAsIfUndisturbed(Row row, String run) {
        MigrationResult result = Rows.migration(bed, row.images())
                .resume(run)
                .await(TestBed.LIMIT)
                .requireClean();

        assertThat(result.runId()).isEqualTo(run);
        assertThat(ClusterDump.difference(ClusterDump.of(bed, run), UNDISTURBED.getOrDefault(row.kind(), List.of())))
                .isEmpty();
        assertThat(bed.volumes.starts.values()).hasSize(2).allMatch(count -> count.get() == 1);
        if (row.images() == Route.DIRECT) {
            assertThat(bed.images.starts.values()).hasSize(2).allMatch(count -> count.get() == 1);
        } else {
            assertThat(bed.images.starts)
                    .as("into the repository and out of it")
                    .hasSize(4);
        }
    }

    @ParameterizedTest
    @MethodSource("rowsThatAreKept")
    void resume_afterTheProcessEndedEnteringAPhase_endsAsIfUndisturbed(Row row) {
        MigrationRun first = Rows.start(
                Rows.migration(bed, row.images()).state(new MortalStore(bed.state, written -> enters(written, row))),
                row.kind());
        MigrationResult lost = first.await(TestBed.LIMIT);
        assertThat(lost.status()).as(lost.report().toText()).isEqualTo(Status.FAILED);
        assertThat(lost.errors()).extracting(Problem::code).contains("StateLost");

        assertResumedAsIfUndisturbed(row, first.id());
    }

    @ParameterizedTest
    @MethodSource("rowsThatWork")
    void resume_afterTheRunWasLeftBeforeADonePhaseWasKept_endsAsIfUndisturbed(Row row) {
        CompletableFuture<DrivenRun> running = new CompletableFuture<>();
        AtomicBoolean left = new AtomicBoolean();
        MigrationRun first = Rows.start(
                Rows.migration(bed, row.images()).engine(Rows.engine((entered, phase, context) -> {
                    Outcome outcome = phase.run(context);
                    if (entered.equals(row) && outcome instanceof Outcome.Advance) {
                        left.set(true);
                        running.join().leave();
                    }
                    return outcome;
                })),
                row.kind());
        running.complete((DrivenRun) first);
        assertThatThrownBy(() -> first.await(TestBed.LIMIT)).isInstanceOf(CancellationException.class);
        assertThat(left).isTrue();

        assertResumedAsIfUndisturbed(row, first.id());
    }
}
