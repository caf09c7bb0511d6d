package dev.mtc.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Wall and processor time by what was copied and by whom. */
final class Copies {

    private static final OperatingSystemMXBean CPU = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** One copy. */
    private record Took(double wall, double cpu) {}

    private final Map<String, Map<String, List<Took>>> all = new LinkedHashMap<>();
    private final String peer;
    private final HeapGauge heap = new HeapGauge();
    private long mostHeapMib;

    /** Compares with a peer. */
    Copies(String peer) {
        this.peer = peer;
    }

    void time(String what, String who, Runnable copy) {
        double cpu = cpuSeconds();
        long begin = System.nanoTime();
        copy.run();
        Took took = new Took((System.nanoTime() - begin) / 1e9, cpuSeconds() - cpu);
        all.computeIfAbsent(what, key -> new LinkedHashMap<>())
                .computeIfAbsent(who, key -> new ArrayList<>())
                .add(took);
        mostHeapMib = Math.max(mostHeapMib, heap.mostMib());
    }

    private static double cpuSeconds() {
        return CPU.getProcessCpuTime() / 1e9 + ProcessUse.childrenCpuSeconds();
    }

    long mostHeapMib() {
        return mostHeapMib;
    }

    /** {@return a line for each thing and copier, and the ratio of the medians} */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        all.forEach((what, byWhom) -> {
            byWhom.forEach((who, times) -> lines.add(String.format(
                    Locale.ROOT,
                    "%-24s %-8s %7.2f s wall, %6.2f s CPU  (medians of %d)",
                    what,
                    who,
                    median(times.stream().map(Took::wall).toList()),
                    median(times.stream().map(Took::cpu).toList()),
                    times.size())));
            lines.add(String.format(
                    Locale.ROOT, "%-24s mtc/%s %.2f", what, peer, wall(byWhom, "mtc") / wall(byWhom, peer)));
        });
        return lines;
    }

    /** {@return a row of a Markdown table for each thing and copier: median, least and most seconds, how often} */
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        all.forEach((what, byWhom) -> byWhom.forEach((who, times) -> {
            List<Double> walls = times.stream().map(Took::wall).sorted().toList();
            rows.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %.2f to %.2f | %d |",
                    what,
                    who,
                    median(walls),
                    walls.get(0),
                    walls.get(walls.size() - 1),
                    walls.size()));
        }));
        return rows;
    }

    /** {@return for each thing, how often as fast as its peer mtc did it, which is to be once at least} */
    List<Bar> bars() {
        return all.entrySet().stream()
                .map(entry -> new Bar(
                        entry.getKey() + ": mtc as fast as " + peer,
                        wall(entry.getValue(), peer) / wall(entry.getValue(), "mtc"),
                        Bar.Relation.AT_LEAST,
                        1))
                .toList();
    }

    /**
     * {@return a line with the ratio of the medians of two things that one contender did}
     *
     * @param who the contender
     * @param what one thing
     * @param other the thing that it is compared with
     */
    String ratio(String who, String what, String other) {
        return String.format(
                Locale.ROOT,
                "%s: %s / %s %.2f",
                who,
                what,
                other,
                wall(all.getOrDefault(what, Map.of()), who) / wall(all.getOrDefault(other, Map.of()), who));
    }

    private static double wall(Map<String, List<Took>> byWhom, String who) {
        return median(
                byWhom.getOrDefault(who, List.of()).stream().map(Took::wall).toList());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
