package dev.mtc.engine.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mtc.api.FailurePolicy;
import dev.mtc.api.MtcException;
import dev.mtc.api.Phase;
import dev.mtc.api.PlanInvalidException;
import dev.mtc.api.Problem;
import dev.mtc.api.Remedy;
import dev.mtc.api.Side;
import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigMigrationStatus;
import dev.mtc.api.model.v1alpha1.ObservedDigest;
import dev.mtc.engine.internal.condition.ProblemConditions;
import dev.mtc.engine.internal.itinerary.Flag;
import dev.mtc.engine.internal.itinerary.Itineraries;
import dev.mtc.engine.internal.itinerary.Itinerary;
import dev.mtc.engine.internal.itinerary.Leg;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks one run through its itinerary: reads the state, runs the handler of the phase, writes what came of it, and says
 * when to come back. It alone writes the migration's status. Not thread-safe; one thread calls {@link #step}.
 */
public final class Driver {

    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** On a MigMigration: it has begun to stop the source's applications. */
    private static final String QUIESCE_BEGUN = "work.mtc.dev/quiesce-begun";

    private static final Duration RETRY_DELAY = Duration.ofSeconds(2);
    private static final int MAX_RETRIES = 5;

    private final RunContext context;
    private final Map<Phase, PhaseHandler> handlers;
    private final Flags flags;
    private final RunWatch watch;
    private int retries;
    private Instant phaseEntered;
    private @Nullable Leg allowed;

    /** What the store did not take; it is written before anything else is done. */
    private @Nullable MigMigration unsaved;

    Driver(RunContext context, Map<Phase, PhaseHandler> handlers, Flags flags, RunWatch watch) {
        this.context = context;
        this.handlers = handlers;
        this.flags = flags;
        this.watch = watch;
        this.phaseEntered = context.clock().instant();
    }

    /**
     * Does the next thing. When the store fails, what was to be written is kept for the next step.
     *
     * @return when to come back, empty if the run has ended
     */
    Optional<Duration> step() {
        if (unsaved != null) {
            save(unsaved);
        }
        MigMigration migration = context.store()
                .get(MigMigration.class, context.migration().getMetadata().getNamespace(), context.runId())
                .orElseThrow(() -> new IllegalStateException("Run " + context.runId() + " is gone from the state"));
        if (!context.driverId().equals(migration.getMetadata().getAnnotations().get(RunContext.DRIVER))) {
            throw new TakenOver("Run " + context.runId() + " was taken over by another process, which goes on with it");
        }
        context.migration(migration);
        JsonNode before = JSON.valueToTree(migration);
        MigMigrationStatus status = migration.getStatus();
        if (Phase.COMPLETED.wireName().equals(status.getPhase())) {
            return Optional.empty();
        }
        Conditions conditions = Conditions.of(status, context.clock());
        Itinerary itinerary = Itineraries.of(kind(migration, conditions));
        Pipeline pipeline = new Pipeline(status.getPipeline());
        if (!itinerary.kind().wireName().equals(status.getItinerary())) {
            enter(itinerary, migration, pipeline);
        }
        Phase phase = Phase.ofWireName(status.getPhase() == null ? "" : status.getPhase());
        Leg leg = itinerary.leg(phase).orElseGet(itinerary::first);
        Position position = new Position(itinerary, leg);
        watch.at(leg);
        Outcome outcome = run(position);
        if (context.isLeft()) {
            throw new Left();
        }
        Duration delay = record(outcome, position, migration, conditions, pipeline);
        if (!JSON.valueToTree(migration).equals(before)) {
            save(migration);
        }
        return Optional.of(delay);
    }

    /** This process has nothing more to do with the run; what a phase did last may be due to that. */
    static final class Left extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Another driver goes on with the run. */
    static final class TakenOver extends RuntimeException {
        private static final long serialVersionUID = 1;

        TakenOver(String message) {
            super(message);
        }
    }

    private record Position(Itinerary itinerary, Leg leg) {
        int index() {
            return itinerary.indexOf(leg.phase());
        }

        boolean isCleanup() {
            return itinerary.kind() == Itinerary.Kind.CANCEL || itinerary.kind() == Itinerary.Kind.FAILED;
        }

        /** {@return whether this is the phase of a clean-up without which the application is down} */
        boolean mattersMost() {
            return isCleanup() && leg.phase() == Phase.UNQUIESCE_SRC_APPLICATIONS;
        }
    }

    private static Itinerary.Kind kind(MigMigration migration, Conditions conditions) {
        if (conditions.has("Failed")) {
            return Itinerary.Kind.FAILED;
        } else if (migration.getSpec().isCanceled() || conditions.hasAny("Canceling", "Canceled")) {
            return Itinerary.Kind.CANCEL;
        } else if (migration.getSpec().isRollback()) {
            return Itinerary.Kind.ROLLBACK;
        }
        boolean copiesOnly =
                migration.getSpec().isStage() || migration.getSpec().isMigrateState();
        return copiesOnly ? Itinerary.Kind.STAGE : Itinerary.Kind.FINAL;
    }

    private void enter(Itinerary itinerary, MigMigration migration, Pipeline pipeline) {
        MigMigrationStatus status = migration.getStatus();
        status.setItinerary(itinerary.kind().wireName());
        status.setPhase(itinerary.first().phase().wireName());
        status.setObservedDigest(ObservedDigest.of(migration.getSpec()));
        if (status.getStartTimestamp() == null) {
            status.setStartTimestamp(now());
        }
        if (itinerary.kind() == Itinerary.Kind.CANCEL || itinerary.kind() == Itinerary.Kind.FAILED) {
            context.stopWork();
        }
        pipeline.enter(itinerary.steps(currentFlags(pipeline)));
        entered(itinerary, itinerary.first());
    }

    private Set<Flag> currentFlags(Pipeline pipeline) {
        Set<Flag> now = EnumSet.noneOf(Flag.class);
        try {
            now.addAll(flags.of(context));
        } catch (RuntimeException e) {
            // The phase that needs what cannot be read will say so itself, as an error or by trying again.
            LOG.debug("Flags of run {} are not known yet", context.runId(), e);
        }
        if (hasBegunToQuiesce(context.migration())) {
            now.add(Flag.QUIESCE_BEGUN);
        }
        if (pipeline.hasStarted("Restore")) {
            now.add(Flag.RESTORE_BEGUN);
        }
        FailurePolicy onFailure = Wishes.onFailure(context.migration());
        if (onFailure != FailurePolicy.KEEP) {
            now.add(Flag.CLEAN_UP);
        }
        if (onFailure == FailurePolicy.ROLL_BACK) {
            now.add(Flag.ROLL_BACK);
        }
        return now;
    }

    private static boolean hasBegunToQuiesce(MigMigration migration) {
        return migration.getMetadata().getAnnotations().containsKey(QUIESCE_BEGUN);
    }

    /** Keeps that the run may have stopped applications from here on, whatever itinerary it goes on with. */
    private static void beginToQuiesce(MigMigration migration) {
        Map<String, String> annotations = new HashMap<>(migration.getMetadata().getAnnotations());
        annotations.put(QUIESCE_BEGUN, "true");
        migration.getMetadata().setAnnotations(annotations);
    }

    private void entered(Itinerary itinerary, Leg leg) {
        retries = 0;
        phaseEntered = context.clock().instant();
        watch.phaseStarted(itinerary, leg);
    }

    private Outcome run(Position at) {
        Leg leg = at.leg();
        PhaseHandler handler = handlers.get(leg.phase());
        if (handler == null) {
            throw new IllegalStateException("Phase " + leg.phase() + " has no handler");
        }
        try {
            if (at.isCleanup()) {
                context.cleaningUp();
            }
            if (at.mattersMost()) {
                context.server(Side.SOURCE).tryAnew();
            }
            ask(at);
            Outcome outcome = handler.run(context);
            retries = 0;
            return outcome instanceof Outcome.Wait wait ? bounded(wait, leg) : outcome;
        } catch (MtcException e) {
            boolean isHopeless = context.hasGivenUp() && !at.mattersMost();
            if (e.remedy() == Remedy.RETRY && !isHopeless && ++retries <= MAX_RETRIES) {
                LOG.debug("Phase {} of run {} is tried again", leg.phase(), context.runId(), e);
                return Outcome.waitFor(
                        RETRY_DELAY, "trying again (" + retries + " of " + MAX_RETRIES + "): " + e.getMessage());
            }
            return failure(leg, e);
        } catch (StateStore.Conflict e) {
            // Another driver wrote at the same moment; the next step finds out which of the two goes on.
            throw e;
        } catch (RuntimeException | Error e) {
            // An error of a mover or hook must not keep the source from being started again.
            LOG.debug("Phase {} of run {} failed", leg.phase(), context.runId(), e);
            return failure(leg, e);
        }
    }

    /** Guards are asked once before a phase begins, and never whether a source may be started again. */
    private void ask(Position at) {
        if (!at.isCleanup() && !at.leg().equals(allowed)) {
            context.providers().guard(context.runId(), at.leg().phase());
            allowed = at.leg();
        }
    }

    private Outcome bounded(Outcome.Wait wait, Leg leg) {
        Duration waited = Duration.between(phaseEntered, context.clock().instant());
        if (waited.compareTo(leg.limit()) <= 0) {
            return wait;
        }
        return Outcome.fail(Problem.error(
                "phase " + leg.phase(),
                "DeadlineExceeded",
                "after " + waited.toSeconds() + " s it still waits: " + wait.reason(),
                "remove the cause and run the migration again"));
    }

    private static Outcome failure(Leg leg, Throwable e) {
        if (e instanceof PlanInvalidException invalid) {
            return new Outcome.Fail(invalid.problems());
        }
        String message = e instanceof MtcException ? e.getMessage() : e.toString();
        return Outcome.fail(Problem.error("phase " + leg.phase(), "Failed", String.valueOf(message), Advice.of(e)));
    }

    private Duration record(
            Outcome outcome, Position at, MigMigration migration, Conditions conditions, Pipeline pipeline) {
        context.outage().keep(migration);
        List<Problem> newWarnings = context.journal().drainNewWarnings();
        newWarnings.forEach(watch::warned);
        if (!newWarnings.isEmpty()) {
            keepWarnings(conditions);
        }
        if (!context.journal().unhealthy().isEmpty()) {
            migration.getStatus().setNamespaces(context.journal().unhealthy());
        }
        if (outcome instanceof Outcome.Wait wait) {
            pipeline.run(at.leg().step(), at.leg().phase(), wait.progress(), now());
            running(at, conditions);
            watch.phaseWaiting(at.itinerary(), at.leg(), wait);
            return wait.delay();
        }
        if (outcome instanceof Outcome.Fail fail) {
            fail.problems().forEach(problem -> failed(problem, migration));
            watch.phaseFailed();
            if (!at.isCleanup()) {
                pipeline.run(at.leg().step(), at.leg().phase(), fail.progress(), now());
                pipeline.fail(at.leg().step());
                conditions.set(Condition.of(Category.ADVISORY, "Failed")
                        .reason(at.leg().phase().toString())
                        .message("The migration has failed.  See: Errors.")
                        .durable());
                return Duration.ZERO;
            }
        }
        List<String> progress = outcome instanceof Outcome.Advance done ? done.progress() : List.of();
        pipeline.run(at.leg().step(), at.leg().phase(), progress, now());
        advance(at, migration, conditions, pipeline);
        return Duration.ZERO;
    }

    /** Keeps warnings at once, so that they outlive this process. */
    private void keepWarnings(Conditions conditions) {
        ProblemConditions.withDurableWarnings(context.journal().warnings()).forEach(conditions::set);
    }

    private void failed(Problem problem, MigMigration migration) {
        context.journal().error(problem);
        List<String> errors = migration.getStatus().getErrors();
        if (!errors.contains(problem.toString())) {
            errors.add(problem.toString());
        }
    }

    private void advance(Position at, MigMigration migration, Conditions conditions, Pipeline pipeline) {
        watch.phaseCompleted(
                at.leg(), Duration.between(phaseEntered, context.clock().instant()));
        if (at.leg().phase() == Phase.CANCELING) {
            conditions.set(Condition.of(Category.ADVISORY, "Canceling")
                    .reason("Cancel")
                    .message("The migration is being canceled.")
                    .durable());
        } else if (at.leg().phase() == Phase.CANCELED) {
            conditions.delete("Canceling");
            conditions.set(Condition.of(Category.ADVISORY, "Canceled")
                    .reason("Cancel")
                    .message("The migration has been canceled.")
                    .durable());
        }
        Optional<Leg> next = at.itinerary().after(at.leg().phase(), currentFlags(pipeline));
        if (next.isEmpty()) {
            migration.getStatus().setPhase(Phase.COMPLETED.wireName());
            return;
        }
        Leg leg = next.get();
        migration.getStatus().setPhase(leg.phase().wireName());
        if (leg.phase() == Phase.QUIESCE_SOURCE_APPLICATIONS) {
            beginToQuiesce(migration);
        }
        if (leg.phase() == Phase.COMPLETED) {
            completed(conditions, pipeline);
        } else {
            pipeline.run(leg.step(), leg.phase(), List.of(), now());
            running(new Position(at.itinerary(), leg), conditions);
        }
        entered(at.itinerary(), leg);
        if (leg.phase() == Phase.COMPLETED) {
            watch.phaseCompleted(leg, Duration.ZERO);
        }
    }

    private static void running(Position at, Conditions conditions) {
        conditions.set(Condition.of(Category.ADVISORY, "Running")
                .reason(at.leg().phase().toString())
                .message("Step: " + at.index() + "/" + at.itinerary().legs().size()));
        conditions.ready("The migration is ready.");
    }

    private void completed(Conditions conditions, Pipeline pipeline) {
        pipeline.run("Cleanup", Phase.COMPLETED, List.of(), now());
        pipeline.complete(now());
        conditions.delete("Running");
        conditions.notReady();
        Expectation.compare(context, !conditions.hasAny("Failed", "Canceled"));
        context.journal().drainNewWarnings().forEach(watch::warned);
        keepWarnings(conditions);
        if (!conditions.has("Failed")) {
            boolean warned = conditions.hasCategory(Category.WARN);
            conditions.set(Condition.of(Category.ADVISORY, warned ? "SucceededWithWarnings" : "Succeeded")
                    .reason("Completed")
                    .message(
                            warned
                                    ? "The migration has completed with warnings, please look at `Warn` conditions."
                                    : "The migration has completed successfully.")
                    .durable());
        }
    }

    private void save(MigMigration migration) {
        unsaved = migration;
        try {
            MigMigration written = context.store().update(migration);
            unsaved = null;
            context.migration(written);
            context.recorded(written);
        } catch (StateStore.Conflict e) {
            // What another one wrote is to be read first.
            unsaved = null;
            throw e;
        }
    }

    private String now() {
        return context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
