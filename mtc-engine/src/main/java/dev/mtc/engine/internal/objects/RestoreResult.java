package dev.mtc.engine.internal.objects;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of objects.
 *
 * @param outcomes one for each object, in the order of the work
 * @param problems warnings and errors; an error says that its object is not as it should be
 */
public record RestoreResult(List<ItemOutcome> outcomes, List<Problem> problems) {

    /** Copies its lists. */
    public RestoreResult {
        outcomes = List.copyOf(outcomes);
        problems = List.copyOf(problems);
    }

    /** {@return a copy with more to know} */
    RestoreResult and(List<Problem> more) {
        return new RestoreResult(
                outcomes, Stream.concat(problems.stream(), more.stream()).toList());
    }

    /** {@return what is worth knowing} */
    public List<Problem> warnings() {
        return problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.WARN)
                .toList();
    }

    /** {@return what failed} */
    public List<Problem> errors() {
        return problems.stream().filter(Problem::blocks).toList();
    }

    /** {@return how many objects ended so} */
    public long count(ItemOutcome.Action action) {
        return outcomes.stream().filter(outcome -> outcome.action() == action).count();
    }

    @Override
    public String toString() {
        return "RestoreResult[" + count(ItemOutcome.Action.CREATED) + " created, "
                + count(ItemOutcome.Action.UPDATED) + " updated, " + count(ItemOutcome.Action.UNCHANGED)
                + " unchanged, " + count(ItemOutcome.Action.SKIPPED) + " skipped, "
                + count(ItemOutcome.Action.FAILED) + " failed]";
    }
}
