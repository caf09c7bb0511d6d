package dev.mtc.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Manifests of all kinds that belong together, of which tests change their own copy. */
final class ManifestSample {

    private ManifestSample() {}

    static void copyTo(Path directory) {
        try (Stream<Path> files = Files.list(
                Path.of(ManifestSample.class.getResource("/manifests/sample").toURI()))) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName().toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
