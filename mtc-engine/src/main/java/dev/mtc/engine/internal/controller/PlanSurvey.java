package dev.mtc.engine.internal.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.condition.ProblemConditions;
import dev.mtc.engine.internal.condition.Reach;
import dev.mtc.engine.internal.plan.DiscoveredVolumes;
import dev.mtc.engine.internal.plan.KindChecks;
import dev.mtc.engine.internal.plan.PlanCheck;
import dev.mtc.engine.internal.plan.PlanSuffix;
import dev.mtc.engine.internal.plan.SourcePods;
import dev.mtc.engine.internal.plan.StorageClasses;
import dev.mtc.engine.internal.run.PlanIdentity;
import dev.mtc.engine.internal.run.RunContext;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a plan's clusters show: its problems as conditions, and what spec and status of a plan tell of them. */
final class PlanSurvey {

    private final RunContext context;
    private final List<Problem> problems;
    private final Reach reach;

    private PlanSurvey(RunContext context, List<Problem> problems, Reach reach) {
        this.context = context;
        this.problems = problems;
        this.reach = reach;
    }

    /** {@return a look at the clusters, with a context that outlives it} */
    static PlanSurvey of(RunContext context) {
        List<Problem> problems = PlanCheck.problems(context);
        boolean reachable =
                problems.stream().noneMatch(problem -> problem.code().endsWith("ClusterNotReady"));
        Reach reach = reachable
                ? Reach.between(
                        PlanIdentity.clusterUid(context.server(Side.SOURCE)),
                        PlanIdentity.clusterUid(context.server(Side.TARGET)))
                : Reach.INTER_CLUSTER;
        return new PlanSurvey(context, problems, reach);
    }

    /** {@return whether the plan's clusters are one} */
    Reach reach() {
        return reach;
    }

    /**
     * Writes it down.
     *
     * @param suspended whether the plan's volumes stay as they were found before
     */
    void into(MigPlan plan, Conditions conditions, boolean suspended) {
        ProblemConditions.of(problems).forEach(conditions::set);
        if (isUnset(plan.getStatus().getSuffix())) {
            plan.getStatus().setSuffix(PlanSuffix.next(new SecureRandom()));
        }
        if (conditions.hasBlocker()) {
            return;
        }
        if (!suspended) {
            status(plan);
            volumes(plan);
        }
        conditions.set(Condition.of(Category.REQUIRED, "PvsDiscovered")
                .reason("Done")
                .message("The `persistentVolumes` list has been updated with discovered PVs."));
        // There is nothing to be made on the clusters for a repository: movers get what they need with each transfer.
        conditions.set(Condition.of(Category.REQUIRED, "StorageEnsured")
                .reason("Done")
                .message("The storage resources have been created."));
    }

    private static boolean isUnset(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private void status(MigPlan plan) {
        plan.getStatus().setNamespaces(SourcePods.of(context).unhealthy());
        plan.getStatus().setIncompatibleNamespaces(KindChecks.status(KindChecks.withoutPlace(context)));
        plan.getStatus().setExcludedResources(List.copyOf(context.plan().excludedResources()));
    }

    private void volumes(MigPlan plan) {
        ApiServer source = context.server(Side.SOURCE);
        StorageClasses classes = StorageClasses.of(source, context.server(Side.TARGET));
        plan.getStatus().setSrcStorageClasses(classes.sourceStatus());
        plan.getStatus().setDestStorageClasses(classes.targetStatus());
        plan.getSpec()
                .setPersistentVolumes(DiscoveredVolumes.merge(
                        DiscoveredVolumes.of(
                                all("/api/v1/namespaces/%s/persistentvolumeclaims"),
                                source.list("/api/v1/persistentvolumes", ""),
                                all("/api/v1/namespaces/%s/pods"),
                                all("/apis/apps/v1/namespaces/%s/replicasets"),
                                classes),
                        plan.getSpec().getPersistentVolumes()));
    }

    private List<ObjectNode> all(String collection) {
        return context.plan().namespaces().stream()
                .map(NamespaceMapping::source)
                .flatMap(namespace ->
                        context.server(Side.SOURCE).list(String.format(collection, namespace), "").stream())
                .toList();
    }
}
