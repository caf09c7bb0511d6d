package dev.mtc.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Objects per second by who did what, in the order in which they were first measured. */
final class Rates {

    private final Map<String, List<Double>> rates = new LinkedHashMap<>();

    /**
     * Times some work.
     *
     * @param what who does what
     * @param objects how many objects it handles
     * @param work what is timed
     * @return objects per second
     */
    double time(String what, int objects, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        double rate = objects / ((System.nanoTime() - begin) / 1e9);
        rates.computeIfAbsent(what, key -> new ArrayList<>()).add(rate);
        return rate;
    }

    /** {@return the median, 0 if there is no measurement} */
    double median(String what) {
        List<Double> sorted =
                rates.getOrDefault(what, List.of()).stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    /** {@return the highest of several medians} */
    double best(List<String> several) {
        return several.stream().mapToDouble(this::median).max().orElse(0);
    }

    /** {@return a line for each, with median, least and most} */
    List<String> lines() {
        return rates.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%-34s %8.0f objects/s  (%d runs, %.0f to %.0f)",
                        entry.getKey(),
                        median(entry.getKey()),
                        entry.getValue().size(),
                        entry.getValue().stream()
                                .mapToDouble(Double::doubleValue)
                                .min()
                                .orElse(0),
                        entry.getValue().stream()
                                .mapToDouble(Double::doubleValue)
                                .max()
                                .orElse(0)))
                .toList();
    }
}
