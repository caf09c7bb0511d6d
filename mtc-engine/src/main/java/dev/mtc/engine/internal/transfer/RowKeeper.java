package dev.mtc.engine.internal.transfer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the rows of a run are kept for the process that goes on with it.
 *
 * @param <R> the resource that tells of the rows
 */
interface RowKeeper<R> {

    /** {@return the rows, empty if none were kept yet} */
    Optional<List<TransferRow>> load();

    /**
     * Keeps rows for the first time.
     *
     * @param spec fills the spec of the resource
     */
    void create(List<TransferRow> rows, Consumer<R> spec);

    /** {@return what movers noted about the rows} */
    Map<String, String> notes();

    /** Keeps what became of rows, and what movers noted. */
    void save(List<TransferRow> rows, Map<String, String> notes);

    /** {@return one that keeps nothing, for what is soon found done by looking at it again} */
    static <R> RowKeeper<R> none() {
        return new RowKeeper<>() {
            @Override
            public Optional<List<TransferRow>> load() {
                return Optional.empty();
            }

            @Override
            public void create(List<TransferRow> rows, Consumer<R> spec) {
                // another process makes the same rows
            }

            @Override
            public Map<String, String> notes() {
                return Map.of();
            }

            @Override
            public void save(List<TransferRow> rows, Map<String, String> notes) {
                // another process asks the movers again
            }
        };
    }
}
