package dev.mtc.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads files of manifests and collects everything that is wrong with them. */
final class ManifestReader {

    private final Map<String, ManifestObject> objects = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private ManifestReader() {}

    static List<ManifestObject> read(Path fileOrDirectory) {
        ManifestReader reader = new ManifestReader();
        List<Path> files = files(fileOrDirectory);
        files.forEach(reader::file);
        if (files.isEmpty()) {
            reader.problems.add(Problem.error(
                    fileOrDirectory.toString(),
                    "NoManifests",
                    "the directory has no *.yaml, *.yml or *.json file",
                    "name the directory that holds the manifests itself"));
        }
        if (!reader.problems.isEmpty()) {
            throw new PlanInvalidException("Manifests in " + fileOrDirectory, reader.problems);
        }
        return List.copyOf(reader.objects.values());
    }

    /** {@return live objects, looked at as strictly as files are} */
    static List<ManifestObject> of(Collection<? extends HasMetadata> live) {
        ManifestReader reader = new ManifestReader();
        live.forEach(reader::live);
        if (!reader.problems.isEmpty()) {
            throw new PlanInvalidException("Manifests", reader.problems);
        }
        return List.copyOf(reader.objects.values());
    }

    private void live(HasMetadata object) {
        ManifestKind kind = ManifestKind.of(object.getKind())
                .orElseThrow(() -> new IllegalArgumentException("Kind " + object.getKind()
                        + " is none that a migration is made of; give only " + ManifestKind.words()));
        String id = ManifestObject.id(
                kind, object.getMetadata().getNamespace(), object.getMetadata().getName());
        String json = ManifestObject.JSON.valueToTree(object).toString();
        // JSON is YAML, so that one reader serves both
        if (new Yaml(new SafeConstructor(options())).compose(new StringReader(json)) instanceof MappingNode map) {
            object(map, kind, Lines.of(id));
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return options;
    }

    private static List<Path> files(Path fileOrDirectory) {
        if (Files.isRegularFile(fileOrDirectory)) {
            return List.of(fileOrDirectory);
        } else if (!Files.isDirectory(fileOrDirectory)) {
            throw new IllegalArgumentException("Manifests " + fileOrDirectory
                    + " are neither a file nor a directory; give the path of an existing one");
        }
        try (Stream<Path> entries = Files.list(fileOrDirectory)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Directory " + fileOrDirectory + " cannot be listed; check its permissions", e);
        }
    }

    private void file(Path file) {
        String text = "";
        try {
            text = Files.readString(file);
            for (Node document : new Yaml(new SafeConstructor(options())).composeAll(new StringReader(text))) {
                document(document, file.toString());
            }
        } catch (CharacterCodingException e) {
            wrong(file.toString(), "UnreadableFile", "the file is no UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            wrong(file.toString(), "UnreadableFile", "the file cannot be read: " + e, "check its permissions");
        } catch (YAMLException e) {
            wrong(
                    file + ":" + line(e, text),
                    "BrokenYaml",
                    "the file is no YAML from here on: " + reason(e),
                    "check indentation, quotes and colons on this line and the one before");
        }
    }

    /** A reason without the excerpt that the parser's own messages hold, which could be a secret. */
    private static String reason(YAMLException e) {
        if (e instanceof MarkedYAMLException marked) {
            String problem = String.valueOf(marked.getProblem());
            return marked.getContext() == null ? problem : marked.getContext() + ", " + problem;
        }
        return e instanceof ReaderException ? "it holds a control character" : String.valueOf(e.getMessage());
    }

    private static long line(YAMLException e, String text) {
        if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return marked.getProblemMark().getLine() + 1L;
        } else if (e instanceof ReaderException reader) {
            return 1
                    + text.codePoints()
                            .limit(reader.getPosition())
                            .filter(c -> c == '\n')
                            .count();
        }
        return 1;
    }

    private void document(Node node, String file) {
        if (node.getTag().equals(Tag.NULL)) {
            return;
        }
        Lines lines = new Lines(file);
        lines.put("", node.getStartMark().getLine() + 1);
        if (!(node instanceof MappingNode map)) {
            wrong(lines.where(""), "UnknownKind", "the document is no object", "begin it with apiVersion and kind");
            return;
        }
        if ("List".equals(text(map, "kind")) && "v1".equals(text(map, "apiVersion"))) {
            if (child(map, "items") instanceof SequenceNode items) {
                items.getValue().forEach(item -> document(item, file));
            }
            return;
        }
        String word = text(map, "kind");
        lines.put("kind", line(map, "kind"));
        ManifestKind kind = ManifestKind.of(word).orElse(null);
        if (kind == null) {
            wrong(
                    lines.where("kind"),
                    "UnknownKind",
                    word.isEmpty() ? "the object has no kind" : "kind " + word + " is none that a migration is made of",
                    Nearest.fix(word, ManifestKind.words()));
            return;
        }
        object(map, kind, new Lines(file));
    }

    private void object(MappingNode map, ManifestKind kind, Lines lines) {
        lines.put("", map.getStartMark().getLine() + 1);
        ObjectNode json = StrictFields.read(map, kind, lines, problems);
        String apiVersion = json.path("apiVersion").asText();
        if (!apiVersion.equals(kind.apiVersion())) {
            wrong(
                    lines.where("apiVersion"),
                    "UnknownKind",
                    "apiVersion of " + kind.word() + " is '" + apiVersion + "'",
                    "write apiVersion: " + kind.apiVersion());
        }
        ManifestObject object = new ManifestObject(kind, json, lines);
        if (!Names.isSubdomain(object.name())) {
            wrong(
                    lines.where("metadata.name"),
                    "InvalidName",
                    "metadata.name of " + kind.word() + " is '" + object.name() + "', no RFC 1123 name",
                    "use lower-case letters, digits, '-' and '.'");
            return;
        }
        if (kind == ManifestKind.SECRET) {
            secretData(json.path("data"), lines);
        }
        ManifestObject first = objects.putIfAbsent(object.id(), object);
        if (first != null) {
            wrong(
                    lines.where("metadata.name"),
                    "DuplicateObject",
                    object.id() + " is there already, at " + first.lines().where("metadata.name"),
                    "keep one of the two");
        }
    }

    private void secretData(JsonNode data, Lines lines) {
        data.properties().forEach(entry -> {
            try {
                Base64.getDecoder().decode(entry.getValue().asText().replaceAll("\\s", ""));
            } catch (IllegalArgumentException e) {
                String path = "data." + entry.getKey();
                wrong(
                        lines.where(path),
                        "WrongType",
                        path + " is no base64 text",
                        "encode it, or write it below stringData");
            }
        });
    }

    private static @Nullable Node child(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst()
                .orElse(null);
    }

    private static int line(MappingNode map, String key) {
        Node child = child(map, key);
        return (child == null ? map : child).getStartMark().getLine() + 1;
    }

    private static String text(MappingNode map, String key) {
        return child(map, key) instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private void wrong(String where, String code, String message, String fix) {
        problems.add(Problem.error(where, code, message, fix));
    }
}
