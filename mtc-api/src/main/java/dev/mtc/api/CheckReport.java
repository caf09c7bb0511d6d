package dev.mtc.api;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The outcome of a check.
 *
 * @param subject what was checked, for example {@code Plan shop}
 * @param summary one line about what is there when all is well
 * @param problems everything found, blocking ones first
 * @since 0.1
 */
public record CheckReport(String subject, String summary, List<Problem> problems) {

    public CheckReport {
        problems = problems.stream()
                .sorted((a, b) -> a.severity().compareTo(b.severity()))
                .collect(Collectors.toUnmodifiableList());
    }

    /** {@return whether nothing blocks; warnings may be there} */
    public boolean isOk() {
        return problems.stream().noneMatch(Problem::blocks);
    }

    /**
     * {@return this report}
     *
     * @throws PlanInvalidException if something blocks, with the blocking problems
     */
    public CheckReport requireOk() {
        if (!isOk()) {
            throw new PlanInvalidException(
                    subject, problems.stream().filter(Problem::blocks).toList());
        }
        return this;
    }

    /** {@return all of it, a line for each problem} */
    public String describe() {
        return subject + ": " + (isOk() ? "ok" : "not ok") + (summary.isEmpty() ? "" : ": " + summary)
                + problems.stream().map(p -> "\n  " + p.severity() + " " + p).collect(Collectors.joining());
    }

    @Override
    public String toString() {
        long blocking = problems.stream().filter(Problem::blocks).count();
        long others = problems.size() - blocking;
        return (blocking == 0 ? "ok: " + summary : "not ok: " + blocking + " to fix, first " + problems.get(0))
                + (others == 0 ? "" : " (" + Counts.of(others, "warning") + ")");
    }
}
