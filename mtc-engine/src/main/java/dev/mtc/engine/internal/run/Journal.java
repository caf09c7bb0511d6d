package dev.mtc.engine.internal.run;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.Problem;
import dev.mtc.api.model.v1alpha1.UnhealthyNamespace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a run has to tell at its end. Thread-safe; telling the same thing again changes nothing. */
public final class Journal {

    private static final Set<ItemOutcome.Action> CHANGES =
            EnumSet.of(ItemOutcome.Action.CREATED, ItemOutcome.Action.UPDATED, ItemOutcome.Action.COPIED);

    private final Map<String, ItemOutcome> items = new LinkedHashMap<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private final Set<Problem> errors = new LinkedHashSet<>();
    private final Set<Problem> newWarnings = ConcurrentHashMap.newKeySet();
    private List<UnhealthyNamespace> unhealthy = List.of();

    /**
     * Notes what became of something. What is said later about the same thing replaces it, but that it was found equal does
     * not hide that this run changed it before.
     */
    public synchronized void item(ItemOutcome outcome) {
        items.merge(
                outcome.kind() + " " + outcome.name(),
                outcome,
                (before, now) -> now.action() == ItemOutcome.Action.UNCHANGED && CHANGES.contains(before.action())
                        ? before
                        : now);
    }

    /** Notes a warning. */
    public synchronized void warn(Problem warning) {
        if (warnings.add(warning)) {
            newWarnings.add(warning);
        }
    }

    /** Notes warnings. */
    public void warnAll(Collection<Problem> some) {
        some.forEach(this::warn);
    }

    /** Notes which workloads of the target were not healthy when the run stopped waiting for them. */
    public synchronized void unhealthy(List<UnhealthyNamespace> namespaces) {
        unhealthy = List.copyOf(namespaces);
    }

    /** Notes an error. */
    public synchronized void error(Problem error) {
        errors.add(error);
    }

    synchronized List<Problem> drainNewWarnings() {
        List<Problem> drained = new ArrayList<>(newWarnings);
        newWarnings.clear();
        return drained;
    }

    synchronized List<ItemOutcome> items() {
        return List.copyOf(items.values());
    }

    synchronized List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    synchronized List<Problem> errors() {
        return List.copyOf(errors);
    }

    synchronized List<UnhealthyNamespace> unhealthy() {
        return unhealthy;
    }
}
