package dev.mtc.engine.internal.run;

import dev.mtc.api.MtcException;
import dev.mtc.api.Remedy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long and how often a run that cannot reach its state tries again. Not thread-safe. */
final class StoreOutage {

    static final Duration LIMIT = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(StoreOutage.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final String runId;
    private final Clock clock;
    private @Nullable Instant since;
    private Duration next = FIRST_PAUSE;

    StoreOutage(String runId, Clock clock) {
        this.runId = runId;
        this.clock = clock;
    }

    /** {@return when to try again, empty if the failure does not pass by itself or has lasted too long} */
    Optional<Duration> pause(MtcException failure) {
        boolean mayPass = failure.remedy() == Remedy.RETRY || failure.remedy() == Remedy.INSPECT;
        if (!mayPass) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (since == null) {
            since = now;
            LOG.warn("Run {} cannot reach its state and tries again for {}", runId, LIMIT, failure);
        }
        if (Duration.between(since, now).compareTo(LIMIT) >= 0) {
            return Optional.empty();
        }
        Duration pause = next;
        next = next.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next.multipliedBy(2);
        return Optional.of(pause);
    }

    /** The state was reached again. */
    void over() {
        since = null;
        next = FIRST_PAUSE;
    }
}
