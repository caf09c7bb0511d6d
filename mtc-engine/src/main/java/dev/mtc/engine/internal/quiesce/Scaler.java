package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mtc.engine.internal.cluster.ApiServer;
import java.util.Comparator;
import java.util.stream.StreamSupport;

/** Finds out who keeps a workload running: its controller, its autoscaler, or whoever wrote the field last. */
final class Scaler {

    private Scaler() {}

    static String of(Found found) {
        return Found.controller(found.object())
                .map(owner -> words(owner) + ", its controller,")
                .orElseGet(() -> found.isAutoscaled() ? found.autoscaler() : writer(found));
    }

    /** {@return what an owner reference names} */
    static String words(JsonNode owner) {
        return owner.path("kind").asText() + " " + owner.path("name").asText();
    }

    private static String writer(Found found) {
        return StreamSupport.stream(
                        found.object().path("metadata").path("managedFields").spliterator(), false)
                .filter(entry -> !entry.path("manager").asText().equals(ApiServer.FIELD_MANAGER))
                .filter(entry -> owns(entry, found.workload()))
                .max(Comparator.comparing(entry -> entry.path("time").asText()))
                .map(entry -> "field manager " + entry.path("manager").asText())
                .orElse("something unknown");
    }

    private static boolean owns(JsonNode entry, Workload workload) {
        JsonNode fields = entry.path("fieldsV1").path("f:spec");
        for (String field : workload.fields()) {
            fields = fields.path("f:" + field);
        }
        return !fields.isMissingNode();
    }
}
