package dev.mtc.engine.internal.transfer;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.MtcException;
import dev.mtc.api.Problem;
import dev.mtc.api.Remedy;
import dev.mtc.api.spi.MoveRequest;
import dev.mtc.api.spi.Mover;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.engine.internal.run.Advice;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.transfer.TransferRow.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Moves a list of things, some at once, and keeps how far each is, so that another process goes on with exactly those
 * that are not done.
 *
 * @param <Q> what is moved
 * @param <R> the resource that tells of the rows
 */
final class Transfers<Q extends MoveRequest, R> {

    /** How often bytes alone are worth writing the record. */
    private static final Duration TELL_AGAIN = Duration.ofSeconds(5);

    /**
     * What is moved and how.
     *
     * @param kind {@code image} or {@code volume}
     * @param request makes what a mover understands of a row
     * @param mover finds the mover of a request
     * @param pace how many run at the same time, and how often they are looked at
     * @param lines makes lines for the pipeline
     */
    record Kind<Q extends MoveRequest>(
            String kind,
            Function<TransferRow, Q> request,
            Function<Q, Mover<Q>> mover,
            Pace pace,
            Function<TransferTable, List<String>> lines) {}

    /**
     * How many run at the same time, and how often they are looked at: soon after something happened, less often as long as
     * nothing does.
     *
     * @param atOnce how many may run, those that arrived counted until their helpers are gone
     * @param soon the shortest pause between two looks
     * @param tidiesAtOnce whether helpers of what arrived are gone in no time, so that they need no look of their own
     */
    record Pace(int atOnce, Duration soon, boolean tidiesAtOnce) {

        private static final Duration SELDOM = Duration.ofMillis(500);

        /** For what other machines do: each look asks them. */
        static Pace remote(int atOnce) {
            return new Pace(atOnce, SELDOM, false);
        }

        /** For what this process does. */
        static Pace local(int atOnce) {
            return new Pace(atOnce, Duration.ofMillis(50), true);
        }

        /** {@return the pause after one that ended without news} */
        Duration after(Duration quiet) {
            Duration longer = quiet.multipliedBy(2);
            return longer.compareTo(SELDOM) < 0 ? longer : SELDOM;
        }
    }

    private final RunContext context;
    private final MoverContext movers;
    private final Kind<Q> kind;
    private final RowKeeper<R> record;
    private final MoverNotes notes = new MoverNotes();
    private List<TransferRow> rows = List.of();
    private List<TransferRow> kept = List.of();
    private final List<Problem> failures = new ArrayList<>();
    private Duration pause;
    private List<String> told = List.of();
    private Instant toldAt = Instant.EPOCH;

    Transfers(RunContext context, Kind<Q> kind, RowKeeper<R> record) {
        this.context = context;
        this.movers = new RunMoverContext(context, notes, this::underWay);
        this.kind = kind;
        this.record = record;
        this.pause = kind.pace().soon();
    }

    private int underWay() {
        return (int) rows.stream().filter(row -> row.state() == State.RUNNING).count();
    }

    /** {@return whether there is anything to look after, in this process or kept by an earlier one} */
    boolean isKnown() {
        if (rows.isEmpty()) {
            record.load().ifPresent(known -> {
                notes.load(record.notes());
                rows = known;
                kept = known;
            });
        }
        return !rows.isEmpty();
    }

    /** Keeps what is to be moved, unless it was kept already. */
    void create(List<TransferRow> planned, Consumer<R> spec) {
        if (!isKnown()) {
            record.create(planned, spec);
            rows = planned;
            kept = planned;
        }
    }

    /** {@return the rows as they are, none if nothing was kept yet} */
    List<TransferRow> rows() {
        return isKnown() ? rows : List.of();
    }

    /** {@return whether helpers of what arrived are still there} */
    boolean hasHelpers() {
        return isKnown() && rows.stream().anyMatch(row -> row.state() == State.MOVED);
    }

    /** Starts what can start, looks after what runs, and says whether all arrived; helpers may outlive that. */
    Outcome advance() {
        if (!isKnown()) {
            return Outcome.advance();
        }
        List<TransferRow> before = rows;
        Set<TransferRow> startable = startable(before);
        List<CompletableFuture<TransferRow>> next = new ArrayList<>();
        for (TransferRow row : before) {
            boolean waits = row.state() == State.PENDING && !startable.contains(row);
            next.add(
                    row.isOver() || waits
                            ? CompletableFuture.completedFuture(row)
                            : CompletableFuture.supplyAsync(() -> next(row), context.executor()));
        }
        Optional<RuntimeException> broken = join(before, next);
        pause = rows.equals(before) ? kind.pace().after(pause) : kind.pace().soon();
        keep();
        if (broken.isPresent()) {
            throw broken.get();
        }
        if (kind.pace().tidiesAtOnce()) {
            rows = rows.stream()
                    .map(row -> row.state() == State.MOVED ? next(row) : row)
                    .toList();
            keep();
        }
        return outcome();
    }

    private void keep() {
        List<String> lines = kind.lines().apply(table());
        if (!rows.equals(kept) || notes.isChanged() || isWorthTelling(lines)) {
            record.save(rows, notes.taken());
            kept = rows;
            told = lines;
            toldAt = now();
        }
    }

    /** {@return what can be started} Of what goes to the same place, one after the other, so that the last one stays. */
    private Set<TransferRow> startable(List<TransferRow> all) {
        long free = kind.pace().atOnce()
                - all.stream()
                        .filter(row -> row.state() == State.RUNNING || row.state() == State.MOVED)
                        .count();
        Set<TransferRow> startable = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (TransferRow row : all) {
            boolean isFirst = row.hasArrived() || taken.add(row.target());
            if (isFirst && row.state() == State.PENDING && startable.size() < free) {
                startable.add(row);
            }
        }
        return startable;
    }

    private TransferTable table() {
        return new TransferTable(rows, context.board().items(), now());
    }

    private Instant now() {
        return context.clock().instant();
    }

    private boolean isWorthTelling(List<String> lines) {
        return !lines.equals(told) && !now().isBefore(toldAt.plus(TELL_AGAIN));
    }

    /** Takes over what became of the rows; one that threw stays as it was, so that the others are not forgotten. */
    private Optional<RuntimeException> join(List<TransferRow> before, List<CompletableFuture<TransferRow>> next) {
        List<TransferRow> after = new ArrayList<>();
        RuntimeException broken = null;
        for (int i = 0; i < before.size(); i++) {
            try {
                after.add(next.get(i).join());
            } catch (CompletionException e) {
                after.add(before.get(i));
                broken = e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
        rows = List.copyOf(after);
        return Optional.ofNullable(broken);
    }

    private Outcome outcome() {
        rows.stream()
                .filter(row -> row.hasArrived() && row.state() != State.STOPPED)
                .forEach(this::note);
        if (failures.isEmpty()) {
            // Rows that an earlier process kept as failed, before it ended.
            rows.stream()
                    .filter(row -> row.state() == State.FAILED)
                    .forEach(row -> fail(row, "Failed", row.detail(), Advice.AGAIN));
        }
        List<String> lines = kind.lines().apply(table());
        if (!failures.isEmpty()) {
            return new Outcome.Fail(failures, lines);
        }
        long open = rows.stream().filter(row -> !row.hasArrived()).count();
        if (open == 0) {
            return new Outcome.Advance(lines);
        }
        long done = rows.size() - open;
        String waiting = done + " of " + rows.size() + " " + kind.kind() + "s done";
        return new Outcome.Wait(pause, waiting, lines);
    }

    private TransferRow next(TransferRow row) {
        try {
            Q request = kind.request().apply(row);
            Mover<Q> mover = kind.mover().apply(request);
            return switch (row.state()) {
                case PENDING -> started(row, mover.start(request, movers));
                case RUNNING -> polled(row, mover.poll(row.ref(), request, movers));
                case MOVED -> mover.cleanUp(row.ref(), request, movers) ? row.in(State.DONE, row.detail()) : row;
                case DONE, FAILED, SKIPPED, STOPPED -> row;
            };
        } catch (MtcException e) {
            if (e.remedy() == Remedy.RETRY) {
                throw e;
            }
            return failed(row, "Failed", e.getMessage() == null ? e.toString() : e.getMessage(), Advice.of(e));
        }
    }

    private TransferRow started(TransferRow row, TransferRef ref) {
        report(row, "pending", 0, OptionalLong.empty(), "starting");
        return row.started(ref, now());
    }

    private TransferRow polled(TransferRow row, TransferStatus status) {
        if (status instanceof TransferStatus.Pending pending) {
            report(row, "pending", 0, OptionalLong.empty(), pending.reason());
            return row.in(State.RUNNING, pending.reason());
        } else if (status instanceof TransferStatus.Running running) {
            report(row, "running", running.transferredBytes(), running.totalBytes(), running.detail());
            return row.running(running.helper());
        } else if (status instanceof TransferStatus.Succeeded succeeded) {
            report(row, "done", succeeded.totalBytes(), OptionalLong.of(succeeded.totalBytes()), succeeded.proof());
            succeeded.warnings().forEach(text -> context.journal()
                    .warn(Problem.warning(
                            kind.kind() + " " + row.source(),
                            "TransferWarning",
                            text,
                            "look at it on both sides, or copy again with verify()")));
            return row.moved(succeeded, now());
        } else if (status instanceof TransferStatus.Failed failed) {
            report(row, "failed", 0, OptionalLong.empty(), failed.message());
            return failed(row, failed.reason(), failed.message(), failed.fix());
        }
        return row.lost();
    }

    private TransferRow failed(TransferRow row, String code, String message, String fix) {
        fail(row, code, message, fix);
        return row.over(State.FAILED, message, now());
    }

    private synchronized void fail(TransferRow row, String code, String message, String fix) {
        failures.add(Problem.error(
                kind.kind() + " " + row.source() + " -> " + row.target(), code, message, Advice.orAgain(fix)));
    }

    private void report(TransferRow row, String state, long bytes, OptionalLong total, @Nullable String detail) {
        context.board().update(kind.kind(), row.source(), state, bytes, total, detail);
    }

    private void note(TransferRow row) {
        ItemOutcome.Action action =
                switch (row.state()) {
                    case FAILED -> ItemOutcome.Action.FAILED;
                    case SKIPPED -> ItemOutcome.Action.SKIPPED;
                    default -> row.movedBytes() == 0 ? ItemOutcome.Action.UNCHANGED : ItemOutcome.Action.COPIED;
                };
        String name = row.source().equals(row.target()) ? row.source() : row.source() + " -> " + row.target();
        context.journal()
                .item(new ItemOutcome(
                        kind.kind(), name, action, row.movedBytes(), row.totalBytes(), row.detail(), row.proof()));
    }

    private void keepStopped() {
        List<TransferRow> stopped = rows.stream()
                .map(row -> row.isOver()
                        ? row
                        : row.state() == State.MOVED
                                ? row.in(State.DONE, row.detail())
                                : row.over(
                                        State.STOPPED, "stopped with its migration before everything arrived", now()))
                .toList();
        if (!stopped.equals(kept)) {
            record.save(stopped, notes.taken());
            rows = stopped;
            kept = stopped;
        }
    }

    /** Stops everything and removes all helpers; {@return whether nothing is left} */
    boolean stop() {
        if (!isKnown()) {
            return true;
        }
        boolean clean = true;
        for (TransferRow row : rows) {
            if (!row.moverId().isEmpty() && row.state() != State.DONE && row.state() != State.STOPPED) {
                Q request = kind.request().apply(row);
                Mover<Q> mover = kind.mover().apply(request);
                mover.cancel(row.ref(), request, movers);
                clean &= mover.cleanUp(row.ref(), request, movers);
            }
        }
        if (clean) {
            keepStopped();
        }
        return clean;
    }
}
