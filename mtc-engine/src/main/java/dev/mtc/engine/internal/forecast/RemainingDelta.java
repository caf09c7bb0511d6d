package dev.mtc.engine.internal.forecast;

import dev.mtc.api.CutoverForecast;
import dev.mtc.api.CutoverForecast.Span;
import dev.mtc.api.Sizes;
import dev.mtc.engine.internal.run.ProgressLines;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.IntStream;

/**
 * What is likely to be left of one volume for its last pass, and how long that takes. Each pass after the first moved what had
 * changed since the one before it began. What changes until the last one lies between that amount and the amount that the same
 * rate comes to over the time since the newest pass began: the first where the same places are written again and again, the
 * second where data is added. A pass takes a time of its own, for pods, comparison of files and so on, and the time of its bytes
 * at the rate of the pass that moved most.
 */
final class RemainingDelta {

    private final String name;
    private final List<MeasuredPass> passes;
    private final boolean compared;

    /**
     * Looks at a volume.
     *
     * @param name the claim on the source
     * @param passes over it, in whatever order
     * @param compared whether the last pass compares both sides, which earlier ones do not
     */
    RemainingDelta(String name, List<MeasuredPass> passes, boolean compared) {
        this.name = name;
        this.passes = passes.stream()
                .sorted(Comparator.comparing(MeasuredPass::begun))
                .toList();
        this.compared = compared;
    }

    /**
     * {@return the forecast}
     *
     * @param now when the last pass would begin
     */
    CutoverForecast.Volume at(Instant now) {
        if (passes.isEmpty()) {
            return new CutoverForecast.Volume(name, 0, -1, -1, null, "no pass was measured");
        }
        return passes.size() == 1 ? fromOne() : fromSome(now);
    }

    private CutoverForecast.Volume fromOne() {
        MeasuredPass only = passes.get(0);
        return new CutoverForecast.Volume(
                name,
                1,
                0,
                only.totalBytes(),
                withComparison(Duration.ZERO, only.took()),
                "1 pass copied " + Sizes.format(only.movedBytes()) + " in " + ProgressLines.duration(only.took())
                        + "; what has changed since is known after a second one, until then it may be all"
                        + comparison());
    }

    private CutoverForecast.Volume fromSome(Instant now) {
        LongSummaryStatistics delta = delta(now);
        MeasuredPass fullest = fullest();
        double perByte = fullest.movedBytes() == 0 ? 0 : (double) millis(fullest.took()) / fullest.movedBytes();
        List<MeasuredPass> later = passes.subList(1, passes.size());
        LongSummaryStatistics own = later.stream()
                .filter(pass -> later.size() == 1 || !pass.equals(fullest))
                .mapToLong(pass -> Math.max(0, millis(pass.took()) - Math.round(pass.movedBytes() * perByte)))
                .summaryStatistics();
        double doubt = 1 + 1.0 / (later.size() + 1);
        long least = Math.round((own.getMin() + delta.getMin() * perByte) / doubt);
        long most = Math.round((own.getMax() + delta.getMax() * perByte) * doubt);
        return new CutoverForecast.Volume(
                name,
                passes.size(),
                delta.getMin(),
                delta.getMax(),
                withComparison(Duration.ofMillis(least), Duration.ofMillis(most)),
                passes.size() + " passes, the last one of "
                        + Sizes.format(last().movedBytes()) + " in "
                        + ProgressLines.duration(last().took()) + " began "
                        + ProgressLines.duration(since(now)) + " ago" + comparison());
    }

    private MeasuredPass last() {
        return passes.get(passes.size() - 1);
    }

    private MeasuredPass fullest() {
        return passes.stream()
                .max(Comparator.comparingLong(MeasuredPass::movedBytes))
                .orElseThrow();
    }

    private Duration since(Instant now) {
        Duration since = Duration.between(last().begun(), now);
        return since.isNegative() ? Duration.ZERO : since;
    }

    /** What is left: as much as in the last pass, or what the slowest and the fastest rate of change come to. */
    private LongSummaryStatistics delta(Instant now) {
        double since = millis(since(now));
        LongSummaryStatistics delta = IntStream.range(1, passes.size())
                .mapToDouble(i -> {
                    Duration between = Duration.between(
                            passes.get(i - 1).begun(), passes.get(i).begun());
                    return passes.get(i).movedBytes() * since / Math.max(1, millis(between));
                })
                .mapToLong(Math::round)
                .map(bytes -> Math.min(bytes, wholeAt(since)))
                .summaryStatistics();
        delta.accept(last().movedBytes());
        return delta;
    }

    /** The size that the volume has at the end if it goes on growing: no more than that can be left. */
    private long wholeAt(double sinceMillis) {
        MeasuredPass before = passes.get(passes.size() - 2);
        double grown = Math.max(0, last().totalBytes() - before.totalBytes());
        double between = Math.max(1, millis(Duration.between(before.begun(), last().begun())));
        return Math.max(last().movedBytes(), last().totalBytes() + Math.round(grown * sinceMillis / between));
    }

    /** A comparison reads all data on both sides at the same time; the longest copy read and wrote it. */
    private Span withComparison(Duration least, Duration most) {
        return new Span(least, compared ? most.plus(fullest().took()) : most);
    }

    private String comparison() {
        return compared ? "; comparing both sides is counted as up to the time of the longest copy" : "";
    }

    private static long millis(Duration duration) {
        return duration.toMillis();
    }
}
