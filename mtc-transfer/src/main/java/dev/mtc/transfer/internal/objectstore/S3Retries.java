package dev.mtc.transfer.internal.objectstore;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one place where calls to S3 are tried again: what may pass by itself for half a minute, a server that is not there
 * only for a moment, everything else never. Immutable.
 */
final class S3Retries {

    private static final int TRIES = 8;
    private static final int TRIES_TO_REACH = 3;

    private final Retry passing;
    private final Retry unreachable;

    private S3Retries(Duration first, Duration longest) {
        IntervalFunction waits = IntervalFunction.ofExponentialRandomBackoff(first, 2, 0.3, longest);
        this.passing = retry("s3", TRIES, S3Fault.Kind.TRANSIENT, waits);
        this.unreachable = retry("s3-reach", TRIES_TO_REACH, S3Fault.Kind.UNREACHABLE, waits);
    }

    static S3Retries standard() {
        return new S3Retries(Duration.ofMillis(200), Duration.ofSeconds(10));
    }

    /** {@return the same number of tries, the first and longest wait as given} */
    static S3Retries waiting(Duration first, Duration longest) {
        return new S3Retries(first, longest);
    }

    private static Retry retry(String name, int tries, S3Fault.Kind kind, IntervalFunction waits) {
        return Retry.of(
                name,
                RetryConfig.custom()
                        .maxAttempts(tries)
                        .intervalFunction(waits)
                        .retryOnException(e ->
                                e instanceof SdkException sdk && S3Fault.of(sdk).kind() == kind)
                        .build());
    }

    /**
     * {@return what the call returns}
     *
     * @throws SdkException its last failure
     */
    <T> T call(Supplier<T> call) {
        try {
            return passing.executeSupplier(() -> unreachable.executeSupplier(call));
        } catch (CancellationException e) {
            throw AbortedException.create("interrupted", e);
        }
    }
}
