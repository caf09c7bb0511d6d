package dev.mtc.engine.internal.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static long seconds(int atOnce, Integer... durations) {
        List<Duration> all = Stream.of(durations).map(Duration::ofSeconds).toList();
        return Lanes.total(all, atOnce).toSeconds();
    }

    @Test
    void total_beginsTheNextWhenOneEnds() {
        assertThat(seconds(4)).isZero();
        assertThat(seconds(1, 3, 4)).isEqualTo(7);
        assertThat(seconds(4, 3, 4, 5, 6)).isEqualTo(6);
        assertThat(seconds(2, 10, 1, 2, 3)).isEqualTo(10);
        assertThat(seconds(2, 1, 2, 10)).isEqualTo(11);
    }
}
