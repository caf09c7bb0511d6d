package dev.mtc.transfer.internal.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tree of the test bed's sample application that has one of everything, and a listing of all that a copy must keep. */
public final class AwkwardTree {

    private static final Path SAMPLE = Path.of("..", "mtc-examples", "testbed", "samples", "shop.yaml");

    private AwkwardTree() {}

    public static String script() {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(SAMPLE.toFile())) {
            while (documents.hasNext()) {
                JsonNode script = documents.next().at("/data/fill.sh");
                if (!script.isMissingNode()) {
                    // it is run in the volume's own directory
                    return script.asText().replaceFirst("(?m)^cd /files$", "");
                }
            }
            throw new AssertionError(SAMPLE + " has no script fill.sh any more");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the lines of the listings that are on one side only; each side is known to have more than none} */
    public static List<String> difference(RealBed.Pair pair) {
        Collection<String> source = listing(pair::onSource);
        Collection<String> target = listing(pair::onTarget);
        if (source.size() < 5) {
            throw new AssertionError("The listing of the source says too little: " + source);
        }
        return Stream.concat(
                        source.stream().filter(line -> !target.contains(line)).map(line -> "- " + line),
                        target.stream().filter(line -> !source.contains(line)).map(line -> "+ " + line))
                .toList();
    }

    /** {@return mode, owner, time, links, target, attributes, ACLs and content of all below the directory of the shell} */
    private static Set<String> listing(UnaryOperator<String> shell) {
        return shell.apply("export LC_ALL=C; { find . -type d -printf '%p %m %U %G %T@\\n'; "
                        + "find . ! -type d -printf '%p %y %m %U %G %s %T@ %n %l\\n'; "
                        + "find . -type f -exec sha256sum {} +; "
                        + "getfattr -R -P -h -d -m - . 2>/dev/null; getfacl -R -P -n . 2>/dev/null; } | sort")
                .lines()
                .collect(Collectors.toSet());
    }
}
