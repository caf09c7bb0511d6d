package dev.mtc.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The part of a page that says when what was done: a bar for each step, and every phase to unfold. */
final class ReportTimeline {

    /** Parts of the whole time that a bar is drawn in. */
    private static final long PARTS = 10_000;

    private static final long LEAST_PARTS = 30;

    private final List<PhaseTime> phases;
    private final HtmlText html;
    private final Instant start;
    private final long nanos;

    ReportTimeline(MigrationResult result, HtmlText html) {
        this.phases = result.phases();
        this.html = html;
        this.start = phases.stream().map(PhaseTime::started).reduce(result.started(), (a, b) -> a.isBefore(b) ? a : b);
        this.nanos = Math.max(1, Duration.between(start, result.ended()).toNanos());
    }

    void write() {
        if (phases.isEmpty()) {
            return;
        }
        Map<String, List<PhaseTime>> steps = new LinkedHashMap<>();
        phases.forEach(phase ->
                steps.computeIfAbsent(phase.step(), s -> new ArrayList<>()).add(phase));
        html.raw("<section class=\"timeline\">\n<h2>Time line</h2>\n<table>\n");
        columns("Step");
        steps.forEach(this::row);
        html.raw("</tbody>\n</table>\n<details>\n<summary>")
                .text("All " + Counts.of(phases.size(), "phase"))
                .raw("</summary>\n<table>\n");
        columns("Phase");
        phases.forEach(phase -> row(phase.name(), List.of(phase)));
        html.raw("</tbody>\n</table>\n</details>\n</section>\n");
    }

    private void columns(String name) {
        html.raw("<colgroup><col class=\"phase\" /><col class=\"number\" /><col class=\"number\" /><col /></colgroup>\n"
                        + "<thead><tr>")
                .element("th", name)
                .raw(
                        "<th class=\"number\">Began after</th><th class=\"number\">Took</th><th></th></tr></thead>\n<tbody>\n");
    }

    private void row(String name, List<PhaseTime> parts) {
        Duration took = parts.stream().map(PhaseTime::took).reduce(Duration.ZERO, Duration::plus);
        html.raw("<tr>").raw("<td class=\"name\">").text(name);
        parts.stream()
                .map(PhaseTime::end)
                .filter(end -> end != PhaseTime.End.COMPLETED)
                .findFirst()
                .ifPresent(end ->
                        html.element("span class=\"end\"", " " + end.name().toLowerCase(Locale.ROOT)));
        html.raw("</td>")
                .element(
                        "td class=\"number\"",
                        Counts.seconds(Duration.between(start, parts.get(0).started())))
                .element("td class=\"number\"", Counts.seconds(took))
                .raw("<td class=\"bar\"><svg viewBox=\"0 0 " + PARTS
                        + " 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        parts.forEach(this::bar);
        html.raw("</svg></td></tr>\n");
    }

    private void bar(PhaseTime part) {
        long width = Math.max(LEAST_PARTS, scaled(part.took()));
        long left = Math.min(PARTS - width, scaled(Duration.between(start, part.started())));
        html.raw("<rect class=\"" + part.end().name().toLowerCase(Locale.ROOT) + "\" x=\"" + Math.max(0, left)
                        + "\" y=\"0\" width=\"" + Math.min(PARTS, width) + "\" height=\"10\"><title>")
                .text(part.toString())
                .raw("</title></rect>");
    }

    private long scaled(Duration duration) {
        return Math.round((double) duration.toNanos() / nanos * PARTS);
    }
}
