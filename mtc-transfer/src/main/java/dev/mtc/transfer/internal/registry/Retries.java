package dev.mtc.transfer.internal.registry;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where calls are tried again: those that failed with a {@linkplain RegistryException#isTransient()
 * transient} cause, a few times, with growing pauses or the pause that the registry asks for.
 */
final class Retries {

    /** Something that can be tried again. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    /** Pauses grow until they are so many times the first one. */
    private static final int LONGEST_PAUSE = 80;

    private final IntervalFunction growing;
    private final Retry retry;
    private final Halt halt;

    /**
     * Makes one for a transfer.
     *
     * @param limits how often and after which pauses
     * @param halt ends the pauses
     */
    Retries(Limits limits, Halt halt) {
        this.halt = halt;
        this.growing = IntervalFunction.ofExponentialRandomBackoff(
                limits.firstPause(), 2.0, 0.3, limits.firstPause().multipliedBy(LONGEST_PAUSE));
        this.retry = Retry.of(
                "registry",
                RetryConfig.custom()
                        .maxAttempts(limits.attempts())
                        .retryOnException(Retries::mayHelp)
                        .intervalBiFunction((attempt, outcome) -> {
                            Duration asked = requestedWait(outcome.isLeft() ? outcome.getLeft() : null);
                            return asked == null ? millis(attempt) : asked.toMillis();
                        })
                        .build());
    }

    private static boolean mayHelp(Throwable failure) {
        if (!(failure instanceof RegistryException known) || !known.isTransient()) {
            return false;
        }
        Duration asked = known.requestedWait();
        return asked == null || asked.compareTo(LONGEST_WAIT) <= 0;
    }

    private static @Nullable Duration requestedWait(@Nullable Throwable failure) {
        return failure instanceof RegistryException known ? known.requestedWait() : null;
    }

    Halt halt() {
        return halt;
    }

    /** Waits before something is tried again that is counted elsewhere, longer each time. */
    void pause(int failures) throws IOException {
        halt.pause(Duration.ofMillis(millis(failures)));
    }

    /** {@return how long to wait after so many failures} */
    long millis(int failures) {
        return growing.apply(failures);
    }

    <T> T call(Attempt<T> attempt) throws IOException {
        Retry.AsyncContext<T> context = retry.asyncContext();
        while (true) {
            halt.check();
            try {
                T result = attempt.run();
                context.onComplete();
                return result;
            } catch (IOException e) {
                halt.check();
                long pause = context.onError(e);
                if (pause < 0) {
                    throw e;
                }
                LOG.debug("Trying again in {} ms: {}", pause, e.getMessage());
                halt.pause(Duration.ofMillis(pause));
            }
        }
    }
}
