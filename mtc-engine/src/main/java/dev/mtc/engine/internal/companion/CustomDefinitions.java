package dev.mtc.engine.internal.companion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Plan;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** The definitions of custom resources that a plan's namespaces have. */
final class CustomDefinitions {

    private CustomDefinitions() {}

    static List<Companion> find(SourceLook look, Discovery served) {
        List<Companion> found = new ArrayList<>();
        for (ObjectNode definition : look.all(CompanionKinds.DEFINITIONS)) {
            String resource = definition.path("metadata").path("name").asText();
            boolean isWanted = served.versions(resource).stream()
                    .limit(1)
                    .anyMatch(kind -> kind.namespaced() && isSelected(look.plan(), kind) && look.hasAny(kind));
            if (isWanted) {
                found.add(new Companion(CompanionKinds.DEFINITIONS, resource, definition));
            }
        }
        return found;
    }

    private static boolean isSelected(Plan plan, ResourceType kind) {
        List<String> included = plan.includedResources();
        return !names(plan.excludedResources(), kind) && (included.isEmpty() || names(included, kind));
    }

    private static boolean names(List<String> resources, ResourceType kind) {
        return resources.contains(kind.plural()) || resources.contains(kind.resource());
    }
}
