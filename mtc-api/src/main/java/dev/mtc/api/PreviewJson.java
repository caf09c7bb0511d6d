package dev.mtc.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads previews as JSON; {@link Preview#toJson} says which fields there are. */
final class PreviewJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    private PreviewJson() {}

    static String write(Preview preview) {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ArrayNode actions = root.putArray("actions");
        preview.actions().forEach(action -> write(action, actions.addObject()));
        ReportJson.write(preview.warnings(), root.putArray("warnings"));
        if (!preview.forecast().equals(CutoverForecast.NONE)) {
            root.set("forecast", ForecastJson.write(preview.forecast()));
        }
        return root.toPrettyString();
    }

    private static void write(Preview.Action action, ObjectNode json) {
        json.put("verb", action.verb().name())
                .put("kind", action.kind())
                .put("subject", action.subject())
                .put("bytes", action.bytes())
                .put("presentBytes", action.presentBytes())
                .put("storageClass", action.storageClass())
                .put("reason", action.reason());
        ArrayNode transforms = json.putArray("transforms");
        action.transforms().forEach(transforms::add);
        json.put("contentDigest", action.contentDigest());
        ArrayNode changes = json.putArray("changes");
        action.changes().forEach(change -> {
            ObjectNode node = changes.addObject().put("path", change.path());
            put(node, "before", change.before());
            put(node, "after", change.after());
        });
    }

    private static void put(ObjectNode node, String field, @Nullable String json) {
        if (json != null) {
            node.set(field, parse(json));
        }
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is no JSON (" + e.getOriginalMessage() + ")", e);
        }
    }

    static Preview read(String text) {
        JsonNode root = parse(text);
        if (root.path("version").asInt() != VERSION || !root.path("actions").isArray()) {
            throw new IllegalArgumentException("This is no preview of version " + VERSION + ", its version is '"
                    + root.path("version").asText() + "'; give what Preview.toJson() wrote");
        }
        List<Preview.Action> actions = new ArrayList<>();
        root.path("actions").forEach(action -> actions.add(action(action)));
        List<Problem> warnings = new ArrayList<>();
        root.path("warnings")
                .forEach(warning -> warnings.add(new Problem(
                        Problem.Severity.valueOf(warning.path("severity").asText()),
                        warning.path("where").asText(),
                        warning.path("code").asText(),
                        warning.path("reason").asText(),
                        warning.path("message").asText(),
                        warning.path("fix").asText())));
        return new Preview(actions, warnings, ForecastJson.read(root.path("forecast")));
    }

    private static Preview.Action action(JsonNode json) {
        List<String> transforms = new ArrayList<>();
        json.path("transforms").forEach(name -> transforms.add(name.asText()));
        List<Preview.Change> changes = new ArrayList<>();
        json.path("changes")
                .forEach(change -> changes.add(new Preview.Change(
                        change.path("path").asText(), value(change.get("before")), value(change.get("after")))));
        return new Preview.Action(
                Preview.Verb.valueOf(json.path("verb").asText()),
                json.path("kind").asText(),
                json.path("subject").asText(),
                json.path("bytes").asLong(),
                json.path("presentBytes").asLong(),
                json.path("storageClass").asText(),
                json.path("reason").asText(),
                transforms,
                changes,
                json.path("contentDigest").asText());
    }

    private static @Nullable String value(@Nullable JsonNode json) {
        return json == null ? null : json.toString();
    }
}
