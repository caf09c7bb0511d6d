package dev.mtc.api;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Prints a run's progress. In a terminal the lines of what is being moved are drawn again in place; elsewhere every line is
 * printed once and progress of an item at most every five seconds.
 */
final class ConsoleListener implements MigrationListener {

    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);

    /** More lines than the terminal has could not be drawn again in place. */
    private static final int MOST_LIVE = 12;

    /** What a cluster or a hook says must not steer the terminal. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f&&[^\\n\\t]]");

    private final PrintWriter out;

    /** Columns of the terminal, 0 if lines cannot be drawn again. */
    private final int columns;

    private final Map<String, String> live = new LinkedHashMap<>();
    private final Map<String, Instant> printed = new HashMap<>();
    private int drawn;

    ConsoleListener(PrintWriter out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    @Override
    public void onEvent(MigrationEvent event) {
        if (event instanceof PhaseStarted started) {
            line(EventText.started(started));
        } else if (event instanceof PhaseWaiting waiting) {
            waiting(waiting);
        } else if (event instanceof PhaseCompleted completed) {
            if (completed.took().toMillis() >= 1000) {
                line("      " + completed.phase() + " took " + Counts.rounded(completed.took()));
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
        if (columns > 0) {
            live.put("", "      waiting: " + waiting.reason());
            redraw();
        } else if (due("waiting", waiting.at())) {
            line("      waiting: " + waiting.reason());
        }
    }

    private void moved(TransferProgressed event) {
        Progress.Item item = event.item();
        String key = item.kind() + " " + item.name();
        boolean isOver = item.state().equals("done") || item.state().equals("failed");
        if (isOver) {
            live.remove(key);
            line("      " + EventText.of(item));
        } else if (columns > 0) {
            live.put(key, "      " + EventText.withBarFirst(item));
            redraw();
        } else if (due(key, event.at())) {
            line("      " + EventText.of(item));
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

    /** Prints a line that stays, above those that are drawn again. */
    private void line(String text) {
        erase();
        live.remove("");
        out.println(CONTROL.matcher(text).replaceAll("?"));
        draw();
    }

    private void redraw() {
        erase();
        draw();
    }

    private void erase() {
        if (columns > 0 && drawn > 0) {
            out.print("\u001b[" + drawn + "A\u001b[J");
            drawn = 0;
        }
    }

    private void draw() {
        if (columns > 0) {
            live.values().stream().limit(MOST_LIVE).forEach(text -> out.println(cut(text)));
            int hidden = Math.max(0, live.size() - MOST_LIVE);
            if (hidden > 0) {
                out.println("      and " + hidden + " more");
            }
            drawn = live.size() - hidden + (hidden > 0 ? 1 : 0);
        }
    }

    /** A line that the terminal breaks would not be erased as a whole. */
    private String cut(String text) {
        String line = CONTROL.matcher(text).replaceAll("?").replaceAll("[\n\t]", " ");
        return line.length() < columns ? line : line.substring(0, columns - 4) + "...";
    }

    @Override
    public String toString() {
        return "Listener[console, " + (columns > 0 ? "bars" : "lines") + "]";
    }
}
