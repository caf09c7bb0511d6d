package dev.mtc.engine.internal.transfer;

import dev.mtc.api.Progress;
import dev.mtc.api.Sizes;
import dev.mtc.engine.internal.run.ProgressLines;
import dev.mtc.engine.internal.transfer.TransferRow.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All rows of a transfer at one moment.
 *
 * @param rows what is kept of them
 * @param items how far this process knows them to be
 * @param now the moment
 */
record TransferTable(List<TransferRow> rows, List<Progress.Item> items, Instant now) {

    TransferTable {
        rows = List.copyOf(rows);
        items = List.copyOf(items);
    }

    /** {@return how far a row is that runs} */
    private Optional<Progress.Item> item(TransferRow row) {
        return items.stream()
                .filter(item -> row.state() == State.RUNNING && item.name().equals(row.source()))
                .findFirst();
    }

    /** {@return the share of a row that has arrived, if it runs and its size is known} */
    OptionalLong percent(TransferRow row) {
        return item(row)
                .filter(item -> item.totalBytes().orElse(0) > 0)
                .map(item -> OptionalLong.of(Math.min(
                        100, item.transferredBytes() * 100 / item.totalBytes().orElse(0))))
                .orElse(OptionalLong.empty());
    }

    /** {@return how fast a row moves, as people read it, if it runs} */
    Optional<String> rate(TransferRow row) {
        return item(row)
                .filter(item -> item.bytesPerSecond().isPresent())
                .map(item -> Sizes.format(Math.round(item.bytesPerSecond().orElse(0))) + "/s");
    }

    /** {@return how long a row took or has taken, as Go writes it, if it began} */
    Optional<String> took(TransferRow row) {
        return row.work().took(now).map(ProgressLines::duration);
    }

    /** {@return bytes of a row that have arrived} */
    long done(TransferRow row) {
        return switch (row.state()) {
            case MOVED, DONE -> row.totalBytes();
            default -> item(row).map(Progress.Item::transferredBytes).orElse(0L);
        };
    }

    /** {@return the size of a row, 0 if it is not known yet} */
    long total(TransferRow row) {
        return switch (row.state()) {
            case MOVED, DONE -> row.totalBytes();
            default -> item(row).map(item -> item.totalBytes().orElse(0)).orElse(0L);
        };
    }
}
