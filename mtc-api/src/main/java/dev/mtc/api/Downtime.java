package dev.mtc.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How long the applications were stopped by a cut-over, as measured, and what had been forecast.
 *
 * @param stopped when the first of the source was asked to stop
 * @param started when all had been started on the target, whose pods then took their own time
 * @param volumes how long the copies of volumes took in between, zero if there were none
 * @param forecast of the preview that the run was expected to follow, or else one made when the source was stopped
 * @since 0.1
 */
public record Downtime(Instant stopped, Instant started, Duration volumes, CutoverForecast forecast) {

    public Downtime {
        Objects.requireNonNull(stopped, "stopped");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(volumes, "volumes");
        Objects.requireNonNull(forecast, "forecast");
    }

    /** {@return how long it was} */
    public Duration took() {
        return Duration.between(stopped, started);
    }

    @Override
    public String toString() {
        return "applications stopped for " + Counts.seconds(took()) + ", volumes " + Counts.seconds(volumes)
                + " of it; forecast: " + forecast;
    }
}
