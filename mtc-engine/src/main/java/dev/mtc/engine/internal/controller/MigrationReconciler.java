package dev.mtc.engine.internal.controller;

import dev.mtc.api.ControllerRequest;
import dev.mtc.api.Ended;
import dev.mtc.api.FailurePolicy;
import dev.mtc.api.MigrationListener;
import dev.mtc.api.Phase;
import dev.mtc.api.Plan;
import dev.mtc.api.RunRequest;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigMigrationSpec;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.ObservedDigest;
import dev.mtc.engine.internal.condition.Reach;
import dev.mtc.engine.internal.run.Admission;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks after the MigMigrations of a plan: lets them run when it is their turn, and drives those that run. */
final class MigrationReconciler {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);
    private static final String LABELS = "migration.openshift.io/";
    private static final int LABEL_LIMIT = 63;

    private final Host host;
    private final Pass pass;
    private final Runs runs;
    private final RunDriver driver;
    private final ControllerRequest request;
    private final EventRecorder events;
    private final Retention retention;

    MigrationReconciler(
            Host host, Pass pass, Runs runs, RunDriver driver, ControllerRequest request, EventRecorder events) {
        this.host = host;
        this.pass = pass;
        this.runs = runs;
        this.driver = driver;
        this.request = request;
        this.events = events;
        this.retention = new Retention(host.store());
    }

    /** Looks at migrations whose plan is not there. */
    void withoutPlan(List<MigMigration> migrations) {
        for (MigMigration migration : migrations) {
            if (runs.isDriven(migration.getMetadata().getUid())) {
                cancelIfAsked(migration);
            } else if (Admission.isComplete(migration) || Retention.isLeaving(migration)) {
                retention.release(migration);
            }
        }
        migrations.stream()
                .filter(migration -> !Admission.isComplete(migration) && !Retention.isLeaving(migration))
                .forEach(migration -> pass.over(migration, (object, conditions) -> {
                    Admission.withoutPlan(object).forEach(conditions::set);
                    conditions.notReady();
                    observed(object);
                }));
    }

    /**
     * Looks at the migrations of a plan.
     *
     * @param ended called when one that was started has ended
     * @return when to look again, if without being told
     */
    Optional<Duration> reconcile(MigPlan plan, Reach reach, List<MigMigration> migrations, Runnable ended) {
        boolean waiting = false;
        for (MigMigration migration : migrations) {
            if (runs.isDriven(migration.getMetadata().getUid())) {
                cancelIfAsked(migration);
            } else if (Admission.isComplete(migration) || Retention.canLeave(migration)) {
                retention.release(migration);
            } else {
                waiting |= !admit(migration, plan, reach, migrations, ended);
            }
        }
        return waiting ? Optional.of(LOOK_AGAIN) : Optional.empty();
    }

    private void cancelIfAsked(MigMigration migration) {
        if (migration.getSpec().isCanceled() || Retention.isLeaving(migration)) {
            runs.cancel(migration.getMetadata().getUid());
        }
    }

    private boolean admit(
            MigMigration migration, MigPlan plan, Reach reach, List<MigMigration> migrations, Runnable ended) {
        if (Retention.isLeaving(migration)) {
            migration.getSpec().setCanceled(true);
        }
        List<Condition> obstacles = Admission.of(migration, migrations, plan, reach);
        MigMigration seen = pass.over(migration, (object, conditions) -> {
            carryOver(object, conditions);
            obstacles.forEach(conditions::set);
            if (conditions.hasBlocker()) {
                conditions.notReady();
            } else if (!obstacles.isEmpty()) {
                conditions.ready("The migration is ready.");
            }
            mark(object, plan);
            if (obstacles.isEmpty()) {
                Retention.retain(object);
            }
            observed(object);
            if (obstacles.stream().anyMatch(Admission::isFinal)) {
                // MTC ends such a migration at once (conditions reference, MigMigration).
                object.getStatus().setPhase(Phase.COMPLETED.wireName());
            }
        });
        if (!obstacles.isEmpty()) {
            return false;
        }
        Plan value = host.around(plan).plan(plan.getMetadata().getName());
        runs.drive(
                seen.getMetadata().getUid(),
                () -> driver.drive(
                        run(value, seen, ended),
                        seen,
                        plan.getMetadata().getUid(),
                        written -> events.record(written, written.getStatus().getConditions())));
        return true;
    }

    /** Keeps what the driver of an earlier process set, which is not set anew here. */
    private static void carryOver(MigMigration migration, Conditions conditions) {
        if (migration.getStatus().getItinerary() != null) {
            conditions.stage("Running", Conditions.READY);
        }
    }

    private static RunRequest.Kind kind(MigMigrationSpec spec) {
        if (spec.isRollback()) {
            return RunRequest.Kind.ROLLBACK;
        } else if (spec.isMigrateState()) {
            return RunRequest.Kind.STATE;
        }
        return spec.isStage() ? RunRequest.Kind.STAGE : RunRequest.Kind.CUTOVER;
    }

    private RunRequest run(Plan plan, MigMigration migration, Runnable ended) {
        MigMigrationSpec spec = migration.getSpec();
        return new RunRequest(
                plan,
                kind(spec),
                Set.of(),
                RunRequest.RunAs.UNSAID,
                migration.getMetadata().getName(),
                host.store(),
                List.of(MigrationListener.on(Ended.class, event -> ended.run())),
                request.providers(),
                null,
                request.clock(),
                request.pendingLimit(),
                FailurePolicy.CLEAN_UP,
                null);
    }

    /** Labels a migration and makes it belong to its plan, as MTC does (specification 10.2, 10.4). */
    private static void mark(MigMigration migration, MigPlan plan) {
        ObjectMeta metadata = migration.getMetadata();
        Map<String, String> labels = new HashMap<>(metadata.getLabels());
        String name = plan.getMetadata().getName();
        if (name.length() <= LABEL_LIMIT) {
            labels.put(LABELS + "migplan-name", name);
        }
        labels.put(LABELS + "migration-uid", metadata.getUid());
        metadata.setLabels(labels);
        boolean owned = metadata.getOwnerReferences().stream()
                .anyMatch(owner -> plan.getMetadata().getUid().equals(owner.getUid()));
        if (!owned) {
            List<OwnerReference> owners = new ArrayList<>(metadata.getOwnerReferences());
            owners.add(new OwnerReferenceBuilder()
                    .withApiVersion(plan.getApiVersion())
                    .withKind(plan.getKind())
                    .withName(plan.getMetadata().getName())
                    .withUid(plan.getMetadata().getUid())
                    .build());
            metadata.setOwnerReferences(owners);
        }
    }

    private static void observed(MigMigration migration) {
        migration.getStatus().setObservedDigest(ObservedDigest.of(migration.getSpec()));
    }
}
