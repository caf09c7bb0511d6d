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

/** Wall and processor time by what was copied and by whom. */
final class Copies {

    private static final OperatingSystemMXBean CPU = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /**
     * One copy.
     *
     * @param wall seconds that passed
     * @param cpu seconds of processor time
     * @param rssMib the most memory that was resident, 0 if it is not known
     */
    record Took(double wall, double cpu, long rssMib) {}

    private final Map<String, Map<String, List<Took>>> all = new LinkedHashMap<>();
    private final String peer;

    /** Compares with a peer. */
    Copies(String peer) {
        this.peer = peer;
    }

    void time(String what, String who, Runnable copy) {
        measure(what, who, () -> {
            copy.run();
            return 0;
        });
    }

    /**
     * Measures a copy.
     *
     * @param copy does it and gives the most memory that it had resident, in MiB
     */
    void measure(String what, String who, LongSupplier copy) {
        double cpu = cpuSeconds();
        long begin = System.nanoTime();
        long rssMib = copy.getAsLong();
        add(what, who, new Took((System.nanoTime() - begin) / 1e9, cpuSeconds() - cpu, rssMib));
    }

    void add(String what, String who, Took took) {
        all.computeIfAbsent(what, key -> new LinkedHashMap<>())
                .computeIfAbsent(who, key -> new ArrayList<>())
                .add(took);
    }

    private static double cpuSeconds() {
        return CPU.getProcessCpuTime() / 1e9 + ProcessUse.childrenCpuSeconds();
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
                    median(times, Took::wall),
                    median(times, Took::cpu),
                    times.size())));
            lines.add(String.format(
                    Locale.ROOT, "%-24s mtc/%s %.2f", what, peer, wall(byWhom, "mtc") / wall(byWhom, peer)));
        });
        return lines;
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

    /**
     * {@return the ratio of the medians of two contenders, not a number if one of them did not do that}
     *
     * @param what was copied
     * @param who one contender
     * @param other the one that it is compared with
     */
    double wallRatio(String what, String who, String other) {
        Map<String, List<Took>> byWhom = all.getOrDefault(what, Map.of());
        return wall(byWhom, who) / wall(byWhom, other);
    }

    /** {@return a row of a Markdown table for each thing and copier: median, least and most seconds, processor time, memory, how often} */
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        all.forEach((what, byWhom) -> byWhom.forEach((who, times) -> rows.add(String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f to %.2f | %.2f | %s | %d |",
                what,
                who,
                median(times, Took::wall),
                times.stream().mapToDouble(Took::wall).min().orElse(0),
                times.stream().mapToDouble(Took::wall).max().orElse(0),
                median(times, Took::cpu),
                memory(times.stream().mapToLong(Took::rssMib).max().orElse(0)),
                times.size()))));
        return rows;
    }

    private static String memory(long mib) {
        return mib == 0 ? "not seen" : String.valueOf(mib);
    }

    private static double wall(Map<String, List<Took>> byWhom, String who) {
        return median(byWhom.getOrDefault(who, List.of()), Took::wall);
    }

    private static double median(List<Took> times, ToDoubleFunction<Took> part) {
        double[] sorted = times.stream().mapToDouble(part).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
