package dev.mtc.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where a run is: an immutable snapshot.
 *
 * @param runId the run
 * @param itinerary MTC's name of the itinerary, for example {@code Final}
 * @param phase the phase
 * @param step the pipeline step, for example {@code StageBackup}
 * @param index the phase's place in the itinerary, from 1
 * @param count the number of phases in the itinerary
 * @param waiting what the phase waits for, empty if it does not
 * @param items what is being moved
 * @param at when this was so
 * @since 0.1
 */
public record Progress(
        String runId,
        String itinerary,
        Phase phase,
        String step,
        int index,
        int count,
        String waiting,
        List<Item> items,
        Instant at) {

    public Progress {
        items = List.copyOf(items);
    }

    /**
     * One thing that is moved.
     *
     * @param kind {@code image}, {@code volume} or {@code objects}
     * @param name its name
     * @param state {@code pending}, {@code running}, {@code done} or {@code failed}
     * @param transferredBytes bytes so far; objects are counted instead of bytes where kind is {@code objects}
     * @param totalBytes the size of all of it, if known
     * @param bytesPerSecond the rate over the last seconds, if known
     * @param detail more for people, or null
     */
    public record Item(
            String kind,
            String name,
            String state,
            long transferredBytes,
            OptionalLong totalBytes,
            OptionalDouble bytesPerSecond,
            @Nullable String detail) {

        /** {@return the time left at the present rate, if total and rate are known} */
        public Optional<Duration> eta() {
            if (totalBytes.isEmpty() || bytesPerSecond.isEmpty() || bytesPerSecond.getAsDouble() <= 0) {
                return Optional.empty();
            }
            double seconds = (totalBytes.getAsLong() - transferredBytes) / bytesPerSecond.getAsDouble();
            return Optional.of(Duration.ofMillis(Math.max(0, Math.round(seconds * 1000))));
        }

        @Override
        public String toString() {
            return "Item[" + kind + " " + name + " " + state + ", " + transferredBytes
                    + (totalBytes.isEmpty() ? "" : " of " + totalBytes.getAsLong())
                    + eta().map(left -> ", " + left.toSeconds() + " s left").orElse("")
                    + (detail == null ? "" : ", " + detail) + "]";
        }
    }

    @Override
    public String toString() {
        return "Progress[" + runId + ": " + index + "/" + count + " " + phase
                + (waiting.isEmpty() ? "" : ", " + waiting) + "]";
    }
}
