package dev.mtc.engine.internal.controller;

import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigPlanSpec;
import dev.mtc.engine.internal.condition.PlanNames;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether two plans would work on the same namespace of the same cluster. Names are compared as they are on that cluster;
 * MTC compares the entries as they are written, and so misses {@code a} against {@code a:b} (specification 4.8).
 */
final class PlanOverlap {

    private PlanOverlap() {}

    static boolean exists(MigPlan one, MigPlan other) {
        if (one.getMetadata().getUid().equals(other.getMetadata().getUid())) {
            return false;
        }
        MigPlanSpec a = one.getSpec();
        MigPlanSpec b = other.getSpec();
        return meet(a.getSrcMigClusterRef(), names(a, PlanNames::source), b)
                || meet(a.getDestMigClusterRef(), names(a, PlanNames::target), b);
    }

    private static boolean meet(@Nullable ObjectReference cluster, Set<String> names, MigPlanSpec other) {
        return (isSame(cluster, other.getSrcMigClusterRef())
                        && names(other, PlanNames::source).stream().anyMatch(names::contains))
                || (isSame(cluster, other.getDestMigClusterRef())
                        && names(other, PlanNames::target).stream().anyMatch(names::contains));
    }

    private static Set<String> names(MigPlanSpec spec, UnaryOperator<String> side) {
        return spec.getNamespaces().stream().map(side).collect(Collectors.toSet());
    }

    private static boolean isSame(@Nullable ObjectReference one, @Nullable ObjectReference other) {
        return one != null
                && other != null
                && one.getName() != null
                && one.getName().equals(other.getName());
    }
}
