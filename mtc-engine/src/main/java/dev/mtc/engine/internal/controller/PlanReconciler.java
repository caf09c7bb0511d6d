package dev.mtc.engine.internal.controller;

import dev.mtc.api.Plan;
import dev.mtc.api.PlanInvalidException;
import dev.mtc.api.PlanLimits;
import dev.mtc.api.Provider;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigPlanHook;
import dev.mtc.api.model.v1alpha1.MigPlanSpec;
import dev.mtc.api.model.v1alpha1.MigStorage;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import dev.mtc.api.model.v1alpha1.ObservedDigest;
import dev.mtc.engine.internal.condition.PlanConflict;
import dev.mtc.engine.internal.condition.PlanType;
import dev.mtc.engine.internal.condition.ProblemConditions;
import dev.mtc.engine.internal.condition.Reach;
import dev.mtc.engine.internal.run.Look;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Looks after MigPlans: follows their references, then checks them on their clusters (MTC specification 2.4, 4.1). */
final class PlanReconciler {

    private final Host host;
    private final Pass pass;
    private final List<Provider> providers;
    private final PlanLimits limits;
    private final Map<String, Reach> reaches = new ConcurrentHashMap<>();

    /** What tells clusters apart, by the names of the MigClusters through which they were looked at. */
    private final Map<String, String> clusterUids = new ConcurrentHashMap<>();


    PlanReconciler(Host host, Pass pass, List<Provider> providers, PlanLimits limits) {
        this.host = host;
        this.pass = pass;
        this.providers = providers;
        this.limits = limits;
    }

    /** {@return whether a plan's clusters are one, as the last look at it showed} */
    Reach reach(MigPlan plan) {
        return reaches.getOrDefault(plan.getMetadata().getUid(), Reach.INTER_CLUSTER);
    }

    /** {@return the plan as it is after a look at it} */
    MigPlan reconcile(MigPlan plan, List<MigMigration> migrations) {
        return pass.over(plan, (object, conditions) -> look(object, conditions, migrations));
    }

    private void look(MigPlan object, Conditions conditions, List<MigMigration> migrations) {
        if (object.getSpec().isClosed()) {
            conditions.set(Condition.of(Category.ADVISORY, "Closed").message("The migration plan is closed."));
            conditions.notReady();
        } else {
            references(object.getSpec(), conditions);
            if (!conditions.hasCategory(Category.CRITICAL)) {
                clusters(object, conditions, migrations);
            }
            PlanConflict.of(object, host.store().list(MigPlan.class), name -> clusterUids.getOrDefault(name, name))
                    .ifPresent(conditions::set);
            if (conditions.hasBlocker() || !conditions.has("PvsDiscovered")) {
                conditions.notReady();
            } else {
                conditions.ready("The migration plan is ready.");
            }
        }
        object.getSpec().setRefresh(false);
        object.getStatus().setObservedDigest(ObservedDigest.of(object.getSpec()));
    }

    private void references(MigPlanSpec spec, Conditions conditions) {
        cluster(spec.getSrcMigClusterRef(), "srcMigClusterRef", "Source", conditions);
        cluster(spec.getDestMigClusterRef(), "destMigClusterRef", "Destination", conditions);
        boolean needsStorage = spec.isIndirectImageMigration() || spec.isIndirectVolumeMigration();
        if (needsStorage || isSet(spec.getMigStorageRef())) {
            reference(
                    MigStorage.class,
                    spec.getMigStorageRef(),
                    "migStorageRef",
                    "InvalidStorageRef",
                    "StorageNotReady",
                    conditions);
        }
        for (MigPlanHook hook : spec.getHooks()) {
            reference(MigHook.class, hook.getReference(), "hooks", "InvalidHookRef", "HookNotReady", conditions);
        }
    }

    private void cluster(@Nullable ObjectReference reference, String field, String side, Conditions conditions) {
        reference(
                MigCluster.class,
                reference,
                field,
                "Invalid" + side + "ClusterRef",
                side + "ClusterNotReady",
                conditions);
    }

    private <R extends MigrationResource<?, ? extends ConditionedStatus>> void reference(
            Class<R> kind,
            @Nullable ObjectReference reference,
            String field,
            String invalid,
            String notReady,
            Conditions conditions) {
        String word = kind.getSimpleName();
        if (reference == null || !isSet(reference)) {
            conditions.set(Condition.of(Category.CRITICAL, invalid)
                    .reason("NotSet")
                    .message("The `" + field + "` must reference a " + word + ": set its name and namespace."));
            return;
        }
        Optional<R> found = host.find(kind, reference);
        if (found.isEmpty()) {
            conditions.set(Condition.of(Category.CRITICAL, invalid)
                    .reason("NotFound")
                    .message("The `" + field + "` must reference a " + word + ", but there is no "
                            + reference.getNamespace() + "/" + reference.getName()
                            + ": create it, or correct the reference."));
        } else if (found.get().getStatus().getConditions().stream()
                .noneMatch(condition -> condition.getType().equals(Conditions.READY) && condition.holds())) {
            conditions.set(Condition.of(Category.CRITICAL, notReady)
                    .message("The " + word + " " + reference.getName()
                            + " does not have a `Ready` condition: see what its own conditions ask for."));
        }
    }

    private static boolean isSet(@Nullable ObjectReference reference) {
        return reference != null
                && reference.getName() != null
                && !reference.getName().isEmpty()
                && reference.getNamespace() != null
                && !reference.getNamespace().isEmpty();
    }

    private void clusters(MigPlan object, Conditions conditions, List<MigMigration> migrations) {
        boolean suspended = Suspension.of(migrations);
        if (suspended) {
            conditions.set(Condition.of(Category.ADVISORY, "Suspended")
                    .message("The migrations of the plan are running or done, so that volumes are not looked for."));
        }
        try {
            Plan plan = host.around(object).plan(object.getMetadata().getName());
            Reach reach = Look.at(plan, object.getMetadata().getUid(), providers, context -> {
                PlanSurvey survey = PlanSurvey.of(context, limits);
                clusterUids.putAll(survey.clusterUids());
                survey.into(object, conditions, suspended);
                return survey.reach();
            });
            // A durable type of a plan that was rolled back counts no longer.
            conditions.delete(PlanType.IDENTIFIED);
            PlanType.conditions(object.getSpec(), migrations, reach).forEach(conditions::set);
            reaches.put(object.getMetadata().getUid(), reach);
        } catch (PlanInvalidException e) {
            ProblemConditions.of(e.problems()).forEach(conditions::set);
        }
    }
}
