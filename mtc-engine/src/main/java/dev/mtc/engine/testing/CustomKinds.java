package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.testing.ResourceType.Column;
import dev.mtc.engine.testing.ResourceType.ScalePaths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Custom resource definitions: their conditions, and the kinds that they define. */
final class CustomKinds {

    private CustomKinds() {}

    /** Fills in names, and says that they are accepted and served. */
    static void accept(ObjectNode definition) {
        ObjectNode spec = Trees.in(definition, "spec");
        ObjectNode names = Trees.in(spec, "names");
        String expected = Trees.text(names, "plural") + "." + Trees.text(spec, "group");
        if (!expected.equals(Trees.name(definition))) {
            throw ApiError.invalid(
                    "CustomResourceDefinition",
                    "apiextensions.k8s.io",
                    Trees.name(definition),
                    List.of(new ApiError.Cause(
                            "FieldValueInvalid",
                            "Invalid value: \"" + Trees.name(definition)
                                    + "\": must be spec.names.plural+\".\"+spec.group",
                            "metadata.name")));
        }
        Trees.preset(names, "singular", Trees.text(names, "kind").toLowerCase(Locale.ROOT));
        Trees.preset(names, "listKind", Trees.text(names, "kind") + "List");
        ObjectNode status = Trees.in(definition, "status");
        status.set("acceptedNames", names.deepCopy());
        ArrayNode stored = Trees.array();
        spec.path("versions").forEach(version -> {
            if (version.path("storage").asBoolean()) {
                stored.add(Trees.text(version, "name"));
            }
        });
        status.set("storedVersions", stored);
        status.putArray("conditions")
                .add(condition("NamesAccepted", "NoConflicts", "no conflicts found"))
                .add(condition("Established", "InitialNamesAccepted", "the initial names have been accepted"));
    }

    private static ObjectNode condition(String type, String reason, String message) {
        return Trees.object(
                "type",
                type,
                "status",
                "True",
                "reason",
                reason,
                "message",
                message,
                "lastTransitionTime",
                Trees.now());
    }

    /** {@return the served versions of the kind, the stored one first} */
    static List<ResourceType> of(ObjectNode definition) {
        List<ResourceType> types = new ArrayList<>();
        for (JsonNode version : Trees.at(definition, "spec", "versions")) {
            if (version.path("served").asBoolean()) {
                types.add(
                        version.path("storage").asBoolean() ? 0 : types.size(), type(definition.path("spec"), version));
            }
        }
        return types;
    }

    private static ResourceType type(JsonNode spec, JsonNode version) {
        JsonNode names = spec.path("names");
        Set<String> subresources = new HashSet<>();
        version.path("subresources").fieldNames().forEachRemaining(subresources::add);
        JsonNode scale = Trees.at(version, "subresources", "scale");
        String group = Trees.text(spec, "group");
        String plural = Trees.text(names, "plural");
        return new ResourceType(
                group,
                Trees.text(version, "name"),
                Trees.text(names, "kind"),
                new ResourceType.Names(
                        plural,
                        Trees.text(names, "singular"),
                        texts(names.path("shortNames")),
                        texts(names.path("categories"))),
                Trees.text(spec, "scope").equals("Namespaced"),
                group + "/" + plural,
                subresources,
                columns(version.path("additionalPrinterColumns")),
                new ScalePaths(
                        Trees.text(scale, "specReplicasPath"),
                        Trees.text(scale, "statusReplicasPath"),
                        Trees.text(scale, "labelSelectorPath")),
                Trees.at(version, "schema", "openAPIV3Schema"),
                true);
    }

    private static List<Column> columns(JsonNode printed) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : printed) {
            columns.add(new Column(
                    Trees.text(column, "name"),
                    Trees.text(column, "type"),
                    Trees.text(column, "jsonPath"),
                    Trees.number(column, 0, "priority")));
        }
        return columns;
    }

    private static List<String> texts(JsonNode list) {
        return Trees.items(list).stream().map(JsonNode::asText).toList();
    }
}
