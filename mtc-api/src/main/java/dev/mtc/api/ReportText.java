package dev.mtc.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes results as text. */
final class ReportText {

    private ReportText() {}

    static String write(MigrationResult result) {
        return result
                + steps(result)
                + (result.downtime() == null ? "" : "\n  DOWNTIME " + result.downtime())
                + result.items().stream().map(i -> "\n  " + i).collect(Collectors.joining())
                + result.warnings().stream().map(w -> "\n  WARN " + w).collect(Collectors.joining())
                + result.errors().stream().map(e -> "\n  ERROR " + e).collect(Collectors.joining())
                + "\n";
    }

    /** One line for all steps: the phases were seen while it ran, and the other forms have them. */
    private static String steps(MigrationResult result) {
        if (result.phases().isEmpty()) {
            return "";
        }
        Map<String, Duration> took = new LinkedHashMap<>();
        result.phases().forEach(phase -> took.merge(phase.step(), phase.took(), Duration::plus));
        return took.entrySet().stream()
                .map(step -> step.getKey() + " " + Counts.seconds(step.getValue()))
                .collect(Collectors.joining(", ", "\n  TIME ", ""));
    }
}
