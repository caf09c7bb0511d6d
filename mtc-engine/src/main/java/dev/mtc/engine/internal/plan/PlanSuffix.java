package dev.mtc.engine.internal.plan;

import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The suffix that a plan gets once and that converted claims have in their names. */
public final class PlanSuffix {

    /** Kubernetes' alphabet for generated names: nothing that makes words or looks like something else. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int LENGTH = 4;

    private PlanSuffix() {}

    /** {@return a new suffix} */
    public static String next(RandomGenerator random) {
        return random.ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(i -> ALPHABET.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
