package dev.mtc.engine.internal.objects;

import dev.mtc.api.Plan;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.List;

/** The kinds that a plan selects, seen from both clusters. */
public final class SelectedKinds {

    private SelectedKinds() {}

    /** {@return the kinds that a plan includes by name but the source does not serve as namespaced ones} */
    public static List<String> unknown(Plan plan, Discovery source) {
        List<ResourceType> listable = Selection.listable(source);
        return plan.includedResources().stream()
                .filter(name -> listable.stream()
                        .noneMatch(type ->
                                type.plural().equals(name) || type.resource().equals(name)))
                .toList();
    }

    /** {@return the kinds that a plan migrates but the target takes in no version that the source has} */
    public static List<ResourceType> withoutPlace(Plan plan, Discovery source, Discovery target) {
        return Selection.of(plan).kinds(source).stream()
                .filter(kind -> source.versions(kind.resource()).stream()
                        .allMatch(version ->
                                Conversion.versionFor(version, plan, target).isEmpty()))
                .toList();
    }

    /** {@return the kinds that a plan captures} */
    public static List<ResourceType> captured(Plan plan, Discovery source) {
        return Selection.of(plan).kinds(source);
    }

    /** {@return the kinds that are left out by default and that people make objects of} */
    public static List<ResourceType> leftOut(Plan plan, Discovery source) {
        return Selection.of(plan).leftOut(source);
    }

    /** {@return the kinds that a plan captures and the target serves, as it does} */
    public static List<ResourceType> applied(Plan plan, Discovery source, Discovery target) {
        return Selection.of(plan).kinds(source).stream()
                .flatMap(kind -> target.versions(kind.resource()).stream().limit(1))
                .toList();
    }

    /** {@return the kinds among which a rollback looks for what a plan brought} */
    public static List<ResourceType> removable(Discovery target) {
        return Selection.listable(target).stream()
                .filter(type -> type.verbs().contains("delete"))
                .toList();
    }
}
