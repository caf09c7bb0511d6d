package dev.mtc.transfer.internal.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodStateTest {

    private static Pod pod(@Nullable String deleted, String phase, String container) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("mtc-recv-1")
                .withDeletionTimestamp(deleted)
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .addNewContainerStatus()
                .withNewState()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
        ContainerState state = pod.getStatus().getContainerStatuses().get(0).getState();
        switch (container) {
            case "waiting" -> state.setWaiting(new ContainerStateWaiting());
            case "running" -> state.setRunning(new ContainerStateRunning());
            default -> state.setTerminated(new ContainerStateTerminated());
        }
        return pod;
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, Succeeded, terminated, 0, true",
        "2026-01-01T00:00:00Z, Failed, terminated, 0, true",
        "2026-01-01T00:00:00Z, Running, running, 0, false",
        "2026-01-01T00:00:00Z, Running, running, 60, false",
        "2026-01-01T00:00:00Z, Pending, waiting, 0, false",
        "2026-01-01T00:00:00Z, Pending, waiting, 2, false",
        "2026-01-01T00:00:00Z, Pending, waiting, 3, true",
        ", Succeeded, terminated, 60, false",
        ", Pending, waiting, 60, false",
    })
    void lingers_onlyIfDeletedAndNothingRuns(
            @Nullable String deleted, String phase, String container, int secondsLater, boolean lingers) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(secondsLater);
        assertThat(PodState.lingers(pod(deleted, phase, container), now)).isEqualTo(lingers);
    }

    @ParameterizedTest
    @CsvSource({
        "true, False, RUNNING",
        "false, False, STARTING",
        "false, True, STARTING",
        ", False, STARTING",
        ", True, RUNNING",
    })
    void of_running_asSoonAsItIsToldToHaveStarted(@Nullable Boolean started, String ready, PodState state) {
        Pod pod = new PodBuilder(pod(null, "Running", "running"))
                .editStatus()
                .editFirstContainerStatus()
                .withStarted(started)
                .endContainerStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .endCondition()
                .endStatus()
                .build();

        assertThat(PodState.of(pod)).isEqualTo(state);
    }
}
