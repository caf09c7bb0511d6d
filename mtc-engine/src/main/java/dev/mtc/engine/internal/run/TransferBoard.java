package dev.mtc.engine.internal.run;

import dev.mtc.api.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How far everything is that is being moved, with rates over the last seconds. Thread-safe. */
public final class TransferBoard {

    private static final Duration RATE_WINDOW = Duration.ofSeconds(5);

    private record Sample(Instant at, long bytes) {}

    private static final class Entry {
        private final Deque<Sample> samples = new ArrayDeque<>();
        private Progress.Item item;

        private Entry(Progress.Item item) {
            this.item = item;
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Clock clock;

    /** Makes an empty board. */
    public TransferBoard(Clock clock) {
        this.clock = clock;
    }

    /** Says how far something is. */
    public synchronized void update(
            String kind, String name, String state, long bytes, OptionalLong total, @Nullable String detail) {
        Instant now = clock.instant();
        Entry entry = entries.computeIfAbsent(
                kind + " " + name,
                key -> new Entry(new Progress.Item(kind, name, state, 0, total, OptionalDouble.empty(), detail)));
        entry.samples.addLast(new Sample(now, bytes));
        while (entry.samples.size() > 2
                && entry.samples.getFirst().at().plus(RATE_WINDOW).isBefore(now)) {
            entry.samples.removeFirst();
        }
        entry.item = new Progress.Item(kind, name, state, bytes, total, rate(entry), detail);
    }

    private static OptionalDouble rate(Entry entry) {
        Sample first = entry.samples.getFirst();
        Sample last = entry.samples.getLast();
        double seconds = Duration.between(first.at(), last.at()).toMillis() / 1000.0;
        return seconds <= 0 || last.bytes() < first.bytes()
                ? OptionalDouble.empty()
                : OptionalDouble.of((last.bytes() - first.bytes()) / seconds);
    }

    /** {@return everything that was reported, in the order of its first report} */
    public synchronized List<Progress.Item> items() {
        return entries.values().stream().map(entry -> entry.item).toList();
    }
}
