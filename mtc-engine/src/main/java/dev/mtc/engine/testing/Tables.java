package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.mtc.engine.testing.ResourceType.Column;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Tables as {@code kubectl get} prints them. */
final class Tables {

    private static final String AGE = ".metadata.creationTimestamp";

    private Tables() {}

    static ObjectNode of(ResourceType type, List<ObjectNode> trees) {
        List<Column> columns = columns(type);
        ObjectNode table = Trees.object("kind", "Table", "apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata");
        ArrayNode definitions = table.putArray("columnDefinitions");
        for (Column column : columns) {
            definitions
                    .addObject()
                    .put("name", column.name())
                    .put("type", column.type().equals("date") ? "string" : column.type())
                    .put("format", column.path().equals(".metadata.name") ? "name" : "")
                    .put("description", "")
                    .put("priority", column.priority());
        }
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode tree : trees) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            columns.forEach(column -> cells.add(cell(column, tree)));
            row.set("object", Rendering.metadata(tree));
        }
        return table;
    }

    private static List<Column> columns(ResourceType type) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("Name", "string", ".metadata.name", 0));
        columns.addAll(type.columns());
        // A custom kind that declares columns prints an age only if it declares that, too.
        if (!type.custom() || type.columns().isEmpty()) {
            columns.add(new Column("Age", "date", AGE, 0));
        }
        return columns;
    }

    private static JsonNode cell(Column column, ObjectNode tree) {
        if (column.path().endsWith(":")) {
            return TextNode.valueOf(computed(column.path(), tree));
        }
        JsonNode value = JsonPath.find(tree, column.path());
        if (column.type().equals("date")) {
            return TextNode.valueOf(age(value.asText("")));
        }
        if (value.isMissingNode() || value.isNull()) {
            return column.type().equals("integer") ? IntNode.valueOf(0) : NullNode.getInstance();
        }
        return value.isContainerNode() ? TextNode.valueOf(value.toString()) : value;
    }

    private static String computed(String what, ObjectNode tree) {
        JsonNode spec = tree.path("spec");
        JsonNode status = tree.path("status");
        return switch (what) {
            case "data:" ->
                Integer.toString(
                        tree.path("data").size() + tree.path("binaryData").size());
            case "secrets:" -> Integer.toString(tree.path("secrets").size());
            case "ready/replicas:" ->
                Trees.number(status, 0, "readyReplicas") + "/" + Trees.number(spec, 0, "replicas");
            case "completions:" -> Trees.number(status, 0, "succeeded") + "/" + Trees.number(spec, 1, "completions");
            case "accessModes:" ->
                Trees.items(spec.path("accessModes")).stream()
                        .map(Tables::shortMode)
                        .collect(Collectors.joining(","));
            case "claim:" ->
                spec.has("claimRef")
                        ? Trees.text(spec, "claimRef", "namespace") + "/" + Trees.text(spec, "claimRef", "name")
                        : "";
            case "ports:" ->
                Trees.items(spec.path("ports")).stream().map(Tables::port).collect(Collectors.joining(","));
            case "ready:" -> isReady(status) ? "Ready" : "NotReady";
            default -> pod(what, tree, status);
        };
    }

    private static String pod(String what, ObjectNode tree, JsonNode status) {
        List<JsonNode> containers = Trees.items(status.path("containerStatuses"));
        return switch (what) {
            case "containers:" ->
                containers.stream().filter(c -> c.path("ready").asBoolean()).count() + "/"
                        + Trees.at(tree, "spec", "containers").size();
            case "restarts:" ->
                Integer.toString(containers.stream()
                        .mapToInt(c -> Trees.number(c, 0, "restartCount"))
                        .sum());
            default -> {
                String waiting = containers.stream()
                        .map(c -> Trees.text(c, "state", "waiting", "reason"))
                        .filter(reason -> !reason.isEmpty())
                        .findFirst()
                        .orElse(Trees.text(status, "phase"));
                yield Trees.isDeleting(tree) ? "Terminating" : waiting.equals("Succeeded") ? "Completed" : waiting;
            }
        };
    }

    private static boolean isReady(JsonNode status) {
        return Trees.items(status.path("conditions")).stream()
                .anyMatch(c -> Trees.text(c, "type").equals("Ready")
                        && Trees.text(c, "status").equals("True"));
    }

    private static String port(JsonNode port) {
        String node = port.has("nodePort") ? ":" + Trees.text(port, "nodePort") : "";
        return Trees.text(port, "port") + node + "/" + Trees.text(port, "protocol");
    }

    private static String shortMode(JsonNode mode) {
        return switch (mode.asText()) {
            case "ReadWriteOnce" -> "RWO";
            case "ReadOnlyMany" -> "ROX";
            case "ReadWriteMany" -> "RWX";
            default -> mode.asText();
        };
    }

    private static String age(String since) {
        try {
            Duration age = Duration.between(Instant.parse(since), Instant.now());
            if (age.toMinutes() < 2) {
                return Math.max(0, age.toSeconds()) + "s";
            } else if (age.toHours() < 3) {
                return age.toMinutes() + "m";
            }
            return age.toDays() < 3 ? age.toHours() + "h" : age.toDays() + "d";
        } catch (DateTimeParseException e) {
            return "<unknown>";
        }
    }
}
