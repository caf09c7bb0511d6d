package dev.mtc.engine.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.OutcomeUnknownException;
import dev.mtc.api.Remedy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreOutageTest {

    private static final ClusterAccessException PASSES =
            new ClusterAccessException(Remedy.RETRY, "no answer; try again later", 0, null);

    private final StandingClock clock = new StandingClock();
    private final StoreOutage outage = new StoreOutage("run", clock);

    @Test
    void pause_againAndAgain_growsToHalfAMinuteAndEndsAfterTen() {
        List<Duration> pauses = new ArrayList<>();
        Optional<Duration> pause = outage.pause(PASSES);
        while (pause.isPresent()) {
            pauses.add(pause.get());
            clock.now = clock.now.plus(pause.get());
            pause = outage.pause(PASSES);
        }

        assertThat(pauses)
                .startsWith(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2))
                .endsWith(Duration.ofSeconds(30));
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(StoreOutage.LIMIT, StoreOutage.LIMIT.plusSeconds(30));
    }

    @Test
    void pause_afterItWasOver_beginsAnew() {
        outage.pause(PASSES);
        clock.now = clock.now.plus(StoreOutage.LIMIT);
        outage.over();

        assertThat(outage.pause(PASSES)).contains(Duration.ofMillis(500));
    }

    @Test
    void pause_failureThatDoesNotPass_isNone() {
        assertThat(outage.pause(new ClusterAccessException(Remedy.FIX_INPUT, "no rights", 403, null)))
                .isEmpty();
        assertThat(outage.pause(new OutcomeUnknownException("the answer was lost", null)))
                .isPresent();
    }

    private static final class StandingClock extends Clock {

        private Instant now = Instant.parse("2026-01-02T03:04:05Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
