package dev.mtc.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes results as JSON; {@link MigrationReport#toJson} says which fields there are. */
final class ReportJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    private ReportJson() {}

    static String write(MigrationResult result) {
        ObjectNode root = JSON.createObjectNode()
                .put("version", VERSION)
                .put("run", result.runId())
                .put("plan", result.planName())
                .put("itinerary", result.itinerary())
                .put("status", result.status().name())
                .put("noOp", result.isNoOp())
                .put("started", result.started().toString())
                .put("ended", result.ended().toString());
        Instant quiesced = result.sourceQuiesced();
        put(root, "sourceQuiesced", quiesced == null ? null : quiesced.toString());
        root.put("tookMillis", result.took().toMillis());
        Downtime downtime = result.downtime();
        if (downtime != null) {
            ObjectNode node = root.putObject("downtime")
                    .put("stopped", downtime.stopped().toString())
                    .put("started", downtime.started().toString())
                    .put("tookMillis", downtime.took().toMillis())
                    .put("volumesMillis", downtime.volumes().toMillis());
            node.set("forecast", ForecastJson.write(downtime.forecast()));
        }
        ArrayNode phases = root.putArray("phases");
        result.phases().forEach(phase -> write(phase, phases.addObject()));
        ArrayNode items = root.putArray("items");
        result.items().forEach(item -> write(item, items.addObject()));
        write(result.warnings(), root.putArray("warnings"));
        write(result.errors(), root.putArray("errors"));
        return root.toPrettyString();
    }

    private static void write(PhaseTime time, ObjectNode json) {
        Phase phase = time.phase();
        json.put("step", time.step());
        put(json, "phase", phase == null ? null : phase.toString());
        json.put("started", time.started().toString())
                .put("ended", time.ended().toString())
                .put("tookMillis", time.took().toMillis())
                .put("end", time.end().name());
    }

    private static void write(ItemOutcome item, ObjectNode json) {
        json.put("kind", item.kind())
                .put("name", item.name())
                .put("action", item.action().name())
                .put("movedBytes", item.movedBytes())
                .put("totalBytes", item.totalBytes())
                .put("detail", item.detail());
        put(json, "proof", item.proof());
    }

    /** Writes problems with the fields that {@link Preview#toJson} names too. */
    static void write(List<Problem> problems, ArrayNode json) {
        problems.forEach(problem -> json.addObject()
                .put("severity", problem.severity().name())
                .put("where", problem.where())
                .put("code", problem.code())
                .put("reason", problem.reason())
                .put("message", problem.message())
                .put("fix", problem.fix()));
    }

    private static void put(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
