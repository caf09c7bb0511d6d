package dev.mtc.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Writes results as one page that refers to nothing outside of itself, which its policy tells the browser too. */
final class ReportHtml {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Map<MigrationResult.Status, String> STATUS = Map.of(
            MigrationResult.Status.SUCCEEDED, "Succeeded",
            MigrationResult.Status.SUCCEEDED_WITH_WARNINGS, "Succeeded with warnings",
            MigrationResult.Status.FAILED, "Failed",
            MigrationResult.Status.CANCELED, "Canceled");

    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '%s'; script-src '%s'; \
            base-uri 'none'; form-action 'none'" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            """;

    private final MigrationResult result;
    private final HtmlText html = new HtmlText();

    private ReportHtml(MigrationResult result) {
        this.result = result;
    }

    static String write(MigrationResult result) {
        return new ReportHtml(result).page();
    }

    private String page() {
        String style = resource("report.css");
        String script = resource("report.js");
        html.raw(HEAD.formatted(hash(style), hash(script)))
                .element("title", result.runId() + ": " + STATUS.get(result.status()))
                .raw("\n<style>" + style + "</style>\n</head>\n<body>\n<main>\n");
        head();
        problems("Errors", "error", result.errors());
        problems("Warnings", "warning", result.warnings());
        new ReportTimeline(result, html).write();
        new ReportItems(result.items(), html).write();
        html.raw("<footer>Times are in UTC. Written by mtc; this page loads nothing and sends nothing.</footer>\n")
                .raw("</main>\n<script>" + script + "</script>\n</body>\n</html>\n");
        return html.toString();
    }

    private void head() {
        html.raw("<header>\n<p class=\"over\">")
                .text(result.itinerary() + " migration of plan")
                .raw("</p>\n")
                .element("h1", result.planName())
                .element(
                        "p class=\"status " + result.status().name().toLowerCase(Locale.ROOT) + "\"",
                        STATUS.get(result.status()) + (result.isNoOp() ? ", nothing to do" : ""))
                .raw("\n<dl>\n");
        fact("Run", result.runId());
        fact("Began", TIME.format(result.started()));
        fact("Took", Counts.seconds(result.took()));
        if (result.sourceQuiesced() != null) {
            Duration after = Duration.between(result.started(), result.sourceQuiesced());
            fact(
                    "Source asked to stop",
                    after.isNegative()
                            ? TIME.format(result.sourceQuiesced())
                            : "after " + Counts.seconds(after) + ", "
                                    + Counts.seconds(Duration.between(result.sourceQuiesced(), result.ended()))
                                    + " before the end");
        }
        Downtime downtime = result.downtime();
        if (downtime != null) {
            fact("Applications stopped for", Counts.seconds(downtime.took()));
            fact("Copies of volumes in that", Counts.seconds(downtime.volumes()));
            fact("Forecast", downtime.forecast().toString());
        }
        for (ReportItems.Kind kind : ReportItems.Kind.values()) {
            String counts = kind.counts(result.items());
            if (!counts.isEmpty()) {
                fact(kind.title(), counts);
            }
        }
        html.raw("</dl>\n</header>\n");
    }

    private void fact(String name, String value) {
        html.raw("<div>").element("dt", name).element("dd", value).raw("</div>\n");
    }

    private void problems(String title, String style, List<Problem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        html.raw("<section class=\"problems " + style + "\">\n<h2>")
                .text(title)
                .raw(" <span class=\"count\">" + problems.size() + "</span></h2>\n<table>\n<colgroup><col "
                        + "class=\"where\" /><col /><col class=\"fix\" /></colgroup>\n<thead><tr><th>Where</th>"
                        + "<th>What</th><th>What to do</th></tr></thead>\n<tbody>\n");
        for (Problem problem : problems) {
            html.raw("<tr>")
                    .element("td class=\"name\"", problem.where())
                    .raw("<td>")
                    .element("b", problem.code())
                    .text((problem.reason().isEmpty() ? "" : " (" + problem.reason() + ")") + ": " + problem.message())
                    .raw("</td>")
                    .element("td", problem.fix().isEmpty() ? "-" : problem.fix())
                    .raw("</tr>\n");
        }
        html.raw("</tbody>\n</table>\n</section>\n");
    }

    private static String resource(String name) {
        try (InputStream in = ReportHtml.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.joining("\n", "\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
