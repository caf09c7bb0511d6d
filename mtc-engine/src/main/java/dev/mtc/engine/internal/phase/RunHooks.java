package dev.mtc.engine.internal.phase;

import dev.mtc.api.Hook;
import dev.mtc.api.HookContext;
import dev.mtc.api.HookPoint;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.run.BackgroundJob;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.RunContext;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Runs the plan's hook of one point. */
final class RunHooks implements PhaseHandler {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final HookPoint point;

    RunHooks(HookPoint point) {
        this.point = point;
    }

    private static final class Calls {
        private final Map<HookPoint, BackgroundJob<Boolean>> jobs = new EnumMap<>(HookPoint.class);

        private Calls(RunContext context) {}

        private synchronized void stop() {
            jobs.values().forEach(BackgroundJob::cancel);
        }

        private synchronized BackgroundJob<Boolean> job(HookPoint point, RunContext context) {
            return jobs.computeIfAbsent(
                    point,
                    p -> BackgroundJob.start(context.executor(), () -> {
                        context.plan().hooks().stream()
                                .filter(planned -> planned.point() == p)
                                .forEach(planned -> call(planned.hook(), context));
                        return true;
                    }));
        }
    }

    /** Interrupts the hook that runs, if one does. */
    static void stop(RunContext context) {
        context.work(Calls.class, Calls::new).stop();
    }

    private static void call(Hook hook, RunContext context) {
        if (hook instanceof Hook.Call call) {
            call.action().accept(new Access(context));
        }
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
        BackgroundJob<Boolean> job = context.work(Calls.class, Calls::new).job(point, context);
        try {
            return job.result().isPresent()
                    ? Outcome.advance()
                    : Outcome.waitFor(LOOK_AGAIN, "the " + point.wireName() + " hook runs");
        } catch (RuntimeException e) {
            return Outcome.fail(Problem.error(
                    "hooks[" + point.wireName() + "]",
                    point.wireName() + "HooksFailed",
                    "the hook threw " + e,
                    "mend what the hook found, then run the migration again"));
        }
    }
}
