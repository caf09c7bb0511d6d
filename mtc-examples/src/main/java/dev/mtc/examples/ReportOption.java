package dev.mtc.examples;

import dev.mtc.api.MigrationReport;
import dev.mtc.api.MigrationResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option of commands that write a report. */
final class ReportOption {

    @Option(
            names = "--report",
            paramLabel = "FILE",
            converter = ReportFile.class,
            description = "Write what became of everything to FILE.html, FILE.json or FILE.txt.")
    private @Nullable Path file;

    void write(MigrationResult result, PrintWriter out) {
        if (file != null) {
            out.println("report: " + result.report().write(file).toAbsolutePath());
        }
    }

    /** Refuses a name without a form before the migration, not after it. */
    static final class ReportFile implements ITypeConverter<Path> {
        @Override
        public Path convert(String value) {
            try {
                return MigrationReport.requireWritable(Path.of(value));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
