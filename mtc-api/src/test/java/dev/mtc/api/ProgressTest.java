package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final OptionalLong TOTAL = OptionalLong.of(1000);

    @Test
    void eta_totalAndRate_isTheRestAtThatRate() {
        assertThat(item(250, TOTAL, OptionalDouble.of(500)).eta()).contains(Duration.ofMillis(1500));
    }

    @Test
    void eta_moreThanTotal_isZero() {
        assertThat(item(1200, TOTAL, OptionalDouble.of(500)).eta()).contains(Duration.ZERO);
    }

    @Test
    void eta_unknownTotalOrRate_isUnknown() {
        assertThat(item(250, OptionalLong.empty(), OptionalDouble.of(500)).eta())
                .isEmpty();
        assertThat(item(250, TOTAL, OptionalDouble.empty()).eta()).isEmpty();
        assertThat(item(250, TOTAL, OptionalDouble.of(0)).eta()).isEmpty();
    }

    @Test
    void toString_isShort() {
        assertThat(item(250, TOTAL, OptionalDouble.of(500)))
                .hasToString("Item[volume shop/files running, 250 of 1000, 1 s left]");
        assertThat(progress("")).hasToString("Progress[run-1: 4/24 Verification]");
        assertThat(progress("pod web-1")).hasToString("Progress[run-1: 4/24 Verification, pod web-1]");
    }

    @Test
    void listenerOn_oneType_getsOnlyEventsOfIt() {
        List<String> seen = new ArrayList<>();
        MigrationListener listener = MigrationListener.on(PhaseWaiting.class, event -> seen.add(event.reason()));

        listener.onEvent(new PhaseStarted("run-1", Instant.EPOCH, Phase.STARTED, "Prepare", 1, 24));
        listener.onEvent(new PhaseWaiting("run-1", Instant.EPOCH, Phase.VERIFICATION, "pod web-1"));

        assertThat(seen).containsExactly("pod web-1");
    }

    private static Progress.Item item(long transferred, OptionalLong total, OptionalDouble rate) {
        return new Progress.Item("volume", "shop/files", "running", transferred, total, rate, null);
    }

    private static Progress progress(String waiting) {
        return new Progress("run-1", "Final", Phase.VERIFICATION, "Restore", 4, 24, waiting, List.of(), Instant.EPOCH);
    }
}
