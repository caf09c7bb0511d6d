package dev.mtc.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A secret text: a token, key or password. It is read when it is needed, never printed and never stored by mtc.
 * Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Secret {

    private final String origin;
    private final Supplier<String> text;

    private Secret(String origin, Supplier<String> text) {
        this.origin = origin;
        this.text = text;
    }

    /**
     * {@return the secret that an environment variable holds}
     *
     * @param variable the variable's name
     * @throws IllegalArgumentException if the variable is not set or empty
     */
    public static Secret fromEnv(String variable) {
        String value = System.getenv(Objects.requireNonNull(variable, "variable"));
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("Environment variable " + variable
                    + " is not set; export it before the JVM starts, or use Secret.fromFile");
        }
        return new Secret("env " + variable, () -> value);
    }

    /**
     * {@return the secret that a file holds, without surrounding white space} The file is read again at each use, so
     * a rotated token is seen.
     *
     * @param file a readable file of UTF-8 text
     * @throws IllegalArgumentException if the file cannot be read now or is empty
     */
    public static Secret fromFile(Path file) {
        Objects.requireNonNull(file, "file");
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "Secret file " + file + " is not a readable file; check its path and permissions");
        }
        if (read(file).isEmpty()) {
            throw new IllegalArgumentException(
                    "Secret file " + file + " is empty; write the token, key or password into it");
        }
        return new Secret("file " + file, () -> read(file));
    }

    /**
     * {@return a secret given as text}
     *
     * @param text the secret, not blank
     * @throws IllegalArgumentException if the text is blank
     */
    public static Secret of(String text) {
        if (Objects.requireNonNull(text, "text").isBlank()) {
            throw new IllegalArgumentException("The secret is blank; give the token, key or password itself");
        }
        return new Secret("given", () -> text);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Secret file " + file + " cannot be read as UTF-8 text; check it and its permissions", e);
        }
    }

    /**
     * {@return the secret itself; keep it out of logs and messages}
     *
     * @throws UncheckedIOException if the file behind it cannot be read any more
     */
    public String reveal() {
        return text.get();
    }

    @Override
    public String toString() {
        return "Secret[" + origin + "]";
    }
}
