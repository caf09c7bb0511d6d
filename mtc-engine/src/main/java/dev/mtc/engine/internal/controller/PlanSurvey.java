package dev.mtc.engine.internal.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.PlanLimits;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.PersistentVolume;
import dev.mtc.engine.internal.access.PlanProblems;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.condition.ProblemConditions;
import dev.mtc.engine.internal.condition.Reach;
import dev.mtc.engine.internal.plan.Conversion;
import dev.mtc.engine.internal.plan.ConversionChecks;
import dev.mtc.engine.internal.plan.ConvertedNames;
import dev.mtc.engine.internal.plan.DiscoveredVolumes;
import dev.mtc.engine.internal.plan.KindChecks;
import dev.mtc.engine.internal.plan.PlanSuffix;
import dev.mtc.engine.internal.plan.SourcePods;
import dev.mtc.engine.internal.plan.StorageClasses;
import dev.mtc.engine.internal.run.PlanIdentity;
import dev.mtc.engine.internal.run.RunContext;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a plan's clusters show: its problems as conditions, and what spec and status of a plan tell of them. */
final class PlanSurvey {

    private final RunContext context;
    private final List<Problem> problems;
    private final Map<Side, String> uids;

    private PlanSurvey(RunContext context, List<Problem> problems, Map<Side, String> uids) {
        this.context = context;
        this.problems = problems;
        this.uids = uids;
    }

    /** {@return a look at the clusters, with a context that outlives it} */
    static PlanSurvey of(RunContext context, PlanLimits limits) {
        List<Problem> problems = PlanProblems.of(context, limits);
        boolean reachable =
                problems.stream().noneMatch(problem -> problem.code().endsWith("ClusterNotReady"));
        Map<Side, String> uids = new EnumMap<>(Side.class);
        if (reachable) {
            for (Side side : Side.values()) {
                uids.put(side, PlanIdentity.clusterUid(context.server(side)));
            }
        }
        return new PlanSurvey(context, problems, uids);
    }

    /** {@return what tells the plan's clusters from others, by their names; none while one of them cannot be reached} */
    Map<String, String> clusterUids() {
        Map<String, String> byName = new HashMap<>();
        uids.forEach((side, uid) -> byName.put(context.plan().cluster(side).name(), uid));
        return byName;
    }

    /** {@return whether the plan's clusters are one} */
    Reach reach() {
        return uids.isEmpty()
                ? Reach.INTER_CLUSTER
                : Reach.between(
                        Objects.requireNonNull(uids.get(Side.SOURCE)), Objects.requireNonNull(uids.get(Side.TARGET)));
    }

    /**
     * Writes it down. An Error, such as a volume that cannot be copied as it is selected, does not keep the volumes from being
     * listed: where it is listed, a user can select otherwise.
     *
     * @param suspended whether the plan's volumes stay as they were found before
     */
    void into(MigPlan plan, Conditions conditions, boolean suspended) {
        conditions.delete(ProblemConditions.DURABLE);
        ProblemConditions.of(problems).forEach(conditions::set);
        if (isUnset(plan.getStatus().getSuffix())) {
            plan.getStatus().setSuffix(PlanSuffix.of(context.planUid()));
        }
        if (hasNoPlaceForVolumes()) {
            return;
        }
        if (!suspended && !discover(plan)) {
            return;
        }
        conditions.set(Condition.of(Category.REQUIRED, "PvsDiscovered")
                .reason("Done")
                .message("The `persistentVolumes` list has been updated with discovered PVs."));
        // There is nothing to be made on the clusters for a repository: movers get what they need with each transfer.
        conditions.set(Condition.of(Category.REQUIRED, "StorageEnsured")
                .reason("Done")
                .message("The storage resources have been created."));
    }

    /** A volume that is to be converted is chosen where it is listed. */
    private boolean hasNoPlaceForVolumes() {
        return problems.stream()
                .anyMatch(problem -> problem.severity() == Problem.Severity.CRITICAL
                        && !problem.code().equals(ConversionChecks.UNAVAILABLE));
    }

    /** {@return whether the account may look at everything} */
    private boolean discover(MigPlan plan) {
        try {
            status(plan);
            volumes(plan);
            return true;
        } catch (ClusterAccessException e) {
            if (PlanProblems.isForMissingPermission(e, problems)) {
                return false;
            }
            throw e;
        }
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
        boolean converts = Conversion.is(context.plan());
        List<ObjectNode> claims = all("/api/v1/namespaces/%s/persistentvolumeclaims").stream()
                .filter(claim -> !converts || ConvertedNames.isConvertible(claim, context.planUid()))
                .toList();
        List<PersistentVolume> volumes = DiscoveredVolumes.merge(
                DiscoveredVolumes.of(
                        claims,
                        source.list("/api/v1/persistentvolumes", ""),
                        all("/api/v1/namespaces/%s/pods"),
                        all("/apis/apps/v1/namespaces/%s/replicasets"),
                        classes),
                plan.getSpec().getPersistentVolumes());
        if (converts) {
            ConvertedNames.write(
                    volumes,
                    String.valueOf(plan.getStatus().getSuffix()),
                    all("/apis/apps/v1/namespaces/%s/statefulsets"));
        }
        plan.getSpec().setPersistentVolumes(volumes);
    }

    private List<ObjectNode> all(String collection) {
        return context.plan().namespaces().stream()
                .map(NamespaceMapping::source)
                .flatMap(namespace ->
                        context.server(Side.SOURCE).list(String.format(collection, namespace), "").stream())
                .toList();
    }
}
