package dev.mtc.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** What contenders did with a number of objects: how fast, with how many requests and how much processor time of this process. */
final class Measurements {

    private static final OperatingSystemMXBean CPU = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    private final int objects;

    Measurements(int objects) {
        this.objects = objects;
    }

    /**
     * One run.
     *
     * @param rate objects per second
     * @param requests per object, not a number if they are not counted
     * @param cpuMillis of this process, per object
     */
    record Sample(double rate, double requests, double cpuMillis) {}

    int objects() {
        return objects;
    }

    /**
     * Measures a run.
     *
     * @param what who does what
     * @param requests how many were sent since it was last asked; negative if nobody counts
     * @param work what is timed
     */
    Sample run(String what, LongSupplier requests, Runnable work) {
        long unused = requests.getAsLong();
        long cpu = CPU.getProcessCpuTime();
        long begin = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        long sent = requests.getAsLong();
        Sample sample = new Sample(
                objects / seconds,
                sent < 0 ? Double.NaN : (double) sent / objects,
                (CPU.getProcessCpuTime() - cpu) / 1e6 / objects);
        samples.computeIfAbsent(what, key -> new ArrayList<>()).add(sample);
        return sample;
    }

    /** {@return who did what, as first measured} */
    List<String> names() {
        return List.copyOf(samples.keySet());
    }

    /** {@return the median rate, not a number if there is none} */
    double rate(String what) {
        return median(what, Sample::rate);
    }

    /** {@return the highest of the median rates of several, not a number if there is none} */
    double best(List<String> several) {
        return several.stream()
                .mapToDouble(this::rate)
                .filter(rate -> !Double.isNaN(rate))
                .max()
                .orElse(Double.NaN);
    }

    private double median(String what, ToDoubleFunction<Sample> part) {
        double[] sorted = samples.getOrDefault(what, List.of()).stream()
                .mapToDouble(part)
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** {@return a row of a Markdown table for each: median, least and most objects/s, requests and milliseconds of processor per object} */
    List<String> rows() {
        return samples.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "| %,d | %s | %,.0f | %,.0f to %,.0f | %d | %s | %.2f |",
                        objects,
                        entry.getKey(),
                        rate(entry.getKey()),
                        entry.getValue().stream()
                                .mapToDouble(Sample::rate)
                                .min()
                                .orElse(0),
                        entry.getValue().stream()
                                .mapToDouble(Sample::rate)
                                .max()
                                .orElse(0),
                        entry.getValue().size(),
                        requests(median(entry.getKey(), Sample::requests)),
                        median(entry.getKey(), Sample::cpuMillis)))
                .toList();
    }

    /** {@return how many requests, which may not be counted} */
    static String requests(double requests) {
        return Double.isNaN(requests) ? "not counted" : String.format(Locale.ROOT, "%.3f", requests);
    }
}
