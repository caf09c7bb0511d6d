package dev.mtc.examples;

import dev.mtc.api.Ended;
import dev.mtc.api.MigrationEvent;
import dev.mtc.api.MigrationListener;
import dev.mtc.api.PhaseCompleted;
import dev.mtc.api.PhaseStarted;
import dev.mtc.api.PhaseWaiting;
import dev.mtc.api.Progress;
import dev.mtc.api.Sizes;
import dev.mtc.api.TransferProgressed;
import dev.mtc.api.Warned;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Prints a run's progress. In a terminal the lines of what is being moved are drawn again in place; elsewhere every line is
 * printed once and progress of an item at most every five seconds.
 */
final class ProgressPrinter implements MigrationListener {

    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
    private static final int BAR = 20;

    private final PrintWriter out;
    private final boolean isTerminal;
    private final Map<String, String> live = new LinkedHashMap<>();
    private final Map<String, Instant> printed = new HashMap<>();
    private int drawn;
    private String phase = "";

    private ProgressPrinter(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    static ProgressPrinter to(PrintWriter out) {
        // A console alone says nothing from JDK 22 on; a terminal that cannot be drawn on calls itself dumb or nothing.
        boolean isTerminal = isConsole()
                && System.getenv("TERM") != null
                && !"dumb".equals(System.getenv("TERM"))
                && System.getenv("NO_COLOR") == null;
        return new ProgressPrinter(out, isTerminal);
    }

    @SuppressWarnings("SystemConsoleNull")
    private static boolean isConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    @Override
    public void onEvent(MigrationEvent event) {
        if (event instanceof PhaseStarted started) {
            phase = String.format(
                    Locale.ROOT, "%2d/%d %-16s %s", started.index(), started.count(), started.step(), started.phase());
            line(phase);
        } else if (event instanceof PhaseWaiting waiting) {
            waiting(waiting);
        } else if (event instanceof PhaseCompleted completed) {
            if (completed.took().toMillis() >= 1000) {
                line("      " + completed.phase() + " took " + seconds(completed.took()));
            }
        } else if (event instanceof TransferProgressed moved) {
            moved(moved);
        } else if (event instanceof Warned warned) {
            line("      WARN " + warned.problem());
        } else if (event instanceof Ended) {
            live.clear();
            redraw();
        }
        out.flush();
    }

    private void waiting(PhaseWaiting waiting) {
        if (isTerminal) {
            live.put("", "      waiting: " + waiting.reason());
            redraw();
        } else if (due("waiting", waiting.at())) {
            line("      waiting: " + waiting.reason());
        }
    }

    private void moved(TransferProgressed event) {
        Progress.Item item = event.item();
        String key = item.kind() + " " + item.name();
        String text = "      " + describe(item);
        boolean isOver = item.state().equals("done") || item.state().equals("failed");
        if (isOver) {
            live.remove(key);
            line(text);
        } else if (isTerminal) {
            live.put(key, text);
            redraw();
        } else if (due(key, event.at())) {
            line(text);
        }
    }

    private boolean due(String key, Instant now) {
        Instant last = printed.get(key);
        if (last != null && last.plus(PLAIN_INTERVAL).isAfter(now)) {
            return false;
        }
        printed.put(key, now);
        return true;
    }

    private static String describe(Progress.Item item) {
        if (item.kind().equals("objects")) {
            return item.transferredBytes() + " objects " + item.name();
        }
        String detail = item.detail() == null || item.detail().isEmpty() ? "" : " (" + item.detail() + ")";
        String state = item.state().equals("running") ? running(item) : " " + item.state() + total(item);
        return item.kind() + " " + item.name() + state + detail;
    }

    private static String total(Progress.Item item) {
        long total = item.totalBytes().orElse(0);
        return total == 0 ? "" : " " + Sizes.format(total);
    }

    private static String running(Progress.Item item) {
        StringBuilder text = new StringBuilder();
        long total = item.totalBytes().orElse(0);
        if (total > 0) {
            long percent = Math.min(100, item.transferredBytes() * 100 / total);
            text.append(' ').append(bar(percent)).append(' ').append(percent).append('%');
        }
        text.append(' ').append(Sizes.format(item.transferredBytes()));
        if (total > 0) {
            text.append(" of ").append(Sizes.format(total));
        }
        item.bytesPerSecond()
                .ifPresent(rate ->
                        text.append(", ").append(Sizes.format(Math.round(rate))).append("/s"));
        item.eta().ifPresent(eta -> text.append(", ").append(seconds(eta)).append(" left"));
        return text.toString();
    }

    private static String bar(long percent) {
        int full = (int) (percent * BAR / 100);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }

    private static String seconds(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1000.0);
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    /** Prints a line that stays, above those that are drawn again. */
    private void line(String text) {
        erase();
        live.remove("");
        out.println(text);
        draw();
    }

    private void redraw() {
        erase();
        draw();
    }

    private void erase() {
        if (isTerminal && drawn > 0) {
            out.print("\u001b[" + drawn + "A\u001b[J");
            drawn = 0;
        }
    }

    private void draw() {
        if (isTerminal) {
            live.values().forEach(text -> out.println(text.length() > 150 ? text.substring(0, 147) + "..." : text));
            drawn = live.size();
        }
    }
}
