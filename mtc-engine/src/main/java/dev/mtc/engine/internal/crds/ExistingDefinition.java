package dev.mtc.engine.internal.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A definition that someone else made.
 *
 * @param type what it should define
 * @param definition as it is
 */
record ExistingDefinition(ResourceType type, JsonNode definition) {

    /** Kinds whose status holds a row for everything that is moved, beside MTC's own fields. */
    private static final Set<String> WITH_TRANSFERS = Set.of("DirectVolumeMigration", "DirectImageMigration");

    private static final String ANY_FIELD = "x-kubernetes-preserve-unknown-fields";

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        String scope = definition.path("spec").path("scope").asText();
        if (!scope.equals("Namespaced")) {
            problems.add(wrong("WrongScope", "its scope is " + scope + ", not Namespaced"));
        }
        JsonNode version = version();
        if (!version.path("served").asBoolean()) {
            problems.add(wrong("VersionNotServed", "it does not serve version " + type.version()));
            return problems;
        }
        if (version.path("subresources").has("status")) {
            problems.add(wrong(
                    "StatusSubresource", "status is a subresource, so a write of the whole object does not change it"));
        }
        if (WITH_TRANSFERS.contains(type.kind()) && !keepsTransfers(version)) {
            problems.add(Problem.warning(
                    where(),
                    "TransfersPruned",
                    "status.transfers is not kept, so a run that another process resumes starts its transfers again",
                    fix()));
        }
        return problems;
    }

    private JsonNode version() {
        for (JsonNode version : definition.path("spec").path("versions")) {
            if (version.path("name").asText().equals(type.version())) {
                return version;
            }
        }
        return MissingNode.getInstance();
    }

    private boolean keepsTransfers(JsonNode version) {
        JsonNode schema = version.path("schema").path("openAPIV3Schema");
        JsonNode status = schema.path("properties").path("status");
        return definition.path("spec").path("preserveUnknownFields").asBoolean()
                || status.path("properties").has("transfers")
                || (status.isMissingNode() ? schema : status).path(ANY_FIELD).asBoolean();
    }

    private Problem wrong(String code, String message) {
        return Problem.error(where(), code, message, fix());
    }

    private String where() {
        return "CustomResourceDefinition " + type.resource();
    }

    private String fix() {
        return "replace it with dev/mtc/engine/crds/" + type.plural()
                + ".yaml of mtc-engine's jar, or use another cluster as host";
    }
}
