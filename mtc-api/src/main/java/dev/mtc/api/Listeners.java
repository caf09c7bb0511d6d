package dev.mtc.api;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listeners that most programs want. Each one is for one run at a time.
 *
 * @since 0.1
 */
public final class Listeners {

    private static final int USUAL_COLUMNS = 80;

    private Listeners() {}

    /**
     * {@return a listener that prints a run's progress to standard output} In a terminal what is being moved has bars that
     * are drawn again in place; elsewhere every line is printed once, and progress of an item at most every five seconds.
     * A terminal with {@code TERM=dumb} or {@code NO_COLOR} counts as elsewhere.
     */
    public static MigrationListener console() {
        return console(new PrintWriter(System.out, false, Charset.defaultCharset()));
    }

    /**
     * {@return a listener like {@link #console()} that prints here} Bars are drawn if the process has a terminal.
     *
     * @param out flushed after each event, never closed
     */
    public static MigrationListener console(PrintWriter out) {
        Objects.requireNonNull(out, "out");
        String kind = System.getenv("TERM");
        boolean canDraw = isTerminal() && kind != null && !kind.equals("dumb") && System.getenv("NO_COLOR") == null;
        return new ConsoleListener(out, canDraw ? columns(System.getenv("COLUMNS")) : 0);
    }

    /**
     * {@return a listener that prints lines only, whatever stands behind the writer}
     *
     * @param out flushed after each event, never closed
     */
    public static MigrationListener lines(PrintWriter out) {
        return new ConsoleListener(Objects.requireNonNull(out, "out"), 0);
    }

    /**
     * {@return a listener that logs a run's progress} To the logger {@code dev.mtc.progress}: phases and ended transfers at
     * INFO, warnings at WARN, a failed end at ERROR, the rest at DEBUG, all with the run's id as {@link
     * MigrationRun#MDC_KEY}.
     */
    public static MigrationListener log() {
        return log(LoggerFactory.getLogger("dev.mtc.progress"));
    }

    /**
     * {@return a listener that logs like {@link #log()} to another logger}
     *
     * @param logger the logger
     */
    public static MigrationListener log(Logger logger) {
        return new LogListener(Objects.requireNonNull(logger, "logger"));
    }

    static int columns(@Nullable String variable) {
        try {
            return Math.max(20, Integer.parseInt(Objects.requireNonNullElse(variable, "")));
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }

    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // A console alone says nothing from JDK 22 on, which has this method.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
