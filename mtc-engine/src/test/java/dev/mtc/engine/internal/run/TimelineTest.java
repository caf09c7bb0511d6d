package dev.mtc.engine.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Phase;
import dev.mtc.api.PhaseTime;
import dev.mtc.api.PhaseTime.End;
import dev.mtc.api.model.v1alpha1.PipelineStep;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00.250Z");

    private final Timeline timeline = new Timeline();

    @Test
    void end_givesPhasesWithTheirEnds() {
        timeline.at("Prepare", Phase.STARTED, START);
        timeline.at("Prepare", Phase.STARTED, START.plusSeconds(1));
        timeline.completed();
        timeline.at("Backup", Phase.INITIAL_BACKUP_CREATED, START.plusSeconds(2));
        timeline.failed();
        timeline.completed();
        timeline.at("Restore", Phase.FINAL_RESTORE_CREATED, START.plusSeconds(3));

        assertThat(timeline.end(List.of(), START.plusSeconds(5)))
                .containsExactly(
                        new PhaseTime("Prepare", Phase.STARTED, START, START.plusSeconds(2), End.COMPLETED),
                        new PhaseTime(
                                "Backup",
                                Phase.INITIAL_BACKUP_CREATED,
                                START.plusSeconds(2),
                                START.plusSeconds(3),
                                End.FAILED),
                        new PhaseTime(
                                "Restore",
                                Phase.FINAL_RESTORE_CREATED,
                                START.plusSeconds(3),
                                START.plusSeconds(5),
                                End.LEFT));
    }

    @Test
    void end_ofAResumedRun_beginsWithTheStepsOfEarlierProcesses() {
        timeline.at("Restore", Phase.FINAL_RESTORE_CREATED, START);
        timeline.completed();
        PipelineStep failed = step("DirectVolume", "2026-03-01T09:30:00Z", "2026-03-01T09:40:00Z");
        failed.setFailed(true);

        List<PhaseTime> all = timeline.end(
                List.of(
                        step("Prepare", "2026-03-01T09:00:00Z", "2026-03-01T09:01:00Z"),
                        failed,
                        step("Hooks", null, null),
                        step("Backup", "2026-03-01T09:50:00Z", null),
                        step("Restore", "2026-03-01T10:00:00Z", null)),
                START.plusSeconds(1));

        assertThat(all)
                .extracting(PhaseTime::toString)
                .containsExactly(
                        "Prepare 1 min 0 s",
                        "DirectVolume 10 min 0 s FAILED",
                        "Backup 10 min 0 s LEFT",
                        "FinalRestoreCreated 1.000 s");
        assertThat(all).filteredOn(time -> time.phase() == null).hasSize(3);
        assertThat(all.get(2).ended()).isEqualTo(START);
    }

    @Test
    void end_whereNothingWasWorkedOn_isEmpty() {
        assertThat(timeline.end(List.of(step("Prepare", "2026-03-01T09:00:00Z", null)), START))
                .isEmpty();
    }

    private static PipelineStep step(String name, String started, String completed) {
        PipelineStep step = new PipelineStep();
        step.setName(name);
        step.setStarted(started);
        step.setCompleted(completed);
        return step;
    }
}
