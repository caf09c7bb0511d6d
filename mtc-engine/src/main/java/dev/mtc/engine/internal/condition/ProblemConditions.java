package dev.mtc.engine.internal.condition;

import dev.mtc.api.Problem;
import dev.mtc.api.Problem.Severity;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.Conditions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Problems as conditions, one for each code, in the order in which the codes first come up. What several problems of a code
 * say becomes the items of one message, which ends with the remedy if it is the same for all.
 */
public final class ProblemConditions {

    /** Type of the only condition of a plan that MTC keeps until a look at the pods finds otherwise. */
    public static final String DURABLE = "NamespacesHaveNodeSelectors";

    private static final Map<Severity, Category> CATEGORIES = Map.of(
            Severity.CRITICAL, Category.CRITICAL,
            Severity.ERROR, Category.ERROR,
            Severity.WARN, Category.WARN,
            Severity.ADVISORY, Category.ADVISORY);

    private ProblemConditions() {}

    /** {@return conditions that go when they are not set again, but for those that MTC makes durable} */
    public static List<Condition> of(Collection<Problem> problems) {
        Map<String, List<Problem>> byCode = new LinkedHashMap<>();
        problems.stream().distinct().forEach(problem -> byCode.computeIfAbsent(
                        problem.code(), code -> new ArrayList<>())
                .add(problem));
        return byCode.values().stream().map(ProblemConditions::condition).toList();
    }

    /** {@return conditions of which the warnings stay until they are deleted, as those of a migration do} */
    public static List<Condition> withDurableWarnings(Collection<Problem> problems) {
        List<Condition> conditions = of(problems);
        conditions.stream().filter(condition -> condition.is(Category.WARN)).forEach(Condition::durable);
        return conditions;
    }

    /**
     * Sets what is wrong with a resource, and Ready unless something of it keeps it from being used.
     *
     * @param ready what Ready says
     */
    public static void judge(Collection<Problem> problems, Conditions conditions, String ready) {
        of(problems).forEach(conditions::set);
        if (conditions.hasBlocker()) {
            conditions.notReady();
        } else {
            conditions.ready(ready);
        }
    }

    private static Condition condition(List<Problem> problems) {
        Problem worst =
                problems.stream().min(Comparator.comparing(Problem::severity)).orElseThrow();
        Condition condition = Condition.of(CATEGORIES.getOrDefault(worst.severity(), Category.ERROR), worst.code());
        if (!worst.reason().isEmpty()) {
            condition.reason(worst.reason());
        }
        if (DURABLE.equals(worst.code())) {
            condition.durable();
        }
        condition.remedy(problems.stream()
                .map(Problem::fix)
                .filter(fix -> !fix.isEmpty())
                .distinct()
                .collect(Collectors.joining("; ")));
        if (problems.size() == 1) {
            return condition.message(text(worst) + remedy(worst));
        }
        boolean sameFix = problems.stream().map(Problem::fix).distinct().count() == 1;
        return condition
                .message("[]" + (sameFix ? remedy(worst) : ""))
                .items(problems.stream()
                        .map(problem -> text(problem) + (sameFix ? "" : remedy(problem)))
                        .toList());
    }

    private static String text(Problem problem) {
        return problem.where() + ": " + problem.message();
    }

    private static String remedy(Problem problem) {
        return problem.fix().isEmpty() ? "" : "; " + problem.fix();
    }
}
