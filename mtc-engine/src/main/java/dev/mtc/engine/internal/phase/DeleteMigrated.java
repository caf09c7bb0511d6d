package dev.mtc.engine.internal.phase;

import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.companion.CompanionRemoval;
import dev.mtc.engine.internal.move.VolumeReturns;
import dev.mtc.engine.internal.objects.ObjectKey;
import dev.mtc.engine.internal.objects.Removal;
import dev.mtc.engine.internal.objects.RestoreResult;
import dev.mtc.engine.internal.plan.HandOver;
import dev.mtc.engine.internal.run.BackgroundJob;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Deletes from the target what the plan put there, and nothing else. */
final class DeleteMigrated {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private DeleteMigrated() {}

    private static Removal removal(RunContext context) {
        return Removal.of(
                context.server(Side.TARGET),
                context.discovery(Side.TARGET),
                context.planUid(),
                context.plan().namespaces().stream()
                        .map(NamespaceMapping::target)
                        .toList(),
                context.executor());
    }

    private static final class Job {
        private final BackgroundJob<RestoreResult> job;

        private Job(RunContext context) {
            job = BackgroundJob.start(context.executor(), () -> {
                RestoreResult result = removal(context).objects(count -> report(context, "running", count));
                report(context, "done", result.outcomes().size());
                return result;
            });
        }

        private static void report(RunContext context, String state, long count) {
            context.board().update("objects", "deleted", state, count, OptionalLong.empty(), null);
        }
    }

    private static Outcome noted(RestoreResult result, RunContext context) {
        result.outcomes().forEach(context.journal()::item);
        context.journal().warnAll(result.warnings());
        return result.errors().isEmpty() ? Outcome.advance() : new Outcome.Fail(result.errors());
    }

    /** Asks for their deletion. */
    static final class Begin implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            VolumeReturns.protect(context);
            Optional<RestoreResult> result =
                    context.work(Job.class, Job::new).job.result();
            return result.isEmpty()
                    ? Outcome.waitFor(LOOK_AGAIN, "migrated objects are being deleted")
                    : noted(result.get(), context);
        }
    }

    /** Since when namespaces are being deleted. */
    private static final class Going {
        private final Instant since;

        private Going(RunContext context) {
            since = context.clock().instant();
        }
    }

    /** Waits until they are gone, then deletes the namespaces that the plan made. */
    static final class End implements PhaseHandler {
        @Override
        public Outcome run(RunContext context) {
            List<ObjectKey> remaining = removal(context).remaining();
            if (!remaining.isEmpty()) {
                return Outcome.waitFor(
                        LOOK_AGAIN, remaining.size() + " migrated objects are still there, first " + remaining.get(0));
            }
            HandOver.of(context).takeBack();
            CompanionRemoval.Removed companions = CompanionRemoval.run(
                    context.plan(),
                    context.server(Side.TARGET),
                    context.discovery(Side.TARGET),
                    Labels.PLAN + "=" + context.planUid());
            companions.outcomes().forEach(context.journal()::item);
            context.journal().warnAll(companions.warnings());
            Outcome outcome = noted(removal(context).namespaces(), context);
            List<String> going = removal(context).goingNamespaces();
            if (going.isEmpty() || !(outcome instanceof Outcome.Advance)) {
                return outcome;
            }
            Instant since = context.work(Going.class, Going::new).since;
            if (Duration.between(since, context.clock().instant()).compareTo(context.pendingLimit()) < 0) {
                return Outcome.waitFor(LOOK_AGAIN, "namespaces " + going + " are being deleted");
            }
            context.journal()
                    .warn(Problem.warning(
                            "target namespaces " + going,
                            "NamespaceTerminating",
                            "they are empty of the plan's objects, but still being deleted",
                            "look at their status for what holds them"));
            return outcome;
        }
    }
}
