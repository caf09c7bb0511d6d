package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.Clusters;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.StateStore;
import dev.mtc.engine.internal.Rows.Row;
import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import dev.mtc.engine.internal.run.DrivenRun;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conversions whose process ends between any two writes of the phase that swaps claims, forth or back. */
class StorageConversionKillIT {

    private static final int MOST_WRITES = 60;

    private ConversionBed bed;

    @BeforeEach
    void open() {
        bed = new ConversionBed();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    /** {@return the run that died, or that ended since it had fewer writes to do} */
    private MigrationRun dieInSwap(Kind kind, int writes, String run) {
        MortalClient process = new MortalClient(bed.client());
        CompletableFuture<MigrationRun> running = new CompletableFuture<>();
        Plan plan = bed.planned("faster", Clusters.of("old", process.client())).build();
        Row swap = new Row(kind, Phase.SWAP_PVC_REFERENCES);
        Migration migration = bed.migration(plan)
                .engine(Rows.engine((row, phase, context) ->
                        row.equals(swap) ? mortal(process, writes, running, phase, context) : phase.run(context)));
        MigrationRun driven = run.isEmpty() ? start(migration, kind) : migration.resume(run);
        running.complete(driven);
        if (isLeft(driven)) {
            process.close();
        }
        return driven;
    }

    private static MigrationRun start(Migration migration, Kind kind) {
        return kind == Kind.ROLLBACK ? migration.rollback() : migration.migrateState();
    }

    private static boolean isLeft(MigrationRun run) {
        try {
            run.await(TestBed.LIMIT);
            return false;
        } catch (CancellationException e) {
            return true;
        }
    }

    private static Outcome mortal(
            MortalClient process,
            int writes,
            CompletableFuture<MigrationRun> running,
            PhaseHandler phase,
            RunContext context) {
        context.work(Begun.class, c -> {
            process.dieAfter(writes);
            return new Begun();
        });
        try {
            Outcome outcome = phase.run(context);
            if (outcome instanceof Outcome.Advance) {
                process.dieAfter(Integer.MAX_VALUE);
            }
            return outcome;
        } finally {
            if (process.isDead()) {
                ((DrivenRun) running.join()).leave();
            }
        }
    }

    /** That a process has come to the phase. */
    private record Begun() {}

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"STAGE", "ROLLBACK"})
    void resume_afterProcessesEndedInTheSwap_endsAsIfUndisturbed(Kind kind) {
        if (kind == Kind.ROLLBACK) {
            bed.convert();
        }
        MigrationRun run = dieInSwap(kind, 0, "");
        int deaths = 0;
        while (isLeft(run)) {
            assertThat(++deaths).isLessThan(MOST_WRITES);
            run = dieInSwap(kind, 1 + deaths / 4, run.id());
        }

        assertThat(deaths).isGreaterThan(5);
        assertThat(run.await(TestBed.LIMIT).status()).isEqualTo(Status.SUCCEEDED);
        if (kind == Kind.ROLLBACK) {
            bed.assertAsBefore();
        } else {
            bed.assertConverted(bed.plan(), "fast");
        }
    }

    /** Whoever comes after knows nothing but what is on the cluster. */
    @Test
    void rollback_afterAProcessEndedAnywhereInTheSwap_findsAllThereIs() {
        for (int writes = 0; ; writes++) {
            assertThat(writes).isLessThan(MOST_WRITES);
            MigrationRun run = dieInSwap(Kind.STAGE, writes, "");
            boolean died = isLeft(run);

            bed.migration()
                    .state(StateStore.memory())
                    .rollback()
                    .await(TestBed.LIMIT)
                    .requireSuccess();

            bed.assertAsBefore();
            if (!died) {
                return;
            }
            forget(run);
        }
    }

    /** A run that nobody goes on with would hold up the next. */
    private void forget(MigrationRun run) {
        MigrationRun last = bed.migration().resume(run.id());
        last.cancel();
        last.await(TestBed.LIMIT);
        bed.assertAsBefore();
    }

    @Test
    void cancel_afterAProcessEndedAnywhereInTheSwap_leavesAllBeforeOrAllConverted() {
        boolean converted = false;
        for (int writes = 0; !converted; writes++) {
            assertThat(writes).isLessThan(MOST_WRITES);
            MigrationRun run = dieInSwap(Kind.STAGE, writes, "");
            assertThatThrownBy(() -> run.await(Duration.ZERO)).isInstanceOf(CancellationException.class);

            CompletableFuture<MigrationRun> running = new CompletableFuture<>();
            MigrationRun canceled = bed.migration()
                    .engine(Rows.engine((row, phase, context) -> {
                        if (row.kind() == Kind.STAGE) {
                            running.join().cancel();
                            return Outcome.waitFor(Duration.ofMillis(10), "the cancel");
                        }
                        return phase.run(context);
                    }))
                    .resume(run.id());
            running.complete(canceled);
            assertThat(canceled.await(TestBed.LIMIT).status()).isEqualTo(Status.CANCELED);

            converted = bed.used().anyMatch(claim -> claim.contains("-mig-"));
            if (converted) {
                bed.assertConverted(bed.plan(), "fast");
            } else {
                bed.assertAsBefore();
            }
        }
    }
}
