package dev.mtc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The image that is recommended for mover pods is the one that real tests run. */
class MoverImageTest {

    private static final Path EXAMPLES = Path.of(System.getProperty("basedir", "."));

    @Test
    void packages_ofTheContainerfile_areThoseOfTheTestBed() throws IOException {
        List<String> recommended =
                words("mover-image/Containerfile", "apt-get install -y --no-install-recommends ([^\\\\]*)\\\\");
        List<String> tested =
                words("testbed/lib/images.sh", "MOVER_PACKAGES=\\(\"\\$\\{SHELL_PACKAGES\\[@]}\" ([^)]*)\\)");

        assertThat(recommended).contains("rsync", "stunnel4", "restic");
        assertThat(tested).as("the test bed has two more, to look around with").contains("socat", "openssh-client");
        assertThat(recommended)
                .containsExactlyInAnyOrderElementsOf(tested.stream()
                        .filter(name -> !List.of("socat", "openssh-client").contains(name))
                        .toList());
    }

    private static List<String> words(String file, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(EXAMPLES.resolve(file)));
        assertThat(found.find()).as(file + " has " + pattern).isTrue();
        return Arrays.asList(found.group(1).strip().split("\\s+"));
    }
}
