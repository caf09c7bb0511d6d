package dev.mtc.engine.internal.companion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The objects outside of namespaces that a plan brings along.
 *
 * @param all each of them
 * @param problems what could not be read, and warnings of rights that stay behind
 */
public record Companions(List<Companion> all, List<Problem> problems) {

    private static final Set<String> ALL_VERBS =
            Set.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    /** Copies its lists. */
    public Companions {
        all = List.copyOf(all);
        problems = List.copyOf(problems);
    }

    /** {@return those of a plan; nothing is asked if it wants none} */
    public static Companions find(Plan plan, ApiServer source, Discovery served) {
        SourceLook look = new SourceLook(plan, source, served);
        List<Companion> all = new ArrayList<>();
        plan.clusterScoped()
                .forEach(what -> all.addAll(
                        switch (what) {
                            case ADMISSION_WEBHOOKS -> Webhooks.find(look);
                            case CUSTOM_RESOURCE_DEFINITIONS -> CustomDefinitions.find(look, served);
                            case CLUSTER_ROLES -> AccountRights.roles(look);
                            case PRIORITY_CLASSES -> NamedClasses.priorities(look);
                            case STORAGE_CLASSES -> NamedClasses.storage(look);
                            case SECURITY_CONTEXT_CONSTRAINTS -> AccountRights.constraints(look);
                        }));
        return new Companions(all, look.problems());
    }

    /** {@return what could not be read} */
    public List<Problem> errors() {
        return problems.stream().filter(Problem::blocks).toList();
    }

    /** {@return what stays behind} */
    public List<Problem> warnings() {
        return problems.stream().filter(problem -> !problem.blocks()).toList();
    }

    /** {@return those of a kind} */
    public List<ObjectNode> of(String resource) {
        return all.stream()
                .filter(companion -> companion.resource().equals(resource))
                .map(Companion::object)
                .toList();
    }

    /** {@return what a cluster serves when the definitions among these are there} */
    public Discovery servedWith(Discovery target) {
        List<ResourceType> kinds = new ArrayList<>();
        of(CompanionKinds.DEFINITIONS).forEach(definition -> kinds.addAll(kinds(definition)));
        return target.with(kinds);
    }

    /** {@return the kind that a definition defines, in each version that is served} */
    public static List<ResourceType> kinds(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        List<ResourceType> kinds = new ArrayList<>();
        for (JsonNode version : spec.path("versions")) {
            if (version.path("served").asBoolean()) {
                kinds.add(new ResourceType(
                        spec.path("group").asText(),
                        version.path("name").asText(),
                        spec.path("names").path("plural").asText(),
                        spec.path("names").path("kind").asText(),
                        spec.path("scope").asText().equals("Namespaced"),
                        ALL_VERBS));
            }
        }
        return kinds;
    }
}
