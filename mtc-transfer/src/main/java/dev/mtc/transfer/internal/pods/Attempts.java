package dev.mtc.transfer.internal.pods;

import java.time.Duration;

/** How often and how soon a sender is started again. */
public final class Attempts {

    public static final int LIMIT = 5;

    private Attempts() {}

    /** {@return how long to wait after an attempt has failed: 2, 4, 8, 16 seconds} */
    public static Duration delayAfter(int attempt) {
        return Duration.ofSeconds(1L << Math.min(attempt, 6));
    }
}
