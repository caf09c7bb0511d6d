package dev.mtc.transfer.internal.rsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The tree of the test bed's sample application that has one of everything, and a listing of all that a copy must keep. */
final class AwkwardTree {

    private static final Path SAMPLE = Path.of("..", "mtc-examples", "testbed", "samples", "shop.yaml");

    private AwkwardTree() {}

    static String script() {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(SAMPLE.toFile())) {
            while (documents.hasNext()) {
                JsonNode script = documents.next().at("/data/fill.sh");
                if (!script.isMissingNode()) {
                    return script.asText();
                }
            }
            throw new AssertionError(SAMPLE + " has no script fill.sh any more");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return mode, owner, time, links, target, attributes, ACLs and content of all below the directory of the shell} */
    static String listing(UnaryOperator<String> shell) {
        return shell.apply("export LC_ALL=C; { find . -type d -printf '%p %m %U %G %T@\\n'; "
                + "find . ! -type d -printf '%p %y %m %U %G %s %T@ %n %l\\n'; "
                + "find . -type f -exec sha256sum {} +; "
                + "getfattr -R -P -h -d -m - . 2>/dev/null; getfacl -R -P -n . 2>/dev/null; } | sort");
    }
}
