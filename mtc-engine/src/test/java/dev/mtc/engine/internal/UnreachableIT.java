package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.PhaseWaiting;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clean-ups while a cluster does not answer. */
class UnreachableIT {

    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    /** How often phases of the clean-up said that they try again. */
    private List<Phase> triedAgain() {
        return bed.events.all().stream()
                .filter(PhaseWaiting.class::isInstance)
                .map(PhaseWaiting.class::cast)
                .filter(waiting -> waiting.reason().contains("trying again"))
                .map(PhaseWaiting::phase)
                .toList();
    }

    @Test
    void cancel_whileTheTargetIsDown_startsTheSourceWithoutWaitingInEveryPhase() {
        bed.volumes.answer(request -> Script.running());
        MigrationRun run = bed.migration().cutover();
        bed.events.awaitWaiting(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION);

        bed.target.close();
        run.cancel();
        MigrationResult result = run.await(TestBed.LIMIT);

        assertThat(result.status()).isEqualTo(Status.CANCELED);
        assertThat(triedAgain()).isEmpty();
        assertThat(result.errors()).isNotEmpty().allSatisfy(error -> assertThat(error.toString())
                .contains("target cluster new"));
        bed.assertSourceRuns();
    }
}
