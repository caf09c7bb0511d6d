package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private final AtomicInteger attempts = new AtomicInteger();
    private final Halt halt = new Halt();
    private final Retries retries = new Retries(new Limits(1, 1, Duration.ofMillis(1), 5), halt);

    private static RegistryException failure(Kind kind) {
        return RegistryException.of(kind, "Reason", new Tried("try", "x").but("no", "fix"));
    }

    private String failing(int times, IOException failure) throws IOException {
        if (attempts.incrementAndGet() <= times) {
            throw failure;
        }
        return "done";
    }

    @Test
    void call_afterTransientFailures_returns() throws IOException {
        assertThat(retries.call(() -> failing(4, failure(Kind.TRANSIENT)))).isEqualTo("done");
        assertThat(attempts).hasValue(5);
    }

    @Test
    void call_afterTooManyFailures_throwsTheLast() {
        RegistryException failure = failure(Kind.TRANSIENT);

        assertThatThrownBy(() -> retries.call(() -> failing(9, failure))).isSameAs(failure);
        assertThat(attempts).hasValue(5);
    }

    @Test
    void call_afterOtherFailures_triesOnce() {
        assertThatThrownBy(() -> retries.call(() -> failing(9, failure(Kind.USER_FIXABLE))))
                .isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> retries.call(() -> failing(9, new IOException("raw"))))
                .hasMessage("raw");
        assertThat(attempts).hasValue(2);
    }

    @Test
    void pauses_ofAPatientTransfer_surviveARestartOfTheRegistry() {
        List<Long> pauses = LongStream.rangeClosed(1, Limits.DEFAULT.attempts() - 1)
                .mapToObj(failures -> new Retries(Limits.DEFAULT, halt).millis((int) failures))
                .toList();

        assertThat(pauses.stream().mapToLong(pause -> pause).sum()).isBetween(60_000L, 180_000L);
        assertThat(pauses).allMatch(pause -> pause <= 20_000);
        assertThat(pauses.get(0)).isLessThan(1000);
    }

    @Test
    void call_onceStopped_doesNothing() {
        halt.stop();

        assertThatThrownBy(() -> retries.call(() -> failing(0, failure(Kind.TRANSIENT))))
                .isInstanceOf(StoppedException.class);
        assertThat(attempts).hasValue(0);
    }

    @Test
    void call_stoppedWhileWaiting_ends() {
        RegistryException patient = failure(Kind.TRANSIENT).waiting(Duration.ofSeconds(50));

        assertThatThrownBy(() -> retries.call(() -> {
                    Thread stopper = new Thread(halt::stop);
                    stopper.setDaemon(true);
                    stopper.start();
                    return failing(9, patient);
                }))
                .isInstanceOf(StoppedException.class);
        assertThat(attempts).hasValue(1);
    }
}
