package dev.mtc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Public types tell since which version they are there. */
class SinceTest {

    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("^public (?:[a-z-]+ )*(?:class|interface|record|enum|@interface) ", Pattern.MULTILINE);
    private static final Pattern SINCE = Pattern.compile("^ \\* @since \\d+\\.\\d+$", Pattern.MULTILINE);

    @Test
    void publicTypes_ofPublishedPackages_haveASince() throws IOException {
        List<Path> types = Stream.of(
                        "mtc-api/src/main/java/dev/mtc/api",
                        "mtc-engine/src/main/java/dev/mtc/engine/testing",
                        "mtc-transfer/src/main/java/dev/mtc/transfer/testing",
                        "mtc-examples/testkit/src/main/java/dev/mtc/testkit")
                .flatMap(folder -> files(Pages.ROOT.resolve(folder)))
                .filter(file -> PUBLIC_TYPE.matcher(Pages.text(file)).find())
                .toList();

        assertThat(types).hasSizeGreaterThan(100);
        assertThat(types)
                .filteredOn(file -> !SINCE.matcher(Pages.text(file)).find())
                .as("add @since with the coming version to the Javadoc of these types")
                .isEmpty();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
