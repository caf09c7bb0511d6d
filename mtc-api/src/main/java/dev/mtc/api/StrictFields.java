package dev.mtc.api;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns the nodes of one YAML document into JSON that fits a type of the model, and complains about everything that does
 * not: fields the type does not have, wrong types, keys that are there twice.
 */
final class StrictFields {

    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Lines lines;
    private final Scalars scalars;
    private final List<Problem> problems;

    private StrictFields(Lines lines, boolean secret, List<Problem> problems) {
        this.lines = lines;
        this.scalars = secret ? Scalars.ofSecret() : Scalars.shown();
        this.problems = problems;
    }

    /** {@return the object as JSON without what was wrong} */
    static ObjectNode read(MappingNode root, ManifestKind kind, Lines lines, List<Problem> problems) {
        StrictFields reader = new StrictFields(lines, kind == ManifestKind.SECRET, problems);
        return reader.object(root, FieldTypes.of(kind), "");
    }

    private @Nullable JsonNode value(Node node, JavaType type, String path) {
        if (node.getTag().equals(Tag.NULL)) {
            return null;
        }
        if (!(node instanceof ScalarNode) && !open.add(node)) {
            return wrong(node, path, "RecursiveField", path + " contains itself through a YAML alias", "write it out");
        }
        try {
            if (type.isCollectionLikeType()) {
                return list(node, type.getContentType(), path);
            } else if (type.isMapLikeType()) {
                return node instanceof MappingNode map
                        ? map(map, type.getContentType(), path)
                        : wrongType(node, path, "an object");
            } else if (Scalars.isScalar(type)) {
                return scalar(node, type, path);
            }
            Map<String, JavaType> fields = FieldTypes.of(type);
            if (fields.isEmpty()) {
                return free(node, path);
            }
            return node instanceof MappingNode map ? object(map, fields, path) : wrongType(node, path, "an object");
        } finally {
            open.remove(node);
        }
    }

    private @Nullable JsonNode scalar(Node node, JavaType type, String path) {
        if (!(node instanceof ScalarNode scalar)) {
            return wrongType(node, path, Scalars.wanted(type));
        }
        JsonNode value = scalars.read(scalar, type);
        return value == null ? wrongType(node, path, Scalars.wanted(type)) : value;
    }

    private @Nullable JsonNode list(Node node, JavaType type, String path) {
        if (!(node instanceof SequenceNode sequence)) {
            return wrongType(node, path, "a list");
        }
        ArrayNode array = MAKE.arrayNode();
        for (Node element : sequence.getValue()) {
            String elementPath = path + "[" + array.size() + "]";
            lines.put(elementPath, line(element));
            JsonNode value = element.getTag().equals(Tag.NULL)
                    ? wrong(
                            element,
                            elementPath,
                            "WrongType",
                            elementPath + " is empty",
                            "give it a value or remove it")
                    : value(element, type, elementPath);
            // a hole keeps the paths of the elements behind it right; it is never used, because it was complained about
            array.add(value == null ? MAKE.nullNode() : value);
        }
        return array;
    }

    private ObjectNode map(MappingNode node, JavaType type, String path) {
        ObjectNode object = MAKE.objectNode();
        keys(node, path).forEach((key, content) -> {
            JsonNode value = value(content, type, below(path, key));
            if (value != null) {
                object.set(key, value);
            }
        });
        return object;
    }

    private ObjectNode object(MappingNode node, Map<String, JavaType> fields, String path) {
        ObjectNode object = MAKE.objectNode();
        keys(node, path).forEach((key, content) -> {
            JavaType type = fields.get(key);
            boolean status = below(path, key).startsWith("status.");
            JsonNode value;
            if (type == null) {
                // a newer MTC may report more than we know; only what the user writes must be known
                value = status ? free(content, below(path, key)) : unknown(key, fields.keySet(), path);
            } else {
                value = value(content, type, below(path, key));
            }
            if (value != null) {
                object.set(key, value);
            }
        });
        return object;
    }

    private Map<String, Node> keys(MappingNode node, String path) {
        Map<String, Node> keys = new LinkedHashMap<>();
        Set<String> complained = new HashSet<>();
        for (NodeTuple tuple : node.getValue()) {
            Node keyNode = tuple.getKeyNode();
            if (!(keyNode instanceof ScalarNode scalar) || keyNode.getTag().equals(Tag.MERGE)) {
                wrong(
                        keyNode,
                        path,
                        "UnknownField",
                        place(path) + " has a merge key or a key that is no text",
                        "write the fields out");
                continue;
            }
            String key = scalar.getValue();
            String below = below(path, key);
            if (keys.putIfAbsent(key, tuple.getValueNode()) == null) {
                lines.put(below, line(keyNode));
            } else if (complained.add(key)) {
                wrong(
                        keyNode,
                        path,
                        "DuplicateField",
                        below + " is set twice, first at " + lines.where(below),
                        "keep one of the two");
            }
        }
        return keys;
    }

    private @Nullable JsonNode unknown(String key, Set<String> known, String path) {
        problems.add(Problem.error(
                lines.where(below(path, key)),
                "UnknownField",
                below(path, key) + " is no field of " + place(path),
                Nearest.fix(key, known)));
        return null;
    }

    private @Nullable JsonNode free(Node node, String path) {
        if (node instanceof MappingNode map) {
            return map(map, FieldTypes.javaType(Object.class), path);
        } else if (node instanceof SequenceNode) {
            return list(node, FieldTypes.javaType(Object.class), path);
        }
        return scalars.free((ScalarNode) node);
    }

    private @Nullable JsonNode wrongType(Node node, String path, String wanted) {
        return wrong(
                node,
                path,
                "WrongType",
                path + " is " + scalars.describe(node) + ", not " + wanted,
                Scalars.fix(wanted));
    }

    private @Nullable JsonNode wrong(Node node, String path, String code, String message, String fix) {
        lines.put(path, line(node));
        problems.add(Problem.error(lines.at(line(node)), code, message, fix));
        return null;
    }

    private static String place(String path) {
        return path.isEmpty() ? "the object" : path;
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
