package dev.mtc.api;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How long a cut-over that stops the applications is likely to take, from what earlier runs of the plan measured. A forecast, no
 * promise: each part says what it was derived from, and what was not measured has no figure.
 *
 * @param volumes each volume that would be copied
 * @param volumesTake how long the copies of all volumes take, null if one of them was never measured
 * @param window how long the applications are stopped: from the first that is asked to stop on the source until all were
 *     started on the target, whose pods then take their own time; null if a part of it is not known
 * @param basis what the figures were derived from, and what is not in them, a sentence each
 * @since 0.1
 */
public record CutoverForecast(
        List<Volume> volumes, @Nullable Span volumesTake, @Nullable Span window, List<String> basis) {

    /** Of a preview that was made without looking at earlier runs. */
    public static final CutoverForecast NONE = new CutoverForecast(List.of(), null, null, List.of());

    public CutoverForecast {
        volumes = List.copyOf(volumes);
        basis = List.copyOf(basis);
    }

    /**
     * A range of time.
     *
     * @param least the shorter end
     * @param most the longer end
     */
    public record Span(Duration least, Duration most) {

        public Span {
            if (least.isNegative() || least.compareTo(most) > 0) {
                throw new IllegalArgumentException("No range: " + least + " to " + most);
            }
        }

        /**
         * {@return both one after the other}
         *
         * @param other what comes after
         */
        public Span plus(Span other) {
            return new Span(least.plus(other.least), most.plus(other.most));
        }

        /**
         * {@return whether a duration is in it}
         *
         * @param duration the duration
         */
        public boolean contains(Duration duration) {
            return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
        }

        @Override
        public String toString() {
            String from = Counts.rounded(Duration.ofSeconds(least.toSeconds()));
            String to = Counts.rounded(
                    Duration.ofSeconds(most.plusNanos(999_999_999).toSeconds()));
            return from.equals(to) ? from : from + " to " + to;
        }
    }

    /**
     * What is likely to be left of one volume.
     *
     * @param name the claim on the source, {@code namespace/name}
     * @param passes how many passes over it were measured
     * @param leastBytes the least that is likely to be left to copy, -1 if not known
     * @param mostBytes the most that is likely to be left to copy, -1 if not known
     * @param takes how long its last copy takes, null if not known
     * @param basis what that was derived from
     */
    public record Volume(String name, int passes, long leastBytes, long mostBytes, @Nullable Span takes, String basis) {

        public Volume {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(basis, "basis");
        }

        @Override
        public String toString() {
            return name + ": " + (takes == null ? "not known" : bytes() + " in " + takes) + " (" + basis + ")";
        }

        private String bytes() {
            String least = Sizes.format(leastBytes);
            String most = Sizes.format(mostBytes);
            return least.equals(most) ? least : least + " to " + most;
        }
    }

    /** {@return all of it, a line for the whole, each volume and each sentence about what it was derived from} */
    public String describe() {
        return this
                + volumes.stream().map(volume -> "\n    volume " + volume).collect(Collectors.joining())
                + basis.stream().map(sentence -> "\n    " + sentence).collect(Collectors.joining());
    }

    /**
     * {@return all of it as a JSON object} Its fields: {@code volumes}, {@code volumesTake}, {@code window} and {@code basis}.
     * A volume has {@code name}, {@code passes}, {@code leastBytes}, {@code mostBytes}, {@code takes} and {@code basis}; a range
     * has {@code leastMillis} and {@code mostMillis} and is left out where it is not known.
     */
    public String toJson() {
        return ForecastJson.write(this).toString();
    }

    /**
     * {@return a forecast that was written by {@link #toJson}}
     *
     * @param json the text
     * @throws IllegalArgumentException if it is no JSON
     */
    public static CutoverForecast fromJson(String json) {
        return ForecastJson.read(PreviewJson.parse(Objects.requireNonNull(json, "json")));
    }

    @Override
    public String toString() {
        return "applications stopped for " + (window == null ? "a time that is not known" : window) + ", volumes "
                + (volumesTake == null ? "not known" : volumesTake + " of it");
    }
}
