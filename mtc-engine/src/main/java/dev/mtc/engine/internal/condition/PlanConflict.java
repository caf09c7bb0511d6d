package dev.mtc.engine.internal.condition;

import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigPlanSpec;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether two plans would work on the same namespace of the same cluster. Names are compared as they are on that cluster;
 * MTC compares the entries as they are written, and so misses {@code a} against {@code a:b} (specification 4.8), and it takes a
 * cluster that two MigClusters describe for two.
 */
public final class PlanConflict {

    private final UnaryOperator<String> identity;

    private PlanConflict(UnaryOperator<String> identity) {
        this.identity = identity;
    }

    /**
     * {@return the condition of a plan that conflicts with others which are not closed, empty if it does not}
     *
     * @param plan the plan
     * @param others all plans
     * @param identity what tells clusters apart, by the names of their MigClusters
     */
    public static Optional<Condition> of(MigPlan plan, Collection<MigPlan> others, UnaryOperator<String> identity) {
        PlanConflict conflict = new PlanConflict(identity);
        List<String> names = others.stream()
                .filter(other -> !other.getSpec().isClosed() && conflict.exists(plan, other))
                .map(other -> other.getMetadata().getName())
                .sorted()
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(Condition.of(Category.ERROR, "PlanConflict")
                        .reason("Conflict")
                        .message("The migration plan is in conflict with []: they have namespaces in common on the same"
                                + " cluster; close them, or take the namespaces out of one.")
                        .items(names));
    }

    private boolean exists(MigPlan one, MigPlan other) {
        if (one.getMetadata().getName().equals(other.getMetadata().getName())) {
            return false;
        }
        MigPlanSpec a = one.getSpec();
        MigPlanSpec b = other.getSpec();
        return meet(a.getSrcMigClusterRef(), names(a, PlanNames::source), b)
                || meet(a.getDestMigClusterRef(), names(a, PlanNames::target), b);
    }

    private boolean meet(@Nullable ObjectReference cluster, Set<String> names, MigPlanSpec other) {
        return (isSame(cluster, other.getSrcMigClusterRef())
                        && names(other, PlanNames::source).stream().anyMatch(names::contains))
                || (isSame(cluster, other.getDestMigClusterRef())
                        && names(other, PlanNames::target).stream().anyMatch(names::contains));
    }

    private static Set<String> names(MigPlanSpec spec, UnaryOperator<String> side) {
        return spec.getNamespaces().stream().map(side).collect(Collectors.toSet());
    }

    private boolean isSame(@Nullable ObjectReference one, @Nullable ObjectReference other) {
        return one != null
                && other != null
                && one.getName() != null
                && other.getName() != null
                && identity.apply(one.getName()).equals(identity.apply(other.getName()));
    }
}
