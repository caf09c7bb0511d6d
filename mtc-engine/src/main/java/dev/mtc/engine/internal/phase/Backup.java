package dev.mtc.engine.internal.phase;

import dev.mtc.api.Problem;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Captures the objects of the source, and finds out what is in their way before anything of the source is changed. */
final class Backup {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private Backup() {}

    /** Starts capturing. */
    static final class Start implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            context.work(ObjectWork.class, ObjectWork::new).capture();
            return new Outcome.Advance(List.of(ObjectWork.captureNotStarted(context)));
        }
    }

    /** Waits until everything is captured. */
    static final class Await implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            ObjectWork work = context.work(ObjectWork.class, ObjectWork::new);
            Optional<ObjectWork.Captured> captured = work.capture().result();
            if (captured.isEmpty()) {
                return new Outcome.Wait(LOOK_AGAIN, "objects are being captured", List.of(work.captureLine()));
            }
            context.journal().warnAll(captured.get().warnings());
            captured.get().report().leftOutItems().forEach(context.journal()::item);
            List<Problem> obstacles = captured.get().obstacles();
            List<String> progress = List.of(work.captureLine());
            return obstacles.isEmpty() ? new Outcome.Advance(progress) : new Outcome.Fail(obstacles, progress);
        }
    }
}
