package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Clusters;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.Registry;
import dev.mtc.api.StateStore;
import dev.mtc.api.VolumeChoice;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Moves of volumes, and their way back, whose process ends between any two writes to either cluster. */
class MoveKillIT {

    private static final int MOST_WRITES = 40;

    private final MoveBed moves = new MoveBed();
    private final TestBed bed = moves.bed;

    @AfterEach
    void close() {
        moves.close();
    }

    /** A process that reaches both clusters until it ends. */
    private final class Process implements AutoCloseable {
        private final MortalClient source = new MortalClient(bed.source.client());
        private final MortalClient target = new MortalClient(bed.target.client());

        Plan plan() {
            return Plan.named("app")
                    .from(Clusters.of("old", source.client()).registry(Registry.at("old.example:5000")))
                    .to(Clusters.of("new", target.client()).registry(Registry.at("new.example:5001")))
                    .namespace(TestBed.APP)
                    .volumes(VolumeChoice.move())
                    .build();
        }

        void dieAfter(int writesToSource, int writesToTarget) {
            source.dieAfter(writesToSource);
            target.dieAfter(writesToTarget);
        }

        boolean isDead() {
            return source.isDead() || target.isDead();
        }

        @Override
        public void close() {
            source.close();
            target.close();
        }
    }

    /** Writes that a process lives for once it has come to a phase. */
    private record Life(Row row, int toSource, int toTarget) {}

    /** That a process has come to the phase. */
    private record Begun() {}

    private static Row rowOf(Kind kind) {
        return new Row(
                kind, kind == Kind.FINAL ? Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION : Phase.UNQUIESCE_SRC_APPLICATIONS);
    }

    private MigrationRun drive(Life life, String run) {
        Process process = new Process();
        CompletableFuture<MigrationRun> running = new CompletableFuture<>();
        Migration migration = bed.migration(process.plan()).engine(Rows.engine((row, phase, context) -> {
            boolean isCanceled = life.row().kind() == Kind.CANCEL;
            if (isCanceled && row.equals(new Row(Kind.FINAL, Phase.ENSURE_FINAL_RESTORE))) {
                running.join().cancel();
                return Outcome.waitFor(Duration.ofMillis(10), "the cancel");
            }
            return row.equals(life.row()) ? mortal(process, life, running, phase, context) : phase.run(context);
        }));
        MigrationRun driven = !run.isEmpty()
                ? migration.resume(run)
                : life.row().kind() == Kind.ROLLBACK ? migration.rollback() : migration.cutover();
        running.complete(driven);
        if (isLeft(driven)) {
            process.close();
        }
        return driven;
    }

    private static Outcome mortal(
            Process process,
            Life life,
            CompletableFuture<MigrationRun> running,
            PhaseHandler phase,
            RunContext context) {
        context.work(Begun.class, c -> {
            process.dieAfter(life.toSource(), life.toTarget());
            return new Begun();
        });
        try {
            Outcome outcome = phase.run(context);
            if (outcome instanceof Outcome.Advance) {
                process.dieAfter(Integer.MAX_VALUE, Integer.MAX_VALUE);
            }
            return outcome;
        } finally {
            if (process.isDead()) {
                ((DrivenRun) running.join()).leave();
            }
        }
    }

    private static boolean isLeft(MigrationRun run) {
        try {
            run.await(TestBed.LIMIT);
            return false;
        } catch (CancellationException e) {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"FINAL", "CANCEL", "ROLLBACK"})
    void resume_afterProcessesEndedBetweenWrites_endsAsIfUndisturbed(Kind kind) {
        if (kind == Kind.ROLLBACK) {
            moves.migration().cutover().await(TestBed.LIMIT).requireClean();
        }
        int deaths = 0;
        MigrationRun run = drive(new Life(rowOf(kind), 0, 0), "");
        while (isLeft(run)) {
            assertThat(++deaths).isLessThan(MOST_WRITES);
            run = drive(new Life(rowOf(kind), 1 + deaths / 8, 1 + deaths / 8), run.id());
        }

        assertThat(deaths).isGreaterThan(2);
        assertThat(run.await(TestBed.LIMIT).status()).isEqualTo(Rows.end(kind));
        if (kind == Kind.FINAL) {
            assertThat(moves.ofTarget()).hasSize(4);
            bed.assertSourceStopped();
        } else {
            moves.assertNothingMoved();
            bed.assertSourceRuns();
        }
    }

    /** Whoever comes after knows nothing but what is on the clusters. */
    @Test
    void rollback_afterAProcessEndedAnywhereInTheMove_findsAllThereIs() {
        for (int writes = 0; ; writes++) {
            assertThat(writes).isLessThan(MOST_WRITES);
            MigrationRun run = drive(new Life(rowOf(Kind.FINAL), writes, writes), "");
            boolean died = isLeft(run);

            moves.migration()
                    .state(StateStore.memory())
                    .rollback()
                    .await(TestBed.LIMIT)
                    .requireSuccess();

            moves.assertNothingMoved();
            bed.assertSourceRuns();
            if (!died) {
                return;
            }
            MigrationRun last = moves.migration().resume(run.id());
            last.cancel();
            last.await(TestBed.LIMIT);
        }
    }
}
