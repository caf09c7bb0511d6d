package dev.mtc.api;

import dev.mtc.api.RunRequest.Kind;
import dev.mtc.api.RunRequest.Option;
import dev.mtc.api.RunRequest.RunAs;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan, MTC's MigMigration. Collects options; the last word of the chain starts a run and returns at once. Not
 * thread-safe; one instance may start several runs, one after the other.
 *
 * @since 0.1
 */
public final class Migration {

    private static final Duration USUAL_PENDING_LIMIT = Duration.ofMinutes(5);

    private final Plan plan;
    private final Set<Option> options = EnumSet.noneOf(Option.class);
    private final List<MigrationListener> listeners = new ArrayList<>();
    private final List<Provider> providers = new ArrayList<>();
    private @Nullable StateStore state;
    private @Nullable MigrationEngine engine;
    private @Nullable Executor executor;
    private @Nullable String name;
    private @Nullable Preview expected;
    private @Nullable Kind kind;
    private RunAs runAs = RunAs.UNSAID;
    private Clock clock = Clock.systemUTC();
    private Duration pendingLimit = USUAL_PENDING_LIMIT;
    private FailurePolicy onFailure = FailurePolicy.CLEAN_UP;

    private Migration(Plan plan) {
        this.plan = plan;
    }

    /**
     * {@return a migration of a plan}
     *
     * @param plan the plan
     */
    public static Migration of(Plan plan) {
        return new Migration(Objects.requireNonNull(plan, "plan"));
    }

    /**
     * Stops the source's applications before the last copy of volumes, MTC's {@code quiescePods}. Without it a cut-over
     * copies volumes that may be written to, which the result warns about.
     *
     * @return this
     */
    public Migration quiesce() {
        options.add(Option.QUIESCE);
        return this;
    }

    /**
     * Waits at the end of a cut-over until the target's applications are ready.
     *
     * @return this
     */
    public Migration verify() {
        options.add(Option.VERIFY);
        return this;
    }

    /**
     * Has a cut-over copy volumes once while the applications still run, so that little is left for the copy after they
     * have stopped, as a {@link #stage} right before it would. That first copy may be torn and may fail: what fails becomes
     * a warning, and the last copy goes on from what has arrived. Stages, state migrations and rollbacks ignore it.
     *
     * @return this
     */
    public Migration warm() {
        options.add(Option.WARM);
        return this;
    }

    /**
     * Keeps the state here instead of in memory, so that a run can be resumed.
     *
     * @param store stays open; the caller closes it after the run
     * @return this
     */
    public Migration state(StateStore store) {
        state = Objects.requireNonNull(store, "store");
        return this;
    }

    /**
     * Adds a listener.
     *
     * @param listener called for every event of the run
     * @return this
     */
    public Migration listener(MigrationListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Adds a mover or storage provider that goes before those found by {@link java.util.ServiceLoader}.
     *
     * @param provider the provider
     * @return this
     */
    public Migration provider(Provider provider) {
        providers.add(Objects.requireNonNull(provider, "provider"));
        return this;
    }

    /**
     * Uses this engine instead of the one on the class path.
     *
     * @param engine the engine
     * @return this
     */
    public Migration engine(MigrationEngine engine) {
        this.engine = Objects.requireNonNull(engine, "engine");
        return this;
    }

    /**
     * Runs work here instead of on threads of the run's own.
     *
     * @param executor with at least four threads; never closed by mtc
     * @return this
     */
    public Migration executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Uses this clock instead of the system's.
     *
     * @param clock the clock
     * @return this
     */
    public Migration clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Names the MigMigration instead of {@code PLAN-KIND-TIME}.
     *
     * @param name an RFC 1123 label, unique in the state
     * @return this
     * @throws IllegalArgumentException if it is not a label
     */
    public Migration named(String name) {
        this.name = Names.label("migration name", name);
        return this;
    }

    /**
     * Limits how long pods and claims may stay pending before the run fails; five minutes if nothing is said.
     *
     * @param limit at least a second
     * @return this
     * @throws IllegalArgumentException if it is shorter
     */
    public Migration pendingLimit(Duration limit) {
        if (limit.toSeconds() < 1) {
            throw new IllegalArgumentException("Pending limit " + limit + " is too short; give a second or more");
        }
        pendingLimit = limit;
        return this;
    }

    /**
     * Says what happens after a failure; {@link FailurePolicy#CLEAN_UP} if nothing is said. It is kept with the run, as
     * annotation {@code mtc.dev/on-failure} of its MigMigration: a run that is resumed does what it was started with.
     *
     * @param policy what happens
     * @return this
     */
    public Migration onFailure(FailurePolicy policy) {
        onFailure = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Compares the cut-over with a preview of the same plan: whatever it did otherwise becomes a warning of its result (see
     * {@link Preview#deviations}). Nothing is done differently for it. Stages, state migrations, rollbacks and
     * resumed runs are not compared.
     *
     * @param preview what the cut-over is expected to do
     * @return this
     */
    public Migration expecting(Preview preview) {
        expected = Objects.requireNonNull(preview, "preview");
        return this;
    }

    /**
     * Says what {@link #start} does and {@link #toManifests} writes down; {@link #stage} and the others do what they are
     * called.
     *
     * @param kind what to do
     * @return this
     */
    public Migration kind(Kind kind) {
        this.kind = Objects.requireNonNull(kind, "kind");
        return this;
    }

    /** Takes over what a MigMigration asks for that there is no word for here, as nothing follows from it. */
    Migration also(Set<Option> flags, RunAs user) {
        options.addAll(flags);
        runAs = user;
        return this;
    }

    /**
     * Does what {@link #kind} says, or what the MigMigration says that this was read from.
     *
     * @return the run, already going
     * @throws IllegalStateException if neither is there
     * @throws PlanInvalidException if the plan asks for what the engine cannot do
     */
    public MigrationRun start() {
        return start(said());
    }

    private Kind said() {
        if (kind == null) {
            throw new IllegalStateException("Migration of plan '" + plan.name()
                    + "' does not say what to do; call kind(CUTOVER) or another before");
        }
        return kind;
    }

    /**
     * {@return the plan's manifests and a MigMigration that asks for what {@link #start} does} Without a name it is called
     * {@code PLAN-KIND}. Where the state is kept, executor and clock are matters of this process and left out.
     *
     * @throws IllegalStateException if it is not said what to do
     * @see Manifests#migration(String)
     * @see Manifests#notExpressible()
     */
    public Manifests toManifests() {
        Kind asked = said();
        String called = name == null ? plan.name() + "-" + asked.name().toLowerCase(Locale.ROOT) : name;
        ManifestSheet sheet = PlanSheet.of(plan);
        sheet.add(new MigrationSheet(plan, asked, options, runAs, onFailure).write(called, ManifestObject.NAMESPACE));
        if (!providers.isEmpty() || engine != null) {
            sheet.lost(
                    "providers",
                    "movers, storages and engines are code, which a MigMigration cannot hold",
                    "give them to the controller, or to a migration made from the manifests");
        }
        if (!pendingLimit.equals(USUAL_PENDING_LIMIT)) {
            sheet.lost(
                    "pendingLimit",
                    "a MigMigration does not say how long pods may stay pending",
                    "call pendingLimit(…) of the controller");
        }
        if (!listeners.isEmpty() || expected != null) {
            sheet.silent(
                    "listeners",
                    "a MigMigration tells no listener and is compared with no preview",
                    "watch its status with kubectl");
        }
        return Manifests.of(sheet);
    }

    /**
     * Copies data ahead while the applications keep running; as often as wanted.
     *
     * @return the run, already going
     * @throws PlanInvalidException if the plan asks for what the engine cannot do
     */
    public MigrationRun stage() {
        return start(Kind.STAGE);
    }

    /**
     * Moves the application, MTC's Final itinerary.
     *
     * @return the run, already going
     * @throws PlanInvalidException if the plan asks for what the engine cannot do
     */
    public MigrationRun cutover() {
        return start(Kind.CUTOVER);
    }

    /**
     * Copies the plan's volumes and nothing else, MTC's {@code migrateState}; claims get the names that
     * {@link VolumeChoice.Copy#rename} gives them. With {@link #quiesce} this is the last, strict copy: the source's
     * applications are stopped before and stay so until a {@link #rollback}. Without it data is copied ahead while they
     * keep running, as often as wanted, and may be torn.
     *
     * @return the run, already going
     * @throws PlanInvalidException if the plan asks for what the engine cannot do
     */
    public MigrationRun migrateState() {
        return start(Kind.STATE);
    }

    /**
     * Brings back after a cut-over what the target's applications have written since: the state migration of
     * {@link Plan#reversed}, which sends what differs into the claims that the volumes came from, with the options of this
     * migration. It refuses to write into claims that pods of the source use, and to bring back copies that no application
     * has taken over. With {@link #quiesce} the target's applications are stopped before, and stay so: a {@link #rollback} of
     * this migration then starts those of the source on what came back, and removes the plan's objects from the target.
     * Without it data is brought back ahead while they keep running, as often as wanted. A run of it is resumed by a migration of
     * the reversed plan.
     *
     * @return the run, already going
     * @throws PlanInvalidException if the plan asks for what the engine cannot do
     * @throws IllegalStateException if the plan converts storage classes in place
     */
    public MigrationRun failback() {
        return engine().start(request(plan.reversed(), Kind.STATE, null));
    }

    /**
     * Undoes a cut-over or a state migration: deletes what the plan made on the target and starts the source's applications again.
     *
     * @return the run, already going
     * @throws PlanInvalidException if the plan asks for what the engine cannot do
     */
    public MigrationRun rollback() {
        return start(Kind.ROLLBACK);
    }

    /**
     * Goes on with a run whose process ended, from the phase it was in.
     *
     * @param runId its id
     * @return the run, already going, or ended if it had ended
     * @throws IllegalArgumentException if the state knows no such run
     */
    public MigrationRun resume(String runId) {
        return engine().resume(request(plan, Kind.CUTOVER, null), Objects.requireNonNull(runId, "runId"));
    }

    private MigrationEngine engine() {
        return engine == null ? MigrationEngine.find() : engine;
    }

    private MigrationRun start(Kind asked) {
        return engine().start(request(plan, asked, asked == Kind.CUTOVER ? expected : null));
    }

    private RunRequest request(Plan what, Kind asked, @Nullable Preview preview) {
        if (state == null) {
            state = StateStore.memory();
        }
        return new RunRequest(
                what,
                asked,
                options,
                runAs,
                name,
                state,
                listeners,
                providers,
                executor,
                clock,
                pendingLimit,
                onFailure,
                preview);
    }

    @Override
    public String toString() {
        return "Migration[" + plan.name() + ": " + plan.from().name() + " -> "
                + plan.to().name() + (kind == null ? "" : ", " + kind) + (options.isEmpty() ? "" : ", " + options)
                + "]";
    }
}
