package dev.mtc.examples.real;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** How many moments to kill or cancel at, and how many plans at once, real tests try: all with {@code -Dmtc.exhaustive=true}, else a few. */
final class Moments {

    private static final boolean EXHAUSTIVE = Boolean.getBoolean("mtc.exhaustive");

    private Moments() {}

    /** {@return how many are tried} */
    static int count(int few, int all) {
        return EXHAUSTIVE ? all : few;
    }

    /** Skips a test of several alike unless chance picked it or all are tried. */
    static void assumePicked(int one, int picked) {
        assumeTrue(EXHAUSTIVE || one == picked, "chance picked another one; -Dmtc.exhaustive=true tries all");
    }

    /** {@return some of them in their order} */
    static <T> List<T> of(List<T> all, int few, long seed) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(seed));
        List<T> chosen = shuffled.subList(0, count(few, all.size()));
        return all.stream().filter(chosen::contains).toList();
    }
}
