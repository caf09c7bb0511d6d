package dev.mtc.engine.internal.transfer;

import dev.mtc.api.Progress;
import dev.mtc.engine.internal.run.ProgressLines;
import dev.mtc.engine.internal.transfer.TransferRow.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the pipeline says of rows: how many are how far, then a line for each. */
final class TransferLines {

    private TransferLines() {}

    static List<String> volumes(List<TransferRow> rows, List<Progress.Item> items) {
        List<String> lines = new ArrayList<>();
        lines.add(ProgressLines.volumes(
                rows.size(),
                successful(rows),
                count(rows, State.RUNNING),
                count(rows, State.FAILED) + count(rows, State.STOPPED)));
        sorted(rows).forEach(row -> lines.add(volume(row, items)));
        return lines;
    }

    private static String volume(TransferRow row, List<Progress.Item> items) {
        int slash = row.source().indexOf('/');
        Optional<Progress.Item> item = items.stream()
                .filter(known -> row.state() == State.RUNNING
                        && known.kind().equals("volume")
                        && known.name().equals(row.source()))
                .findFirst();
        return ProgressLines.volume(
                row.source().substring(0, slash),
                row.source().substring(slash + 1),
                state(row),
                item.map(TransferLines::percent).orElse(OptionalLong.empty()),
                item.map(Progress.Item::bytesPerSecond).orElse(OptionalDouble.empty()));
    }

    private static OptionalLong percent(Progress.Item item) {
        long total = item.totalBytes().orElse(0);
        return total == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.min(100, item.transferredBytes() * 100 / total));
    }

    static List<String> images(List<TransferRow> rows, List<Progress.Item> items) {
        List<String> lines = new ArrayList<>();
        lines.add(ProgressLines.images(
                rows.size(),
                count(rows, State.RUNNING),
                successful(rows),
                count(rows, State.FAILED) + count(rows, State.STOPPED)));
        sorted(rows).forEach(row -> lines.add(ProgressLines.image(row.source(), state(row))));
        return lines;
    }

    private static List<TransferRow> sorted(List<TransferRow> rows) {
        return rows.stream().sorted(Comparator.comparing(TransferRow::source)).toList();
    }

    private static long successful(List<TransferRow> rows) {
        return count(rows, State.MOVED) + count(rows, State.DONE) + count(rows, State.SKIPPED);
    }

    private static long count(List<TransferRow> rows, State state) {
        return rows.stream().filter(row -> row.state() == state).count();
    }

    private static String state(TransferRow row) {
        return switch (row.state()) {
            case PENDING -> "Pending";
            case RUNNING -> "Running";
            case MOVED, DONE, SKIPPED -> "Completed";
            case FAILED, STOPPED -> "Failed";
        };
    }
}
