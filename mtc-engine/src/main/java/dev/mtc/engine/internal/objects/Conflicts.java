package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterScopedPolicy;
import dev.mtc.api.Preview;
import dev.mtc.api.Preview.Verb;
import dev.mtc.api.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides what is done with an object that may be on the target already. Thread-safe. */
final class Conflicts {

    private final RestoreSettings settings;
    private final Surroundings surroundings;

    Conflicts(RestoreSettings settings, Surroundings surroundings) {
        this.settings = settings;
        this.surroundings = surroundings;
    }

    /**
     * What is done with an object.
     *
     * @param verb what
     * @param reason why, empty if obvious
     */
    record Decision(Verb verb, String reason) {}

    /**
     * {@return what is done}
     *
     * @param prepared what would be applied
     * @param existing what is there, null if nothing; may be changed
     */
    Decision decide(Prepared.Applicable prepared, @Nullable ObjectNode existing) {
        if (existing == null) {
            return new Decision(Verb.CREATE, "");
        }
        if (prepared.key().resource().equals("pods")) {
            Pods.dropAdmitted(existing);
        }
        Optional<String> difference = Comparison.firstDifference(prepared.object(), existing, isAutoscaled(prepared));
        if (difference.isEmpty()) {
            return new Decision(Verb.UNCHANGED, "");
        }
        String path = difference.get();
        if (!prepared.type().namespaced()) {
            return ofCluster(path, isOurs(existing));
        }
        if (isOurs(existing)
                || Marks.isEverywhere(prepared.key().resource(), prepared.key().name())) {
            return new Decision(Verb.UPDATE, path + " differs");
        }
        return switch (settings.existing()) {
            case FAIL ->
                new Decision(Verb.CONFLICT, "it is on the target, differs in " + path + " and is not of this plan");
            case SKIP -> new Decision(Verb.SKIP, "it is on the target, differs in " + path + " and stays as it is");
            case UPDATE -> new Decision(Verb.UPDATE, path + " differs");
        };
    }

    private Decision ofCluster(String path, boolean ours) {
        ClusterScopedPolicy policy = settings.plan().existingClusterScoped();
        if (ours && policy != ClusterScopedPolicy.SKIP) {
            return new Decision(Verb.UPDATE, path + " differs");
        }
        return policy == ClusterScopedPolicy.FAIL
                ? new Decision(Verb.CONFLICT, "it is on the target, differs in " + path + " and is not of this plan")
                : new Decision(Verb.SKIP, "it is on the target, differs in " + path + " and stays as it is");
    }

    /** {@return what differs between what would be applied and what is there; values of Secrets are masked} */
    List<Preview.Change> changes(Prepared.Applicable prepared, @Nullable ObjectNode existing) {
        if (existing == null) {
            return List.of();
        }
        boolean isSecret = prepared.key().resource().equals("secrets");
        return Comparison.differences(prepared.object(), existing, isAutoscaled(prepared)).stream()
                .map(difference ->
                        change(difference, isSecret && !difference.path().startsWith("metadata.labels")))
                .toList();
    }

    private static Preview.Change change(Comparison.Difference difference, boolean masked) {
        return new Preview.Change(
                difference.path(), text(difference.actual(), masked), text(difference.wanted(), masked));
    }

    private static @Nullable String text(JsonNode value, boolean masked) {
        if (value.isMissingNode()) {
            return null;
        }
        return masked ? Preview.Change.MASKED : value.toString();
    }

    private boolean isOurs(JsonNode existing) {
        return Json.text(existing, "metadata", "labels", Marks.PLAN).equals(settings.planUid());
    }

    /** {@return whether an autoscaler sets its replicas} */
    boolean isAutoscaled(Prepared.Applicable prepared) {
        return settings.namespaces().stream()
                .filter(mapping -> mapping.target().equals(prepared.key().namespace()))
                .anyMatch(mapping -> kindsOnSource(prepared)
                        .anyMatch(kind -> surroundings.isAutoscaled(
                                mapping.source(), kind, prepared.key().name())));
    }

    private Stream<String> kindsOnSource(Prepared.Applicable prepared) {
        String kind = prepared.type().kind();
        boolean maybeConverted = kind.equals("Deployment") && settings.plan().convertsDeploymentConfigs();
        return maybeConverted ? Stream.of(kind, "DeploymentConfig") : Stream.of(kind);
    }

    static Problem conflict(ObjectKey key, String reason) {
        return Problem.error(
                "target " + key,
                "ObjectConflict",
                reason,
                "delete it on the target, or let the plan skip or update existing objects");
    }

    static Problem leftAlone(ObjectKey key, String reason) {
        return Problem.warning(
                "target " + key,
                "ExistingObjectKept",
                reason,
                "compare it with the source's, or let the plan update it");
    }
}
