package dev.mtc.examples;

import dev.mtc.api.MtcException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Says what went wrong, without a stack trace where the message says it all. */
final class Errors {

    private Errors() {}

    static int print(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof MtcException || e instanceof IllegalArgumentException) {
            command.getErr().println("error: " + e.getMessage());
        } else {
            e.printStackTrace(command.getErr());
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
