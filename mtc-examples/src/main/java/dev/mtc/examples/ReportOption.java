package dev.mtc.examples;

import dev.mtc.api.MigrationReport;
import dev.mtc.api.MigrationResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option of commands that write a report. */
final class ReportOption {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    private @Nullable Path file;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write what became of everything to FILE.html, FILE.json or FILE.txt.")
    private void file(Path path) {
        try {
            file = MigrationReport.requireWritable(path);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(command).commandLine(), e.getMessage());
        }
    }

    void write(MigrationResult result, PrintWriter out) {
        if (file != null) {
            out.println("report: " + result.report().write(file).toAbsolutePath());
        }
    }
}
