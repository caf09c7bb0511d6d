package dev.mtc.engine.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.engine.internal.transfer.Transfers.Pace;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static List<Long> pauses(Pace pace) {
        return Stream.iterate(pace.soon(), pace::after)
                .limit(6)
                .map(Duration::toMillis)
                .toList();
    }

    @Test
    void after_withoutNews_growsToTheLongestPause() {
        assertThat(pauses(Pace.local(1))).containsExactly(50L, 100L, 200L, 400L, 500L, 500L);
        assertThat(pauses(Pace.remote(1))).containsOnly(500L);
    }
}
