package dev.mtc.engine.internal.run;

import dev.mtc.api.MtcException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import dev.mtc.api.Problem;

/** What to do about what went wrong in a run. */
public final class Advice {

    /** For causes of which nothing more is known. */
    public static final String AGAIN = "remove the cause and run the migration again";

    /** A problem as its {@code toString} writes it. */
    private static final Pattern WRITTEN = Pattern.compile("(.+?): ([A-Z][A-Za-z]+): (.+?)(?:; ([^;]+))?", Pattern.DOTALL);

    private Advice() {}

    /** {@return what to do about an error that ended something} */
    public static String of(Throwable e) {
        if (!(e instanceof MtcException known)) {
            return "run the migration again; if that fails, too, report it with the log of dev.mtc at DEBUG";
        }
        return switch (known.remedy()) {
            case FIX_INPUT -> "correct what the message names and run the migration again";
            case RETRY -> "run the migration again, as the cause may pass by itself";
            case RESUME -> "resume the run";
            case ROLL_BACK -> "remove the cause and run the migration again, or roll the plan back";
            case INSPECT -> "look whether it happened before the migration is run again";
        };
    }

    /** {@return the fix, or what is always right if there is none} */
    public static String orAgain(String fix) {
        return fix.isEmpty() ? AGAIN : fix;
    }

    /**
     * {@return a problem of which only the text was kept}
     *
     * @param where counts if the text does not say it
     */
    static Problem written(String where, String text) {
        Matcher parts = WRITTEN.matcher(text);
        return parts.matches()
                ? Problem.error(parts.group(1), parts.group(2), parts.group(3), orAgain(parts.group(4) == null ? "" : parts.group(4)))
                : Problem.error(where, "Failed", text, AGAIN);
    }
}
