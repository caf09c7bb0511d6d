package dev.mtc.engine.internal.transfer;

import dev.mtc.engine.internal.run.ProgressLines;
import dev.mtc.engine.internal.transfer.TransferRow.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What the pipeline says of rows: how many are how far, then a line for each. */
final class TransferLines {

    private static final String RUNNING = "Running";
    private static final String COMPLETED = "Completed";
    private static final String FAILED = "Failed";

    private TransferLines() {}

    /** {@return the lines of volumes that go from cluster to cluster} */
    static List<String> volumes(TransferTable table) {
        List<String> lines = new ArrayList<>(List.of(totals(table.rows())));
        sorted(table.rows()).forEach(row -> lines.add(volume(row, table)));
        return lines;
    }

    /** {@return the lines of volumes that go through the repository} Half of the bytes count on the way in, half on the way out. */
    static List<String> storedVolumes(TransferTable table) {
        List<String> lines = new ArrayList<>(List.of(totals(table.rows())));
        sorted(table.rows()).forEach(row -> lines.addAll(stored(row, table)));
        return lines;
    }

    private static String totals(List<TransferRow> rows) {
        return ProgressLines.volumes(
                rows.size(),
                successful(rows),
                count(rows, State.RUNNING),
                count(rows, State.FAILED) + count(rows, State.STOPPED));
    }

    private static String volume(TransferRow row, TransferTable table) {
        int slash = row.source().indexOf('/');
        String claim = row.source().substring(slash + 1);
        String pod = Objects.requireNonNullElse(row.work().pod(), claim);
        return new ProgressLines.Volume(
                        claim,
                        row.source().substring(0, slash + 1) + pod,
                        state(row),
                        row.work().attempt(),
                        row.work().limit(),
                        table.percent(row),
                        table.rate(row).orElse(null),
                        table.took(row).orElse(null))
                .line();
    }

    private static List<String> stored(TransferRow row, TransferTable table) {
        boolean whole = row.state() == State.MOVED || row.state() == State.DONE;
        long size = whole ? row.totalBytes() : table.total(row) / 2;
        long done = whole ? 2 * size : table.done(row);
        String took = table.took(row).orElse("0s");
        var in = new ProgressLines.Stored(row.source(), Math.min(done, size), size, took);
        var out = new ProgressLines.Stored(row.source(), Math.max(0, done - size), size, took);
        return switch (row.state()) {
            case PENDING -> List.of(ProgressLines.backupWaits(row.source()));
            case RUNNING -> done > size ? List.of(in.backup(), out.restore()) : List.of(in.backup());
            case MOVED, DONE, SKIPPED -> List.of(in.backup(), out.completed());
            case FAILED, STOPPED ->
                done > size ? List.of(in.backup(), out.failedRestore()) : List.of(in.failedBackup());
        };
    }

    /** {@return the lines of images: of ImageStreams as MTC has them, then of images that are in none} */
    static List<String> images(TransferTable table) {
        List<ImageGroup> streams = ImageGroup.streams(table.rows());
        List<String> lines = new ArrayList<>();
        lines.add(ProgressLines.imageStreams(
                streams.size(),
                streams.stream()
                        .filter(stream -> word(stream.rows()).equals(RUNNING))
                        .count(),
                streams.stream()
                        .filter(stream -> word(stream.rows()).equals(COMPLETED))
                        .count(),
                streams.stream()
                        .filter(stream -> word(stream.rows()).equals(FAILED))
                        .count()));
        streams.forEach(stream -> lines.add(ProgressLines.imageStream(stream.name(), word(stream.rows()))));
        List<TransferRow> others =
                sorted(table.rows().stream().filter(row -> row.group() == null).toList());
        if (!others.isEmpty()) {
            lines.add(ProgressLines.images(
                    others.size(),
                    count(others, State.RUNNING),
                    successful(others),
                    count(others, State.FAILED) + count(others, State.STOPPED)));
            others.forEach(row -> lines.add(ProgressLines.image(row.source(), state(row))));
        }
        return lines;
    }

    /** MTC has no word for a stream that waits for its turn. */
    private static String word(Collection<TransferRow> rows) {
        if (rows.stream().anyMatch(TransferRow::isLost)) {
            return FAILED;
        }
        return rows.stream().allMatch(TransferRow::hasArrived) ? COMPLETED : RUNNING;
    }

    private static List<TransferRow> sorted(Collection<TransferRow> rows) {
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
            case RUNNING -> RUNNING;
            case MOVED, DONE, SKIPPED -> COMPLETED;
            case FAILED, STOPPED -> FAILED;
        };
    }
}
