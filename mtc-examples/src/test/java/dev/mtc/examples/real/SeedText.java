package dev.mtc.examples.real;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Manifests with placeholders, which stand for values that a test gives or for {@code MTC_*} variables. */
final class SeedText {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z0-9_]+)}");

    private SeedText() {}

    static String of(String resource, Map<String, String> values) {
        try (InputStream in = Objects.requireNonNull(SeedText.class.getResourceAsStream(resource), resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return PLACEHOLDER
                    .matcher(text)
                    .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), values)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String value(String name, Map<String, String> values) {
        String value = values.get(name);
        return value == null ? RealClusters.env(name) : value;
    }
}
