package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodStateTest {

    private static Pod pod(@Nullable String deleted, String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("mtc-recv-1")
                .withDeletionTimestamp(deleted)
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, Succeeded, true",
        "2026-01-01T00:00:00Z, Failed, true",
        "2026-01-01T00:00:00Z, Running, false",
        "2026-01-01T00:00:00Z, Pending, false",
        ", Succeeded, false",
    })
    void lingers_onlyIfDeletedAndEnded(@Nullable String deleted, String phase, boolean lingers) {
        assertThat(PodState.lingers(pod(deleted, phase))).isEqualTo(lingers);
    }
}
