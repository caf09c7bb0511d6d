package dev.mtc.engine.internal.companion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.Pages;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Deletes from the target what a plan brought along that is in no namespace: what carries the plan's label, unless somebody else
 * uses it. May be repeated.
 */
public final class CompanionRemoval {

    private final Plan plan;
    private final ApiServer target;
    private final Discovery served;
    private final AccountRights.Accounts accounts;
    private final List<ItemOutcome> outcomes = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    private CompanionRemoval(Plan plan, ApiServer target, Discovery served) {
        this.plan = plan;
        this.target = target;
        this.served = served;
        this.accounts = AccountRights.Accounts.ofTarget(plan);
    }

    /**
     * What was done.
     *
     * @param outcomes one for each object with the plan's label
     * @param warnings what was kept
     */
    public record Removed(List<ItemOutcome> outcomes, List<Problem> warnings) {

        /** Copies its lists. */
        public Removed {
            outcomes = List.copyOf(outcomes);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * {@return what was done}
     *
     * @param plan what it brings along
     * @param target where
     * @param served what the target serves
     * @param label of what the plan made, {@code key=value}
     */
    public static Removed run(Plan plan, ApiServer target, Discovery served, String label) {
        CompanionRemoval removal = new CompanionRemoval(plan, target, served);
        CompanionKinds.of(plan).forEach(resource -> removal.remove(resource, label));
        return new Removed(removal.outcomes, removal.warnings);
    }

    private void remove(String resource, String label) {
        for (ResourceType type : served.versions(resource).stream().limit(1).toList()) {
            for (ObjectNode object : target.list(type.collection(""), label)) {
                if (!isGoing(object)) {
                    remove(type, object);
                }
            }
        }
    }

    private void remove(ResourceType type, ObjectNode object) {
        String name = name(object);
        String what = type.resource() + " " + name;
        Optional<String> user = user(type.resource(), object);
        if (user.isEmpty()) {
            target.delete(type.path("", name));
            outcomes.add(new ItemOutcome("object", what, ItemOutcome.Action.DELETED, 0, 0, "", null));
            return;
        }
        String why = user.get() + " uses it";
        outcomes.add(new ItemOutcome("object", what, ItemOutcome.Action.SKIPPED, 0, 0, why, null));
        warnings.add(Problem.warning(
                "target " + what, "ClusterScopedKept", why, "delete it by hand when nobody needs it any more"));
    }

    /** {@return who needs an object beside the plan's applications, which are gone} */
    private Optional<String> user(String resource, ObjectNode object) {
        String name = name(object);
        return switch (resource) {
            case CompanionKinds.DEFINITIONS ->
                Companions.kinds(object).stream()
                        .limit(1)
                        .flatMap(kind -> first(kind, custom -> true).stream())
                        .findFirst();
            case CompanionKinds.ROLES ->
                first(CompanionKinds.BINDINGS, binding -> refersTo(binding, name))
                        .or(() -> first("rolebindings.rbac.authorization.k8s.io", binding -> refersTo(binding, name)));
            case CompanionKinds.BINDINGS -> foreign(object.path("subjects"), accounts::isSubject);
            case CompanionKinds.CONSTRAINTS ->
                foreign(object.path("users"), user -> accounts.isUser(user.asText()))
                        .or(() -> foreign(object.path("groups"), group -> accounts.isGroup(group.asText())));
            case CompanionKinds.PRIORITY_CLASSES ->
                first("pods", pod -> pod.path("spec")
                        .path("priorityClassName")
                        .asText()
                        .equals(name));
            case CompanionKinds.STORAGE_CLASSES ->
                first("persistentvolumeclaims", claim -> claim.path("spec")
                        .path("storageClassName")
                        .asText()
                        .equals(name));
            default -> Optional.empty();
        };
    }

    private static boolean refersTo(JsonNode binding, String role) {
        JsonNode reference = binding.path("roleRef");
        return reference.path("kind").asText().equals("ClusterRole")
                && reference.path("name").asText().equals(role);
    }

    private static Optional<String> foreign(JsonNode list, Predicate<JsonNode> ours) {
        return list.valueStream()
                .filter(ours.negate())
                .map(other ->
                        other.isTextual() ? other.asText() : other.path("name").asText())
                .findFirst();
    }

    private Optional<String> first(String resource, Predicate<ObjectNode> uses) {
        return served.versions(resource).stream()
                .limit(1)
                .flatMap(type -> first(type, uses).stream())
                .findFirst();
    }

    private Optional<String> first(ResourceType type, Predicate<ObjectNode> uses) {
        Pages pages = Pages.of(target, type, "", "");
        while (pages.hasNext()) {
            for (ObjectNode object : pages.next()) {
                if (!isGoing(object) && uses.test(object)) {
                    String namespace = object.path("metadata").path("namespace").asText();
                    return Optional.of(
                            type.resource() + " " + (namespace.isEmpty() ? "" : namespace + "/") + name(object));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isGoing(JsonNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    @Override
    public String toString() {
        return "CompanionRemoval[" + plan.name() + "]";
    }
}
