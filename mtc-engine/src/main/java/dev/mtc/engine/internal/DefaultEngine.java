package dev.mtc.engine.internal;

import dev.mtc.api.CheckReport;
import dev.mtc.api.Cluster;
import dev.mtc.api.FailurePolicy;
import dev.mtc.api.MigrationEngine;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.Problem;
import dev.mtc.api.RunRequest;
import dev.mtc.api.RunRequest.Kind;
import dev.mtc.api.RunRequest.Option;
import dev.mtc.api.StateStore;
import dev.mtc.api.Storage;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.engine.internal.phase.EngineFlags;
import dev.mtc.engine.internal.phase.ObjectWork;
import dev.mtc.engine.internal.phase.PhaseHandlers;
import dev.mtc.engine.internal.plan.ClusterCheck;
import dev.mtc.engine.internal.plan.PlanCheck;
import dev.mtc.engine.internal.plan.StorageCheck;
import dev.mtc.engine.internal.plan.Supported;
import dev.mtc.engine.internal.run.DrivenRun;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.Providers;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.run.RunThreads;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** The engine that {@link java.util.ServiceLoader} finds. Stateless; every run has its own threads and connections. */
public final class DefaultEngine implements MigrationEngine {

    /** MTC's namespace; resources of embedded runs carry it too. */
    static final String NAMESPACE = "openshift-migration";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Supplier<Map<Phase, PhaseHandler>> handlers;

    /** Called by {@link java.util.ServiceLoader}. */
    public DefaultEngine() {
        this(PhaseHandlers::all);
    }

    /** Makes an engine that does phases in another way. */
    DefaultEngine(Supplier<Map<Phase, PhaseHandler>> handlers) {
        this.handlers = handlers;
    }

    @Override
    public String id() {
        return "mtc";
    }

    @Override
    public CheckReport check(Cluster cluster) {
        return ClusterCheck.of(cluster);
    }

    @Override
    public CheckReport check(Storage storage) {
        return StorageCheck.of(storage, Providers.of(List.of()));
    }

    @Override
    public CheckReport check(Plan plan) {
        return looking(plan, context -> {
            List<Problem> problems = new ArrayList<>(PlanCheck.problems(context));
            String summary = "";
            if (problems.stream().noneMatch(Problem::blocks)) {
                problems.addAll(PlanCheck.registries(context));
                try (ObjectWork objects = new ObjectWork(context)) {
                    problems.addAll(objects.conflicts());
                }
                summary = PlanCheck.summary(context);
            }
            return new CheckReport("Plan " + plan.name(), summary, problems);
        });
    }

    @Override
    public Preview preview(Plan plan) {
        Supported.require(plan);
        return looking(plan, context -> Previews.of(context));
    }

    /** Runs something that only looks, with a context like that of a run. */
    private static <T> T looking(Plan plan, Function<RunContext, T> look) {
        String name = plan.name() + "-look";
        MigMigration none = new MigMigration();
        none.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withUid(UUID.randomUUID().toString())
                .build());
        try (RunThreads threads = new RunThreads(name, null);
                StateStore state = StateStore.memory();
                RunContext context = new RunContext(looking(plan, state), none, threads.executor())) {
            return look.apply(context);
        }
    }

    private static RunRequest looking(Plan plan, StateStore state) {
        return new RunRequest(
                plan,
                Kind.CUTOVER,
                Set.of(),
                null,
                state,
                List.of(),
                List.of(),
                null,
                Clock.systemUTC(),
                Duration.ofMinutes(5),
                FailurePolicy.KEEP);
    }

    @Override
    public MigrationRun start(RunRequest request) {
        Supported.require(request.plan());
        MigMigration migration = new MigMigration();
        migration.setMetadata(new ObjectMetaBuilder()
                .withName(name(request))
                .withNamespace(NAMESPACE)
                .withLabels(Map.of(
                        "migration.openshift.io/migplan-name", request.plan().name()))
                .build());
        migration
                .getSpec()
                .setMigPlanRef(new ObjectReferenceBuilder()
                        .withNamespace(NAMESPACE)
                        .withName(request.plan().name())
                        .build());
        migration.getSpec().setStage(request.kind() == Kind.STAGE);
        migration.getSpec().setRollback(request.kind() == Kind.ROLLBACK);
        migration.getSpec().setQuiescePods(request.options().contains(Option.QUIESCE));
        migration.getSpec().setVerify(request.options().contains(Option.VERIFY));
        return drive(request, request.state().create(migration));
    }

    private static String name(RunRequest request) {
        if (request.name() != null) {
            return request.name();
        }
        Instant now = request.clock().instant();
        String kind = request.kind().name().toLowerCase(java.util.Locale.ROOT);
        String unique = UUID.randomUUID().toString().substring(0, 4);
        String plan = request.plan().name();
        String shortPlan = plan.substring(0, Math.min(32, plan.length())).replaceAll("-+$", "");
        return shortPlan + "-" + kind + "-" + STAMP.format(now) + "-" + unique;
    }

    @Override
    public MigrationRun resume(RunRequest request, String runId) {
        MigMigration migration = request.state()
                .get(MigMigration.class, NAMESPACE, runId)
                .orElseThrow(() -> new IllegalArgumentException("The state has no run '" + runId + "'; it has "
                        + request.state().list(MigMigration.class).stream()
                                .map(known -> known.getMetadata().getName())
                                .toList()));
        String planName = String.valueOf(migration.getSpec().getMigPlanRef().getName());
        if (!planName.equals(request.plan().name())) {
            throw new IllegalArgumentException("Run '" + runId + "' belongs to plan '" + planName + "', not to '"
                    + request.plan().name() + "'; resume it with its own plan");
        }
        return drive(request, migration);
    }

    private MigrationRun drive(RunRequest request, MigMigration migration) {
        RunThreads threads = new RunThreads(migration.getMetadata().getName(), request.executor());
        RunContext context = new RunContext(request, migration, threads.executor());
        context.takeOver();
        return DrivenRun.start(context, threads, handlers.get(), new EngineFlags());
    }

    @Override
    public String toString() {
        return "MigrationEngine[mtc]";
    }
}
