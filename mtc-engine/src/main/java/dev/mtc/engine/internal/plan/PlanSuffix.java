package dev.mtc.engine.internal.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The suffix of a plan, which converted claims have in their names. It follows from the plan's uid, so that every run of the plan
 * has the same, whatever it knows of others.
 */
public final class PlanSuffix {

    /** Kubernetes' alphabet for generated names: nothing that makes words or looks like something else. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int LENGTH = 4;

    private PlanSuffix() {}

    /** {@return the suffix of a plan} */
    public static String of(String planUid) {
        byte[] digest = digest(planUid);
        return IntStream.range(0, LENGTH)
                .map(i -> Byte.toUnsignedInt(digest[2 * i]) << Byte.SIZE | Byte.toUnsignedInt(digest[2 * i + 1]))
                .mapToObj(number -> ALPHABET.substring(number % ALPHABET.length(), number % ALPHABET.length() + 1))
                .collect(Collectors.joining());
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
