package dev.mtc.engine.internal.objects;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Notes what became of objects, in the order in which they were begun, whichever ends first. Thread-safe. */
final class Ledger {

    private final TreeMap<Integer, ItemOutcome> outcomes = new TreeMap<>();
    private final TreeMap<Integer, List<Problem>> problems = new TreeMap<>();
    private final LongConsumer progress;
    private int next;

    Ledger(LongConsumer progress) {
        this.progress = progress;
    }

    /** {@return the number of another object} */
    synchronized int begin() {
        return next++;
    }

    /** Replaces what was noted of this object before. */
    void note(int number, ItemOutcome outcome, List<Problem> about) {
        long done;
        synchronized (this) {
            outcomes.put(number, advised(outcome, about));
            if (about.isEmpty()) {
                problems.remove(number);
            } else {
                problems.put(number, List.copyOf(about));
            }
            done = outcomes.size();
        }
        progress.accept(done);
    }

    private static ItemOutcome advised(ItemOutcome outcome, List<Problem> about) {
        String detail = advice(outcome.detail(), about);
        return new ItemOutcome(
                outcome.kind(),
                outcome.name(),
                outcome.action(),
                outcome.movedBytes(),
                outcome.totalBytes(),
                detail,
                null,
                outcome.contentDigest());
    }

    /** {@return a reason, followed by what is worth knowing beside it} */
    static String advice(String reason, List<Problem> about) {
        return Stream.concat(
                        Stream.of(reason).filter(text -> !text.isEmpty()),
                        about.stream()
                                .filter(problem -> problem.severity() == Problem.Severity.ADVISORY)
                                .map(problem -> problem.message() + "; " + problem.fix()))
                .collect(Collectors.joining("; "));
    }

    synchronized RestoreResult result() {
        List<Problem> all = new ArrayList<>();
        problems.values().forEach(all::addAll);
        return new RestoreResult(List.copyOf(outcomes.values()), all);
    }

    static ItemOutcome outcome(ObjectKey key, ItemOutcome.Action action, String detail) {
        return new ItemOutcome("object", key.toString(), action, 0, 0, detail, null);
    }
}
