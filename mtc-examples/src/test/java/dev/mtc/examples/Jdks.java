package dev.mtc.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JDKs to try a prompt with: this one and every newer one that the machine has. */
public final class Jdks {

    private static final int OLDEST = 17;

    private Jdks() {}

    /** {@return their homes} */
    public static Stream<Path> all() throws IOException {
        Path own = Path.of(System.getProperty("java.home"));
        Path installed = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(installed)) {
            return Stream.of(own);
        }
        try (Stream<Path> homes = Files.list(installed)) {
            List<Path> newer = homes.filter(home -> !Files.isSymbolicLink(home))
                    .filter(home -> Files.isExecutable(home.resolve("bin/jshell")))
                    .filter(home -> version(home) > OLDEST)
                    .toList();
            return Stream.concat(Stream.of(own), newer.stream()).distinct();
        }
    }

    private static int version(Path home) {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", "").replaceFirst("\\..*", ""))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
