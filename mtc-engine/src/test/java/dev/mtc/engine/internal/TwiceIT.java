package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.MigrationEngine;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Phase;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.engine.internal.phase.PhaseHandlers;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every phase may be run again, as happens when a process ends after a phase was done and before that was kept. */
class TwiceIT {

    private TestBed bed;
    private final MigrationEngine twice = new DefaultEngine(TwiceIT::handlers);

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private static Map<Phase, PhaseHandler> handlers() {
        Map<Phase, PhaseHandler> handlers = PhaseHandlers.all();
        handlers.replaceAll((phase, handler) -> context -> {
            Outcome first = handler.run(context);
            return first instanceof Outcome.Advance ? handler.run(context) : first;
        });
        return handlers;
    }

    @Test
    void cutoverAndRollback_everyPhaseTwice_endTheSame() {
        MigrationResult result =
                bed.migration().engine(twice).cutover().await(TestBed.LIMIT).requireClean();

        assertThat(TestBed.deployment(bed.target, "web").getStatus().getReadyReplicas())
                .isEqualTo(2);
        assertThat(TestBed.annotation(TestBed.claim(bed.target, "data-db-0"), "handed-over-by"))
                .isEqualTo(result.runId());
        assertThat(bed.volumes.starts.values()).allMatch(count -> count.get() == 1);
        bed.assertSourceStopped();

        bed.migration().engine(twice).rollback().await(TestBed.LIMIT).requireClean();

        assertThat(bed.target.settle(TestBed.LIMIT)).isTrue();
        assertThat(bed.target.client().namespaces().withName(TestBed.APP).get()).isNull();
        bed.assertSourceRuns();
    }

    @Test
    void failedCutover_everyPhaseTwice_endsTheSame() {
        bed.volumes.answer(request -> new TransferStatus.Failed(
                TransferStatus.Failed.Kind.PERMANENT, "NoSpaceLeft", "the volume is full", ""));

        MigrationResult result = bed.migration().engine(twice).cutover().await(TestBed.LIMIT);

        assertThat(result.status()).isEqualTo(MigrationResult.Status.FAILED);
        assertThat(bed.volumes.cleaned).containsExactlyInAnyOrder("app/data-db-0", "app/data-db-1");
        bed.assertSourceRuns();
    }
}
