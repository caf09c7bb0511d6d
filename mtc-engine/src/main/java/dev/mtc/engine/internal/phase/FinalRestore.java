package dev.mtc.engine.internal.phase;

import dev.mtc.api.Problem;
import dev.mtc.engine.internal.objects.RestoreResult;
import dev.mtc.engine.internal.objects.TargetNamespaces;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Applies the captured objects on the target. */
final class FinalRestore {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private FinalRestore() {}

    /** Makes the namespaces, and starts applying once pods can be made in them. */
    static final class Start implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            ObjectWork work = context.work(ObjectWork.class, ObjectWork::new);
            Optional<ObjectWork.Captured> captured = work.capture().result();
            if (captured.isEmpty()) {
                return Outcome.waitFor(LOOK_AGAIN, "objects are being captured again");
            }
            context.journal().warnAll(captured.get().warnings());
            List<Problem> obstacles = captured.get().obstacles();
            if (!obstacles.isEmpty()) {
                return new Outcome.Fail(obstacles);
            }
            TargetNamespaces.Ensured namespaces =
                    work.over(captured.get().archive()).ensureNamespaces();
            namespaces.outcomes().forEach(context.journal()::item);
            context.journal().warnAll(namespaces.warnings());
            if (!namespaces.unready().isEmpty()) {
                return Outcome.waitFor(
                        LOOK_AGAIN, "the default ServiceAccount of target namespaces " + namespaces.unready());
            }
            work.restore(captured.get().archive());
            return new Outcome.Advance(List.of(ObjectWork.restoreNotStarted(context)));
        }
    }

    /** Waits until everything is applied. */
    static final class Await implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            ObjectWork work = context.work(ObjectWork.class, ObjectWork::new);
            Optional<ObjectWork.Captured> captured = work.capture().result();
            if (captured.isEmpty()) {
                return Outcome.waitFor(LOOK_AGAIN, "objects are being captured again");
            }
            Optional<RestoreResult> restored =
                    work.restore(captured.get().archive()).result();
            if (restored.isEmpty()) {
                return new Outcome.Wait(LOOK_AGAIN, "objects are being applied", List.of(work.restoreLine()));
            }
            RestoreResult result = restored.get();
            result.outcomes().forEach(context.journal()::item);
            context.journal().warnAll(result.warnings());
            return result.errors().isEmpty()
                    ? new Outcome.Advance(List.of(work.restoreLine()))
                    : new Outcome.Fail(result.errors(), List.of(work.failedRestoreLine()));
        }
    }
}
