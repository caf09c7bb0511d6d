package dev.mtc.examples;

import dev.mtc.examples.bench.Bench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs an example by name: {@code run NAME [args]}. */
@Command(
        name = "run",
        description = "Runs one of mtc's examples.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME",
        subcommands = {Migrate.class, Demo.class, RunController.class, LookAfterRepository.class, Bench.class})
public final class Launcher {

    private Launcher() {}

    /**
     * Runs the example that the first argument names and ends the process with its exit code.
     *
     * @param args name and arguments
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Launcher())
                .setExecutionExceptionHandler(Errors::print)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
