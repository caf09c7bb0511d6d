package dev.mtc.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Trusted certificate authorities in PEM form, in a file or as text; exactly one of the two is there.
 *
 * @param file read at each use, so that a renewed bundle is seen
 * @param text the certificates themselves
 */
record Authorities(@Nullable Path file, @Nullable String text) {

    static Authorities in(Path file) {
        return new Authorities(Objects.requireNonNull(file, "pem"), null);
    }

    static Authorities of(byte[] pem) {
        String text = new String(pem, StandardCharsets.UTF_8);
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            throw new IllegalArgumentException("The CA bundle holds no PEM certificate; give text that begins with "
                    + "-----BEGIN CERTIFICATE-----");
        }
        return new Authorities(null, text);
    }

    String pem() {
        if (text != null) {
            return text;
        }
        try {
            return Files.readString(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException("CA bundle " + file + " cannot be read; check its path", e);
        }
    }
}
