package dev.mtc.api;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan or manifest is wrong; carries everything that is wrong with it.
 *
 * @since 0.1
 */
public final class PlanInvalidException extends MtcException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /**
     * Makes one.
     *
     * @param what what is invalid, for example {@code Plan shop}
     * @param problems all problems, at least one
     */
    public PlanInvalidException(String what, List<Problem> problems) {
        super(
                Remedy.FIX_INPUT,
                what + " is invalid:" + problems.stream().map(p -> "\n  " + p).collect(Collectors.joining()),
                null);
        this.problems = List.copyOf(problems);
    }

    /** {@return everything that is wrong} */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
