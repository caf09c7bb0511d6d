package dev.mtc.transfer.internal.pods;

import dev.mtc.api.spi.TransferStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;

/** How often and how soon a sender is started again. */
public final class Attempts {

    public static final int LIMIT = 5;

    private Attempts() {}

    /** {@return a pod at work, as others are told of it} */
    public static TransferStatus.Helper helper(Pod pod) {
        return new TransferStatus.Helper(PodState.name(pod), PodState.attempt(pod), LIMIT);
    }

    /** {@return how long to wait after an attempt has failed: 2, 4, 8, 16 seconds} */
    public static Duration delayAfter(int attempt) {
        return Duration.ofSeconds(1L << Math.min(attempt, 6));
    }
}
