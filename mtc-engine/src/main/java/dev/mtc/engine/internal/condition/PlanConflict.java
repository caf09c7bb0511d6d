package dev.mtc.engine.internal.condition;

import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigPlanSpec;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether plans get in each other's way: they share a cluster, in whatever role, and name a namespace alike. */
public final class PlanConflict {

    private PlanConflict() {}

    /** {@return the condition of a plan that conflicts with others which are not closed, empty if it does not} */
    public static Optional<Condition> of(MigPlan plan, Collection<MigPlan> others) {
        List<String> names = others.stream()
                .filter(other -> !isSame(plan, other) && !other.getSpec().isClosed())
                .filter(other -> !Collections.disjoint(clusters(plan.getSpec()), clusters(other.getSpec())))
                .filter(other -> !Collections.disjoint(
                        plan.getSpec().getNamespaces(), other.getSpec().getNamespaces()))
                .map(other -> other.getMetadata().getName())
                .sorted()
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(Condition.of(Category.ERROR, "PlanConflict")
                        .reason("Conflict")
                        .message("The plan has namespaces in common with the plans [] on the same clusters: close or"
                                + " delete those, or take the namespaces out of one of them.")
                        .items(names));
    }

    private static boolean isSame(MigPlan one, MigPlan other) {
        return one.getMetadata().getName().equals(other.getMetadata().getName());
    }

    private static Set<String> clusters(MigPlanSpec spec) {
        return Stream.of(name(spec.getSrcMigClusterRef()), name(spec.getDestMigClusterRef()))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private static Optional<String> name(@Nullable ObjectReference reference) {
        return reference == null ? Optional.empty() : Optional.of(reference.getNamespace() + "/" + reference.getName());
    }
}
