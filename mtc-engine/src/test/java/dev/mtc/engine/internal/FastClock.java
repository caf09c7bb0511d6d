package dev.mtc.engine.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes like the system's until it is made to go faster. */
final class FastClock extends Clock {

    private final Clock system = Clock.systemUTC();
    private Instant real = system.instant();
    private Instant shown = real;
    private int rate = 1;

    /** Lets the clock go as many times faster from now on. */
    synchronized void rate(int times) {
        shown = instant();
        rate = times;
    }

    @Override
    public synchronized Instant instant() {
        Instant now = system.instant();
        shown = shown.plus(Duration.between(real, now).multipliedBy(rate));
        real = now;
        return shown;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
