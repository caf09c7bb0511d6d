package dev.mtc.engine.internal.run;

import dev.mtc.api.AwaitEndedException;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.MtcException;
import dev.mtc.api.Phase;
import dev.mtc.api.Problem;
import dev.mtc.api.Progress;
import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.MigMigration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run driven by a thread of this process. */
public final class DrivenRun implements MigrationRun {

    private static final Logger LOG = LoggerFactory.getLogger(DrivenRun.class);

    private final RunContext context;
    private final Driver driver;
    private final RunWatch watch;
    private final RunThreads threads;
    private final ScheduledExecutorService timer;
    private final StoreOutage outage;
    private final CompletableFuture<MigrationResult> result = new CompletableFuture<>();
    private final AtomicBoolean cancelAsked = new AtomicBoolean();
    private @Nullable ScheduledFuture<?> next;

    private DrivenRun(RunContext context, RunThreads threads, Map<Phase, PhaseHandler> handlers, Flags flags) {
        this.context = context;
        this.threads = threads;
        this.watch = new RunWatch(
                context.runId(),
                context.clock(),
                new EventDispatcher(context.request().listeners()),
                context.board());
        this.outage = new StoreOutage(context.runId(), context.clock());
        this.driver = new Driver(context, handlers, flags, watch);
        this.timer = Executors.newSingleThreadScheduledExecutor(threads.factory("driver"));
    }

    /** Starts driving a run that the state knows. */
    public static DrivenRun start(
            RunContext context, RunThreads threads, Map<Phase, PhaseHandler> handlers, Flags flags) {
        DrivenRun run = new DrivenRun(context, threads, handlers, flags);
        run.timer.execute(run::step);
        return run;
    }

    /** Stops driving. The run has not ended: another driver goes on with it, from the phase it is in. */
    public void leave() {
        context.leave();
        timer.shutdownNow();
        context.close();
        threads.close();
        result.completeExceptionally(new CancellationException(
                "Run " + id() + " is not driven by this process any more; it goes on where it is driven next"));
    }

    private void step() {
        if (context.isLeft()) {
            return;
        }
        Optional<Duration> delay;
        try {
            if (cancelAsked.get()) {
                writeCancel();
                cancelAsked.set(false);
            }
            delay = driver.step();
            outage.over();
        } catch (StateStore.Conflict e) {
            // Someone wrote the migration between our read and our write: a cancel, or another driver, which then owns
            // it.
            LOG.debug("Run {} was changed by someone else, reading it again", context.runId(), e);
            outage.over();
            delay = Optional.of(Duration.ofMillis(50));
        } catch (Driver.Left e) {
            LOG.debug("Run {} was left", context.runId(), e);
            return;
        } catch (Driver.TakenOver e) {
            end(Problem.error("run " + id(), "TakenOver", String.valueOf(e.getMessage()), "watch it there"));
            return;
        } catch (MtcException e) {
            delay = outage.pause(e);
            if (delay.isEmpty()) {
                lost(e);
                return;
            }
        } catch (RuntimeException | Error e) {
            if (!context.isLeft()) {
                lost(e);
            }
            return;
        }
        if (delay.isPresent()) {
            schedule(delay.get());
        } else {
            end(null);
        }
    }

    private void schedule(Duration delay) {
        try {
            next = timer.schedule(this::step, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Run {} was left", context.runId(), e);
        }
    }

    private void lost(Throwable e) {
        LOG.debug("Run {} cannot go on", context.runId(), e);
        String message = "its state cannot be read or written: " + e.getMessage();
        end(Problem.error("run " + id(), "StateLost", message, "mend the state store, then resume the run"));
    }

    private void writeCancel() {
        MigMigration migration = context.store()
                .get(MigMigration.class, context.migration().getMetadata().getNamespace(), context.runId())
                .orElseThrow();
        if (Phase.COMPLETED.wireName().equals(migration.getStatus().getPhase())) {
            // It would pass for canceled though it succeeded, and so would not count as the plan's final migration.
            return;
        }
        migration.getSpec().setCanceled(true);
        context.stopWork();
        context.migration(context.store().update(migration));
    }

    private void end(@Nullable Problem broken) {
        if (broken != null) {
            context.journal().error(broken);
        }
        MigrationResult outcome = Results.of(context, watch, broken != null);
        watch.ended(outcome);
        context.close();
        threads.close();
        timer.shutdown();
        result.complete(outcome);
    }

    @Override
    public String id() {
        return context.runId();
    }

    @Override
    public MigrationResult await(Duration limit) {
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AwaitEndedException("Run " + id() + " has not ended after " + limit + ", it is at " + progress()
                    + "; await it again, or cancel it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwaitEndedException("Waiting for run " + id() + " was interrupted at " + progress()
                    + "; the run goes on, await it again or cancel it");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void cancel() {
        if (!result.isDone()) {
            cancelAsked.set(true);
            context.stopWork();
            try {
                timer.execute(this::cancelNow);
            } catch (RejectedExecutionException e) {
                LOG.debug("Run {} had just ended", id(), e);
            }
        }
    }

    /** Steps at once instead of when the phase wanted to look again. */
    private void cancelNow() {
        if (!result.isDone() && cancelAsked.get()) {
            if (next != null) {
                next.cancel(false);
            }
            step();
        }
    }

    @Override
    public Progress progress() {
        return watch.progress();
    }

    @Override
    public boolean isDone() {
        return result.isDone();
    }

    @Override
    public String toString() {
        Progress now = progress();
        return "Run[" + id() + ": " + (isDone() ? "ended" : now.index() + "/" + now.count() + " " + now.phase()) + "]";
    }
}
