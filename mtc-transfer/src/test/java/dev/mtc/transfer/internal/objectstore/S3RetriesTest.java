package dev.mtc.transfer.internal.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class S3RetriesTest {

    private final S3Retries retries = S3Retries.waiting(Duration.ofMillis(1), Duration.ofMillis(2));
    private final AtomicInteger calls = new AtomicInteger();

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new UnknownHostException("s3.invalid"), 3),
                Arguments.of(new ConnectException("Connection refused"), 3),
                Arguments.of(new NoRouteToHostException("No route to host"), 3),
                Arguments.of(new SocketTimeoutException("Connect timed out"), 3),
                Arguments.of(new SocketTimeoutException("Read timed out"), 8),
                Arguments.of(new SocketException("Connection reset"), 8),
                Arguments.of(new SSLHandshakeException("unable to find valid certification path"), 1));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void call_networkFails_isTriedAsOftenAsThatMayHelp(IOException failure, int tries) {
        assertThatThrownBy(() -> retries.call(failing(SdkClientException.create("failed", failure))))
                .isInstanceOf(SdkException.class)
                .hasCause(failure);
        assertThat(calls).hasValue(tries);
    }

    @Test
    void call_clientRefuses_isTriedOnce() {
        assertThatThrownBy(() -> retries.call(failing(SdkClientException.create("Unable to load credentials"))))
                .isInstanceOf(SdkException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void call_interruptedWhileWaiting_endsAndKeepsTheFlag() {
        S3Retries patient = S3Retries.waiting(Duration.ofMinutes(5), Duration.ofMinutes(5));
        boolean flag;
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> patient.call(
                            failing(SdkClientException.create("failed", new SocketException("Connection reset")))))
                    .isInstanceOf(SdkException.class);
        } finally {
            flag = Thread.interrupted();
        }
        assertThat(flag).isTrue();
        assertThat(calls).hasValue(1);
    }

    private Supplier<String> failing(SdkException failure) {
        return () -> {
            calls.incrementAndGet();
            throw failure;
        };
    }
}
