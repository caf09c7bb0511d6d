package dev.mtc.engine.internal;

import dev.mtc.api.Backup;
import dev.mtc.api.CheckReport;
import dev.mtc.api.Cluster;
import dev.mtc.api.ControllerRequest;
import dev.mtc.api.MigrationEngine;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.RequiredRoles;
import dev.mtc.api.RunRequest;
import dev.mtc.api.RunningController;
import dev.mtc.api.StateStore;
import dev.mtc.api.Storage;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import dev.mtc.engine.internal.access.PlanRoles;
import dev.mtc.engine.internal.controller.ElectedController;
import dev.mtc.engine.internal.phase.EngineFlags;
import dev.mtc.engine.internal.phase.PhaseHandlers;
import dev.mtc.engine.internal.plan.ClusterCheck;
import dev.mtc.engine.internal.plan.StorageCheck;
import dev.mtc.engine.internal.plan.Supported;
import dev.mtc.engine.internal.run.DrivenRun;
import dev.mtc.engine.internal.run.Look;
import dev.mtc.engine.internal.run.PhaseHandler;
import dev.mtc.engine.internal.run.Providers;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.run.RunThreads;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The engine that {@link java.util.ServiceLoader} finds. Stateless; every run has its own threads and connections. */
public final class DefaultEngine implements MigrationEngine {

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
        return Look.at(plan, "", List.of(), PlanReport::of);
    }

    @Override
    public RequiredRoles requiredRoles(Plan plan) {
        Supported.require(plan);
        return Look.at(plan, "", List.of(), PlanRoles::of);
    }

    @Override
    public Preview preview(Plan plan, StateStore state) {
        Supported.require(plan);
        return Look.at(plan, "", List.of(), context -> Previews.of(context, state));
    }

    @Override
    public List<Backup> backups(Plan plan) {
        return Look.at(plan, "", List.of(), BackupRestores::list);
    }

    @Override
    public Preview previewBackup(Plan plan, String backup) {
        return Look.at(plan, "", List.of(), context -> BackupRestores.preview(context, backup));
    }

    @Override
    public MigrationResult restoreBackup(Plan plan, String backup) {
        return Look.at(plan, "", List.of(), context -> BackupRestores.restore(context, backup));
    }

    @Override
    public MigrationRun start(RunRequest request) {
        Supported.require(request.plan());
        String namespace = request.state().namespace();
        MigMigration migration = request.toMigMigration(name(request), namespace);
        migration
                .getMetadata()
                .setLabels(Map.of(
                        "migration.openshift.io/migplan-name", request.plan().name()));
        Map<String, String> annotations = new HashMap<>(migration.getMetadata().getAnnotations());
        annotations.putAll(RunContext.embeddedMark());
        migration.getMetadata().setAnnotations(annotations);
        return drive(request, request.state().create(migration));
    }

    private static String name(RunRequest request) {
        if (request.name() != null) {
            return request.name();
        }
        Instant now = request.clock().instant();
        String kind = request.kind().name().toLowerCase(Locale.ROOT);
        String unique = UUID.randomUUID().toString().substring(0, 4);
        String plan = request.plan().name();
        String shortPlan = plan.substring(0, Math.min(32, plan.length())).replaceAll("-+$", "");
        return shortPlan + "-" + kind + "-" + STAMP.format(now) + "-" + unique;
    }

    @Override
    public MigrationRun resume(RunRequest request, String runId) {
        MigMigration migration = request.state()
                .get(MigMigration.class, request.state().namespace(), runId)
                .orElseThrow(() -> new IllegalArgumentException("The state has no run '" + runId + "'; it has "
                        + request.state().list(MigMigration.class).stream()
                                .map(known -> known.getMetadata().getName())
                                .toList()));
        String planName = Optional.ofNullable(migration.getSpec().getMigPlanRef())
                .map(ObjectReference::getName)
                .orElse("");
        if (!planName.equals(request.plan().name())) {
            throw new IllegalArgumentException("Run '" + runId + "' belongs to plan '" + planName + "', not to '"
                    + request.plan().name() + "'; resume it with its own plan");
        }
        return drive(request, migration);
    }

    private MigrationRun drive(RunRequest request, MigMigration migration) {
        return drive(request, migration, "", written -> {});
    }

    private DrivenRun drive(
            RunRequest request,
            MigMigration migration,
            String planUid,
            Consumer<MigrationResource<?, ? extends ConditionedStatus>> saved) {
        RunThreads threads = new RunThreads(migration.getMetadata().getName(), request.executor());
        RunContext context = new RunContext(request, migration, threads.executor(), planUid);
        context.takeOver();
        context.tell(saved);
        return DrivenRun.start(context, threads, handlers.get(), new EngineFlags());
    }

    @Override
    public RunningController start(ControllerRequest request) {
        return ElectedController.start(request, this::drive);
    }

    @Override
    public String toString() {
        return "MigrationEngine[mtc]";
    }
}
