package dev.mtc.engine.internal.state;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Names made from {@code metadata.generateName}, as an API server makes them. */
final class GeneratedNames {

    /** No vowels and nothing that looks like one, so that no words come out. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX = 5;
    private static final int MAX_BASE = 63 - SUFFIX;

    private GeneratedNames() {}

    static String next(String base) {
        return base.substring(0, Math.min(base.length(), MAX_BASE))
                + ThreadLocalRandom.current()
                        .ints(SUFFIX, 0, ALPHABET.length())
                        .mapToObj(i -> ALPHABET.substring(i, i + 1))
                        .collect(Collectors.joining());
    }
}
