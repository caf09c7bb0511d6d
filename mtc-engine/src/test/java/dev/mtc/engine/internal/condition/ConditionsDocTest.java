package dev.mtc.engine.internal.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the page about conditions against the code. */
class ConditionsDocTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
    private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z]+)`");

    /** The first cells of the table below a heading, one type each. */
    private static List<String> types(String heading) throws IOException {
        String page = Files.readString(MODULE.resolve("docs").resolve("conditions.md"));
        String part = page.substring(page.indexOf("\n## " + heading + "\n") + 1);
        int next = part.indexOf("\n## ", 1);
        return (next < 0 ? part : part.substring(0, next))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|")[1])
                .flatMap(cell -> TYPE.matcher(cell).results().map(result -> result.group(1)))
                .toList();
    }

    private static String code() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String module : List.of("mtc-api", "mtc-engine")) {
            try (Stream<Path> files = Files.walk(
                    MODULE.resolve("..").resolve(module).resolve("src").resolve("main"))) {
                code.append(files.filter(file -> file.toString().endsWith(".java"))
                        .map(ConditionsDocTest::read)
                        .collect(Collectors.joining()));
            }
        }
        return code.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void page_namesWhatIsSet_whichTheCodeHas() throws IOException {
        String code = code();

        assertThat(types("Set")).hasSizeGreaterThan(60).doesNotHaveDuplicates().allSatisfy(type -> assertThat(code)
                .contains("\"" + type + "\""));
    }

    @Test
    void page_namesWhatIsNotSet_whichTheCodeHasNot() throws IOException {
        String code = code();

        assertThat(types("Not set"))
                .hasSizeGreaterThan(40)
                .doesNotHaveDuplicates()
                .allSatisfy(type -> assertThat(code).doesNotContain("\"" + type + "\""))
                .doesNotContainAnyElementsOf(types("Set"));
    }
}
