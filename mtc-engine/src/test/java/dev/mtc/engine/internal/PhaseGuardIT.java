package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.Phase;
import dev.mtc.api.spi.PhaseGuard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guards that are asked before phases. */
class PhaseGuardIT {

    private final List<Phase> asked = Collections.synchronizedList(new ArrayList<>());
    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private PhaseGuard guard(Consumer<Phase> rule) {
        return new PhaseGuard() {
            @Override
            public String id() {
                return "rule";
            }

            @Override
            public void enter(String runId, Phase phase) {
                asked.add(phase);
                rule.accept(phase);
            }
        };
    }

    @Test
    void guard_thatLetsAllBegin_isAskedOnceForEachPhase() {
        MigrationResult result =
                bed.migration().provider(guard(phase -> {})).cutover().await(TestBed.LIMIT);

        assertThat(result.status()).isNotEqualTo(Status.FAILED);
        assertThat(asked)
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(bed.events.started().stream()
                        .filter(phase -> phase != Phase.COMPLETED)
                        .toList());
    }

    @Test
    void guard_thatRefuses_failsTheRunThereAndIsNotAskedAboutTheCleanUp() {
        MigrationResult result = bed.migration()
                .provider(guard(phase -> {
                    if (asked.contains(Phase.ENSURE_SRC_QUIESCED)) {
                        throw new IllegalStateException("change freeze");
                    }
                }))
                .cutover()
                .await(TestBed.LIMIT);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.errors())
                .singleElement()
                .asString()
                .contains("EnsureSrcQuiesced")
                .contains("change freeze");
        assertThat(asked).endsWith(Phase.ENSURE_SRC_QUIESCED);
        bed.assertSourceRuns();
    }
}
