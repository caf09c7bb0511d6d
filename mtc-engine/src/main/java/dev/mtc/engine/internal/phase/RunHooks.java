package dev.mtc.engine.internal.phase;

import dev.mtc.api.Hook;
import dev.mtc.api.HookContext;
import dev.mtc.api.HookPoint;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Plan;
import dev.mtc.api.PlannedHook;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.hook.HookRun;
import dev.mtc.engine.internal.run.BackgroundJob;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Runs the plan's hook of one point, in this process or as a Job. */
final class RunHooks implements PhaseHandler {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** How long a hook in this process may take. A Job has its own deadline. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final HookPoint point;

    RunHooks(HookPoint point) {
        this.point = point;
    }

    private record Call(BackgroundJob<Instant> job, Instant begun) {}

    /** The hooks of a run that have begun. */
    private static final class Hooks {
        private final Map<HookPoint, Call> calls = new EnumMap<>(HookPoint.class);
        private final Map<HookPoint, HookRun> jobs = new EnumMap<>(HookPoint.class);

        private Hooks(RunContext context) {}

        private synchronized void stop() {
            calls.values().forEach(call -> call.job().cancel());
        }

        private synchronized Call call(HookPoint point, Hook.Call hook, RunContext context) {
            return calls.computeIfAbsent(
                    point,
                    p -> new Call(
                            BackgroundJob.start(context.executor(), () -> {
                                hook.action().accept(new Access(context));
                                return context.clock().instant();
                            }),
                            context.clock().instant()));
        }

        private synchronized HookRun job(HookPoint point, Hook.Job hook, RunContext context) {
            return jobs.computeIfAbsent(point, p -> new HookRun(context, p, hook));
        }
    }

    /** Interrupts the hook that runs in this process, if one does. */
    static void stop(RunContext context) {
        context.work(Hooks.class, Hooks::new).stop();
    }

    private record Access(RunContext context) implements HookContext {
        @Override
        public Plan plan() {
            return context.plan();
        }

        @Override
        public String runId() {
            return context.runId();
        }

        @Override
        public KubernetesClient client(Side side) {
            return context.server(side).client();
        }
    }

    @Override
    public Outcome run(RunContext context) {
        Hooks hooks = context.work(Hooks.class, Hooks::new);
        for (PlannedHook planned : context.plan().hooks()) {
            if (planned.point() == point) {
                // A plan has one hook for each point.
                return planned.hook() instanceof Hook.Job job
                        ? hooks.job(point, job, context).look()
                        : called(hooks.call(point, (Hook.Call) planned.hook(), context), context);
            }
        }
        return Outcome.advance();
    }

    private Outcome called(Call call, RunContext context) {
        Instant now = context.clock().instant();
        try {
            return call.job()
                    .result()
                    .map(ended -> {
                        long seconds = Duration.between(call.begun(), ended).toSeconds();
                        note(context, ItemOutcome.Action.RAN, "it returned after " + seconds + " s");
                        return Outcome.advance();
                    })
                    .orElseGet(() -> now.isBefore(call.begun().plus(LIMIT))
                            ? Outcome.waitFor(LOOK_AGAIN, "the " + point.wireName() + " hook runs")
                            : failed(context, "the hook has not returned after " + LIMIT.toMinutes() + " min"));
        } catch (RuntimeException e) {
            return failed(context, "the hook threw " + e);
        }
    }

    private Outcome failed(RunContext context, String why) {
        note(context, ItemOutcome.Action.FAILED, why);
        return Outcome.fail(Problem.error(
                "hooks[" + point.wireName() + "]",
                point.wireName() + "HooksFailed",
                why,
                "mend what the hook found, then run the migration again"));
    }

    private void note(RunContext context, ItemOutcome.Action action, String how) {
        context.journal().item(new ItemOutcome("hook", point.wireName(), action, 0, 0, how, null));
    }
}
