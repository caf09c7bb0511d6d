package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class ListenersTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String ERASE = "\u001b[1A\u001b[J";

    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text);

    @Test
    void lines_printsPhasesWaitsTransfersAndWarningsOnce() {
        MigrationListener lines = Listeners.lines(out);

        lines.onEvent(new PhaseStarted("run", START, Phase.VERIFICATION, "Cleanup", 3, 29));
        lines.onEvent(new PhaseWaiting("run", START, Phase.VERIFICATION, "2 of 5 pods run"));
        lines.onEvent(new PhaseCompleted("run", START, Phase.VERIFICATION, Duration.ofSeconds(61)));
        lines.onEvent(new PhaseCompleted("run", START, Phase.STARTED, Duration.ofMillis(999)));
        lines.onEvent(moved(START, item("done", 2_000_000, 2_000_000)));
        lines.onEvent(new Warned("run", START, Problem.warning("shop/web", "Note", "is odd", "look at it")));

        assertThat(text)
                .hasToString(" 3/29 Cleanup          Verification\n      waiting: 2 of 5 pods run\n"
                        + "      Verification took 1 min 1 s\n      volume shop/files done 2.00 MB (2 files)\n"
                        + "      WARN shop/web: Note: is odd; look at it\n");
    }

    @Test
    void lines_ofProgress_comeEveryFiveSecondsOnly() {
        MigrationListener lines = Listeners.lines(out);

        lines.onEvent(moved(START, item("running", 0, 2_000_000)));
        lines.onEvent(moved(START.plusSeconds(4), item("running", 500_000, 2_000_000)));
        lines.onEvent(moved(START.plusSeconds(5), item("running", 1_000_000, 2_000_000)));

        assertThat(text.toString().lines())
                .containsExactly(
                        "      volume shop/files [....................]   0% 0 bytes of 2.00 MB, 100.00 kB/s, 20 s left (2"
                                + " files)",
                        "      volume shop/files [##########..........]  50% 1.00 MB of 2.00 MB, 100.00 kB/s, 10 s left (2"
                                + " files)");
    }

    @Test
    void terminal_drawsWhatIsMovedAgainInPlace_cutToItsWidth() {
        MigrationListener terminal = new ConsoleListener(out, 60);

        terminal.onEvent(moved(START, item("running", 0, 2_000_000)));
        terminal.onEvent(moved(START, item("running", 1_000_000, 2_000_000)));
        terminal.onEvent(moved(START, item("done", 2_000_000, 2_000_000)));

        assertThat(text)
                .hasToString("      [....................]   0% 0 bytes of 2.00 MB, 10...\n" + ERASE
                        + "      [##########..........]  50% 1.00 MB of 2.00 MB, 10...\n" + ERASE
                        + "      volume shop/files done 2.00 MB (2 files)\n");
    }

    @Test
    void terminal_ofManyTransfers_drawsNoMoreThanFit_andClearsThemAtTheEnd() {
        MigrationListener terminal = new ConsoleListener(out, 80);
        for (int i = 0; i < 20; i++) {
            terminal.onEvent(moved(START, named("shop/v" + i)));
        }
        text.getBuffer().setLength(0);

        terminal.onEvent(new PhaseWaiting("run", START, Phase.VERIFICATION, "pods"));
        assertThat(text.toString()).startsWith("\u001b[13A\u001b[J").endsWith("      and 9 more\n");
        assertThat(text.toString().lines()).hasSize(13);
        terminal.onEvent(new Ended("run", START, result(MigrationResult.Status.SUCCEEDED)));

        assertThat(text.toString()).endsWith("\u001b[13A\u001b[J");
    }

    @Test
    void console_ofTextThatSteersATerminal_printsItHarmless() {
        Problem evil = Problem.warning("shop/web", "Note", "\u001b[2Jgone\u0007", "look\nat it");

        Listeners.lines(out).onEvent(new Warned("run", START, evil));

        assertThat(text).hasToString("      WARN shop/web: Note: ?[2Jgone?; look\nat it\n");
    }

    @Test
    void console_withoutATerminal_printsLines() {
        Listeners.console(out).onEvent(moved(START, item("done", 1, 1)));

        assertThat(text).hasToString("      volume shop/files done 1 bytes (2 files)\n");
    }

    @Test
    void columns_areTakenFromTheVariable_orUsual() {
        assertThat(Listeners.columns("132")).isEqualTo(132);
        assertThat(Listeners.columns("3")).isEqualTo(20);
        assertThat(Listeners.columns("wide")).isEqualTo(80);
        assertThat(Listeners.columns(null)).isEqualTo(80);
    }

    @Test
    void log_choosesTheLevelByWhatHappened() {
        Recorder recorder = new Recorder();
        MigrationListener log = Listeners.log(recorder);

        log.onEvent(new PhaseStarted("run", START, Phase.VERIFICATION, "Cleanup", 3, 29));
        log.onEvent(new PhaseWaiting("run", START, Phase.VERIFICATION, "2 of 5 pods run"));
        log.onEvent(new PhaseCompleted("run", START, Phase.VERIFICATION, Duration.ofSeconds(61)));
        log.onEvent(moved(START, item("running", 1, 2)));
        log.onEvent(moved(START, item("failed", 1, 2)));
        log.onEvent(moved(START, item("done", 2, 2)));
        log.onEvent(new Warned("run", START, Problem.warning("shop/web", "Note", "is odd", "look at it")));
        log.onEvent(new Ended("run", START, result(MigrationResult.Status.FAILED)));
        log.onEvent(new Ended("run", START, result(MigrationResult.Status.SUCCEEDED)));

        assertThat(recorder.lines)
                .containsExactly(
                        "INFO 3/29 Cleanup          Verification",
                        "DEBUG Verification waits: 2 of 5 pods run",
                        "DEBUG Verification took 1 min 1 s",
                        "DEBUG volume shop/files [##########..........]  50% 1 bytes of 2 bytes, 100.00 kB/s, 0 s left"
                                + " (2 files)",
                        "WARN volume shop/files failed 2 bytes (2 files)",
                        "INFO volume shop/files done 2 bytes (2 files)",
                        "WARN shop/web: Note: is odd; look at it",
                        "ERROR Result[run FAILED in 1.0 s; 1 error]: [shop/db: Code: is bad; mend it]",
                        "INFO Result[run SUCCEEDED, nothing to do in 1.0 s]");
    }

    private static TransferProgressed moved(Instant at, Progress.Item item) {
        return new TransferProgressed("run", at, item);
    }

    private static Progress.Item item(String state, long moved, long total) {
        return new Progress.Item(
                "volume", "shop/files", state, moved, OptionalLong.of(total), OptionalDouble.of(100_000), "2 files");
    }

    private static Progress.Item named(String name) {
        return new Progress.Item("volume", name, "running", 0, OptionalLong.empty(), OptionalDouble.empty(), null);
    }

    private static MigrationResult result(MigrationResult.Status status) {
        return EndedRuns.of("run", status, START);
    }

    /** Keeps what is logged. */
    private static final class Recorder extends AbstractLogger {
        private static final long serialVersionUID = 1;

        private final transient List<String> lines = new ArrayList<>();

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable cause) {
            lines.add(level + " " + MessageFormatter.basicArrayFormat(message, arguments));
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return "";
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isTraceEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled(Marker marker) {
            return true;
        }
    }
}
