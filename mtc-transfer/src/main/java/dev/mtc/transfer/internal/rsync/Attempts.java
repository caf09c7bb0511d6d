package dev.mtc.transfer.internal.rsync;

import java.time.Duration;

/** How often and how soon a sender is started again. */
final class Attempts {

    static final int LIMIT = 5;

    private Attempts() {}

    /** {@return how long to wait after an attempt has failed: 2, 4, 8, 16 seconds} */
    static Duration delayAfter(int attempt) {
        return Duration.ofSeconds(1L << Math.min(attempt, 6));
    }
}
