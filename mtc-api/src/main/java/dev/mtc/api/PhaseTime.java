package dev.mtc.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a phase of a run was worked on.
 *
 * @param step its pipeline step, for example {@code StageBackup}
 * @param phase the phase; null where another process drove the run then and only the step is known, to the second
 * @param started when it began
 * @param ended when it ended
 * @param end how it ended
 * @since 0.1
 */
public record PhaseTime(String step, @Nullable Phase phase, Instant started, Instant ended, End end) {

    /** How a phase ended. */
    public enum End {
        /** It did what it is for. */
        COMPLETED,
        /** It failed; the result's errors say why. */
        FAILED,
        /** It was left before its end, because the run was canceled, went wrong or ended. */
        LEFT
    }

    public PhaseTime {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(end, "end");
    }

    /** {@return how long it took} */
    public Duration took() {
        return Duration.between(started, ended);
    }

    /** {@return the phase's name, or the step's where the phase is not known} */
    public String name() {
        return phase == null ? step : phase.toString();
    }

    @Override
    public String toString() {
        return name() + " " + Counts.seconds(took()) + (end == End.COMPLETED ? "" : " " + end);
    }
}
