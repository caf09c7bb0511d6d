package dev.mtc.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clock, and what was added to it. */
final class MovableClock extends Clock {

    private final AtomicLong aheadNanos;
    private final Clock system;

    MovableClock() {
        this(new AtomicLong(), Clock.system(ZoneOffset.UTC));
    }

    private MovableClock(AtomicLong aheadNanos, Clock system) {
        this.aheadNanos = aheadNanos;
        this.system = system;
    }

    void advance(Duration time) {
        aheadNanos.addAndGet(time.toNanos());
    }

    @Override
    public ZoneId getZone() {
        return system.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new MovableClock(aheadNanos, system.withZone(zone));
    }

    @Override
    public Instant instant() {
        return system.instant().plusNanos(aheadNanos.get());
    }
}
