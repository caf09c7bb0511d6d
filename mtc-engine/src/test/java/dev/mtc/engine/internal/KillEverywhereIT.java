package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.FailurePolicy;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs whose process ends in each phase of an itinerary in turn, and that end as if nothing had been. Each process goes on where
 * the one before it ended, and ends a phase later.
 */
class KillEverywhereIT {

    private static final Map<Kind, List<String>> UNDISTURBED = new EnumMap<>(Kind.class);

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    /** The itineraries, and the way of the images where that has rows of its own. */
    static Stream<Arguments> waysThrough() {
        return Stream.concat(
                Stream.of(Kind.values()).map(kind -> Arguments.of(kind, Route.DIRECT)),
                Stream.of(Kind.STAGE, Kind.FINAL).map(kind -> Arguments.of(kind, Route.INDIRECT)));
    }

    private static Migration migration(TestBed bed, Kind kind, Route images) {
        return Rows.migration(bed, images)
                .onFailure(kind == Kind.FAILED ? FailurePolicy.ROLL_BACK : FailurePolicy.CLEAN_UP);
    }

    /** {@return what a run leaves that nobody disturbs} */
    private static List<String> undisturbed(Kind kind) {
        return UNDISTURBED.computeIfAbsent(kind, k -> {
            try (TestBed bed = TestBed.withApp()) {
                CompletableFuture<MigrationRun> running = new CompletableFuture<>();
                Migration migration = migration(bed, kind, Route.DIRECT)
                        .engine(Rows.engine(kind, running, (row, phase, context) -> phase.run(context)));
                if (kind == Kind.ROLLBACK) {
                    migration.cutover().await(TestBed.LIMIT).requireClean();
                }
                MigrationRun run = Rows.start(migration, kind);
                running.complete(run);
                assertThat(run.await(TestBed.LIMIT).status()).isEqualTo(Rows.end(kind));
                return ClusterDump.of(bed, run.id());
            }
        });
    }

    private static boolean enters(HasMetadata written, Row row) {
        return written instanceof MigMigration migration
                && row.kind().wireName().equals(migration.getStatus().getItinerary())
                && row.phase().wireName().equals(migration.getStatus().getPhase());
    }

    /** Starts a run, or goes on with one. */
    private static MigrationRun drive(Migration migration, Kind kind, String run) {
        return run.isEmpty() ? Rows.start(migration, kind) : migration.resume(run);
    }

    private void cutOverFirst(Kind kind, Route images) {
        if (kind == Kind.ROLLBACK) {
            migration(bed, kind, images).cutover().await(TestBed.LIMIT).requireClean();
        }
    }

    private void assertEndsAsIfUndisturbed(Kind kind, Route images, String run) {
        MigrationResult result = Rows.migration(bed, images).resume(run).await(TestBed.LIMIT);

        assertThat(result.status()).as(result.report().toText()).isEqualTo(Rows.end(kind));
        assertThat(result.warnings()).isEmpty();
        assertThat(ClusterDump.difference(ClusterDump.of(bed, run), undisturbed(kind)))
                .isEmpty();
        int passes = kind == Kind.STAGE ? 1 : 2;
        assertThat(bed.volumes.starts.values()).hasSize(2).allMatch(count -> count.get() == passes);
        if (images == Route.DIRECT) {
            assertThat(bed.images.starts.values()).hasSize(2).allMatch(count -> count.get() == 1);
        } else {
            assertThat(bed.images.starts)
                    .as("into the repository and out of it")
                    .hasSize(4);
        }
    }

    /** The first row is left out: it is done before anything is kept. */
    @ParameterizedTest
    @MethodSource("waysThrough")
    void resume_afterAProcessEndedEnteringEachPhase_endsAsIfUndisturbed(Kind kind, Route images) {
        cutOverFirst(kind, images);
        String id = "";
        for (Row row : Rows.of(images, kind).skip(1).toList()) {
            CompletableFuture<MigrationRun> running = new CompletableFuture<>();
            Migration mortal = migration(bed, kind, images)
                    .state(new MortalStore(bed.state, written -> enters(written, row)))
                    .engine(Rows.engine(kind, running, (entered, phase, context) -> phase.run(context)));
            MigrationRun run = drive(mortal, kind, id);
            running.complete(run);
            id = run.id();

            MigrationResult lost = run.await(TestBed.LIMIT);

            assertThat(lost.errors())
                    .as("%s: %s", row, lost.report().toText())
                    .extracting(Problem::code)
                    .contains("StateLost");
        }

        assertEndsAsIfUndisturbed(kind, images, id);
    }

    @ParameterizedTest
    @MethodSource("waysThrough")
    void resume_afterEachDonePhaseWasLeftBeforeItWasKept_endsAsIfUndisturbed(Kind kind, Route images) {
        cutOverFirst(kind, images);
        String id = "";
        for (Row row : Rows.of(images, kind).filter(it -> !it.isLast()).toList()) {
            CompletableFuture<MigrationRun> running = new CompletableFuture<>();
            AtomicBoolean left = new AtomicBoolean();
            Migration leaving = migration(bed, kind, images)
                    .engine(Rows.engine(kind, running, (entered, phase, context) -> {
                        Outcome outcome = phase.run(context);
                        if (entered.equals(row) && outcome instanceof Outcome.Advance) {
                            left.set(true);
                            ((DrivenRun) running.join()).leave();
                        }
                        return outcome;
                    }));
            MigrationRun run = drive(leaving, kind, id);
            running.complete(run);
            id = run.id();

            assertThatThrownBy(() -> run.await(TestBed.LIMIT)).as("%s", row).isInstanceOf(CancellationException.class);
            assertThat(left).as("%s", row).isTrue();
        }

        assertEndsAsIfUndisturbed(kind, images, id);
    }
}
