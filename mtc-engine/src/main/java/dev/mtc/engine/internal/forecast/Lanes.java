package dev.mtc.engine.internal.forecast;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;

/** How long things take of which some run at the same time, begun in their order. */
final class Lanes {

    private Lanes() {}

    static Duration total(List<Duration> durations, int atOnce) {
        PriorityQueue<Duration> free = new PriorityQueue<>();
        Duration end = Duration.ZERO;
        for (Duration duration : durations) {
            Duration begin = free.size() < atOnce ? Duration.ZERO : free.remove();
            Duration over = begin.plus(duration);
            free.add(over);
            end = over.compareTo(end) > 0 ? over : end;
        }
        return end;
    }
}
