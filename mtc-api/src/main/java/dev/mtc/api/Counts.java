package dev.mtc.api;

import java.time.Duration;
import java.util.Locale;

/** Numbers and durations in words. */
final class Counts {

    private Counts() {}

    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** {@return a duration for people: {@code 0.250 s}, {@code 12.3 s}, {@code 4 min 10 s}, {@code 3 h 2 min}} */
    static String seconds(Duration duration) {
        if (duration.toSeconds() < 10) {
            return String.format(Locale.ROOT, "%.3f s", duration.toMillis() / 1000.0);
        } else if (duration.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        } else if (duration.toHours() < 1) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }

    /** {@return a duration for people in whole seconds: {@code 12 s}, {@code 4 min 10 s}, {@code 3 h 2 min}} */
    static String rounded(Duration duration) {
        Duration whole = Duration.ofSeconds(Math.round(duration.toMillis() / 1000.0));
        return whole.toMinutes() < 1 ? whole.toSeconds() + " s" : seconds(whole);
    }
}
