package dev.mtc.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * A result to keep or to show: what became of every object, image, volume and hook, and when. Holds no secrets.
 *
 * @since 0.1
 */
public final class MigrationReport {

    private final MigrationResult result;

    MigrationReport(MigrationResult result) {
        this.result = result;
    }

    /** {@return all of it as text: a line for each step, item, warning and error} */
    public String toText() {
        return ReportText.write(result);
    }

    /**
     * {@return all of it as a JSON object} Its fields: {@code version} (1), {@code run}, {@code plan}, {@code itinerary},
     * {@code status}, {@code noOp}, {@code started}, {@code ended}, {@code sourceQuiesced} (left out if it was not),
     * {@code tookMillis}, {@code downtime} (left out if it was not measured), {@code phases}, {@code items}, {@code warnings} and {@code errors}. A phase has {@code step},
     * {@code phase} (left out where only the step is known), {@code started}, {@code ended}, {@code tookMillis} and
     * {@code end}; an item {@code kind}, {@code name}, {@code action}, {@code movedBytes}, {@code totalBytes},
     * {@code detail} and {@code proof} (left out if there is none); the downtime {@code stopped}, {@code started},
     * {@code tookMillis}, {@code volumesMillis} and {@code forecast}, which is as in {@link CutoverForecast#toJson}; warnings and errors are as in {@link Preview#toJson}.
     * Names and meanings stay; fields may be added.
     */
    public String toJson() {
        return ReportJson.write(result);
    }

    /**
     * {@return all of it as one HTML page} It refers to nothing outside of itself and needs no server; without scripts it
     * shows the same, but cannot be filtered.
     */
    public String toHtml() {
        return ReportHtml.write(result);
    }

    /**
     * Writes it to a file, over what is there.
     *
     * @param file its name ends in {@code .html}, {@code .json} or {@code .txt}, which chooses the form; missing folders are
     *     made
     * @return the file
     * @throws IllegalArgumentException if the name ends otherwise
     * @throws UncheckedIOException if it cannot be written
     */
    public Path write(Path file) {
        String text = form(file);
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Report " + file + " cannot be written: " + e, e);
        }
    }

    /**
     * {@return the file, if {@link #write} knows the form that its name asks for} So that a program can refuse a wrong name
     * before a migration instead of after it.
     *
     * @param file where a report is to go
     * @throws IllegalArgumentException if the name ends in something else
     */
    public static Path requireWritable(Path file) {
        String name = Objects.requireNonNull(file, "file").toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".html") && !name.endsWith(".json") && !name.endsWith(".txt")) {
            throw new IllegalArgumentException(
                    "Report file '" + file + "' has a name that says no form; let it end in .html, .json or .txt");
        }
        return file;
    }

    private String form(Path file) {
        String name = requireWritable(file).toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".html")) {
            return toHtml();
        }
        return name.endsWith(".json") ? toJson() : toText();
    }

    @Override
    public String toString() {
        return "Report[" + result.runId() + " " + result.status() + ", "
                + Counts.of(result.items().size(), "item") + ", "
                + Counts.of(result.warnings().size(), "warning") + ", "
                + Counts.of(result.errors().size(), "error")
                + "; show it with toText(), toJson(), toHtml() or write(file)]";
    }
}
