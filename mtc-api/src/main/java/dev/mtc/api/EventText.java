package dev.mtc.api;

import java.util.Locale;

/** Events as lines for people. */
final class EventText {

    private static final int BAR = 20;

    private EventText() {}

    static String started(PhaseStarted event) {
        return String.format(Locale.ROOT, "%2d/%d %-16s %s", event.index(), event.count(), event.step(), event.phase());
    }

    /** {@return how far an item is, its name first} */
    static String of(Progress.Item item) {
        if (item.kind().equals("objects")) {
            return item.transferredBytes() + " objects " + item.name();
        }
        boolean isRunning = item.state().equals("running");
        return item.kind() + " " + item.name() + (isRunning ? " " + running(item) : " " + ended(item)) + detail(item);
    }

    /** {@return how far an item is, the bar first, so that bars stand below each other and a long name is what is cut} */
    static String withBarFirst(Progress.Item item) {
        return item.state().equals("running") && !item.kind().equals("objects")
                ? running(item) + "  " + item.kind() + " " + item.name() + detail(item)
                : of(item);
    }

    private static String detail(Progress.Item item) {
        return item.detail() == null || item.detail().isEmpty() ? "" : " (" + item.detail() + ")";
    }

    private static String ended(Progress.Item item) {
        long total = item.totalBytes().orElse(0);
        return item.state() + (total == 0 ? "" : " " + Sizes.format(total));
    }

    private static String running(Progress.Item item) {
        StringBuilder text = new StringBuilder();
        long total = item.totalBytes().orElse(0);
        if (total > 0) {
            long percent = Math.min(100, Math.round(Math.floor(100.0 * item.transferredBytes() / total)));
            int full = (int) (percent * BAR / 100);
            text.append('[')
                    .append("#".repeat(full))
                    .append(".".repeat(BAR - full))
                    .append(']');
            text.append(String.format(Locale.ROOT, "%4d%% ", percent));
        }
        text.append(Sizes.format(item.transferredBytes()));
        if (total > 0) {
            text.append(" of ").append(Sizes.format(total));
        }
        item.bytesPerSecond()
                .ifPresent(rate ->
                        text.append(", ").append(Sizes.format(Math.round(rate))).append("/s"));
        item.eta()
                .ifPresent(
                        left -> text.append(", ").append(Counts.rounded(left)).append(" left"));
        return text.toString();
    }
}
