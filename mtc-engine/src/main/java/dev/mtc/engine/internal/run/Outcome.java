package dev.mtc.engine.internal.run;

import dev.mtc.api.Problem;
import java.time.Duration;
import java.util.List;

/** What a phase says is to happen next. */
public sealed interface Outcome {

    /**
     * The phase is done.
     *
     * @param progress lines for the pipeline, empty to keep those that are there
     */
    record Advance(List<String> progress) implements Outcome {
        public Advance {
            progress = List.copyOf(progress);
        }
    }

    /**
     * The phase waits.
     *
     * @param delay when to look again
     * @param reason what it waits for, for people
     * @param progress lines for the pipeline
     */
    record Wait(Duration delay, String reason, List<String> progress) implements Outcome {
        public Wait {
            progress = List.copyOf(progress);
        }
    }

    /**
     * The migration cannot go on.
     *
     * @param problems why, at least one
     * @param progress lines for the pipeline, empty to keep those that are there
     */
    record Fail(List<Problem> problems, List<String> progress) implements Outcome {
        public Fail {
            problems = List.copyOf(problems);
            progress = List.copyOf(progress);
        }

        public Fail(List<Problem> problems) {
            this(problems, List.of());
        }
    }

    /** {@return that the phase is done} */
    static Outcome advance() {
        return new Advance(List.of());
    }

    /** {@return that the phase waits} */
    static Outcome waitFor(Duration delay, String reason) {
        return new Wait(delay, reason, List.of());
    }

    /** {@return that the migration cannot go on} */
    static Outcome fail(Problem... problems) {
        return new Fail(List.of(problems));
    }
}
