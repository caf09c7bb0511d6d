package dev.mtc.engine.internal.run;

import dev.mtc.api.Phase;
import dev.mtc.api.PhaseTime;
import dev.mtc.api.PhaseTime.End;
import dev.mtc.api.model.v1alpha1.PipelineStep;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When each phase was worked on in this process. Called by the driver's thread only. */
final class Timeline {

    private final List<PhaseTime> over = new ArrayList<>();
    private @Nullable String step;
    private @Nullable Phase phase;
    private Instant since = Instant.MIN;
    private End end = End.LEFT;

    /** Notes that a phase is worked on; saying so again changes nothing. */
    void at(String nowStep, Phase nowPhase, Instant now) {
        if (phase != nowPhase) {
            close(now);
            step = nowStep;
            phase = nowPhase;
            since = now;
            end = End.LEFT;
        }
    }

    /** Notes that the phase did what it is for, unless it failed before. */
    void completed() {
        if (end != End.FAILED) {
            end = End.COMPLETED;
        }
    }

    void failed() {
        end = End.FAILED;
    }

    /**
     * Ends it.
     *
     * @param pipeline the run's steps, which know what other processes did before
     */
    List<PhaseTime> end(List<PipelineStep> pipeline, Instant now) {
        close(now);
        List<PhaseTime> all = new ArrayList<>(earlier(pipeline));
        all.addAll(over);
        return all;
    }

    private void close(Instant now) {
        if (phase != null && step != null) {
            over.add(new PhaseTime(step, phase, since, now, end));
        }
        phase = null;
        step = null;
    }

    private List<PhaseTime> earlier(List<PipelineStep> pipeline) {
        if (over.isEmpty()) {
            return List.of();
        }
        Instant first = over.get(0).started();
        List<PhaseTime> earlier = new ArrayList<>();
        for (PipelineStep one : pipeline) {
            String began = one.getStarted();
            // The pipeline has whole seconds: what began in the second of our first phase may well be that.
            if (began != null && Instant.parse(began).isBefore(first.truncatedTo(ChronoUnit.SECONDS))) {
                String completed = one.getCompleted();
                Instant ended = completed == null ? first : Instant.parse(completed);
                End how = one.isFailed() ? End.FAILED : completed == null ? End.LEFT : End.COMPLETED;
                earlier.add(new PhaseTime(
                        one.getName(), null, Instant.parse(began), ended.isAfter(first) ? first : ended, how));
            }
        }
        return earlier;
    }
}
