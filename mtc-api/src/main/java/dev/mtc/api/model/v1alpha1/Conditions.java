package dev.mtc.api.model.v1alpha1;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules by which conditions come and go, over the list of a status. Between {@link #begin} and {@link #end} a
 * condition counts only if it was set or staged since, or is durable; the others are gone at the end. So a condition
 * disappears because nobody set it again. Not safe for use by several threads. MTC's conditions reference, Mechanics.
 *
 * @since 0.1
 */
public final class Conditions {

    /** Type of the condition that the resource can be used. */
    public static final String READY = "Ready";

    /** Type of the condition that the work on the resource ended with an error. */
    public static final String RECONCILE_FAILED = "ReconcileFailed";

    private final ConditionedStatus status;
    private final Clock clock;
    private final Set<String> staged = new HashSet<>();
    private boolean staging;

    private Conditions(ConditionedStatus status, Clock clock) {
        this.status = status;
        this.clock = clock;
    }

    /**
     * {@return the rules over the conditions of a status}
     *
     * @param status its list is changed in place
     * @param clock gives the times of changes
     */
    public static Conditions of(ConditionedStatus status, Clock clock) {
        return new Conditions(status, clock);
    }

    /** Begins staging: only durable conditions count from here on, and items are taken out of the messages. */
    public void begin() {
        staging = true;
        staged.clear();
        for (Condition condition : all()) {
            condition.collapse();
            if (condition.isDurable()) {
                staged.add(condition.getType());
            }
        }
    }

    /** Ends staging: conditions that do not count are removed, and items are put into the messages. */
    public void end() {
        staging = false;
        all().removeIf(condition -> !staged.contains(condition.getType()));
        all().forEach(Condition::expand);
    }

    /** Adds a copy of the condition, or updates the one of its type; its time changes only if something else does. */
    public void set(Condition condition) {
        staged.add(condition.getType());
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        Optional<Condition> present = present(condition.getType());
        if (present.isEmpty()) {
            Condition added = condition.copy();
            added.setLastTransitionTime(now);
            all().add(added);
        } else if (!present.get().saysTheSameAs(condition)) {
            present.get().become(condition, now);
        } else {
            present.get().remedy(condition.remedy());
        }
        if (!staging) {
            present(condition.getType()).ifPresent(Condition::expand);
        }
    }

    /** Lets conditions that are in the list count again, as they are. */
    public void stage(String... types) {
        staged.addAll(Arrays.asList(types));
    }

    /** Removes conditions, durable ones too; while staging they stop to count and go at the end. */
    public void delete(String... types) {
        List<String> deleted = List.of(types);
        deleted.forEach(staged::remove);
        if (!staging) {
            all().removeIf(condition -> deleted.contains(condition.getType()));
        }
    }

    /** {@return the condition of that type, if it counts} */
    public Optional<Condition> find(String type) {
        return present(type).filter(this::counts);
    }

    /** {@return whether conditions of all these types count and are true; not so if none is named} */
    public boolean has(String... types) {
        return types.length > 0 && Arrays.stream(types).allMatch(this::isTrue);
    }

    /** {@return whether a condition of one of these types counts and is true} */
    public boolean hasAny(String... types) {
        return Arrays.stream(types).anyMatch(this::isTrue);
    }

    /** {@return whether a condition of one of these categories counts and is true} */
    public boolean hasCategory(Category... categories) {
        return all().stream()
                .filter(condition -> counts(condition) && condition.holds())
                .anyMatch(condition -> Arrays.stream(categories).anyMatch(condition::is));
    }

    /** {@return whether something keeps the resource from being Ready: a true Critical or Error condition} */
    public boolean hasBlocker() {
        return hasCategory(Category.CRITICAL, Category.ERROR);
    }

    /** {@return whether the resource can be used} */
    public boolean isReady() {
        return has(READY);
    }

    /** Sets Ready. */
    public void ready(String message) {
        set(Condition.of(Category.REQUIRED, READY).message(message));
    }

    /** Deletes Ready; it is never set to False. */
    public void notReady() {
        delete(READY);
    }

    /** Sets ReconcileFailed and deletes Ready. */
    public void reconcileFailed(String error) {
        set(Condition.of(Category.CRITICAL, RECONCILE_FAILED)
                .message("Reconcile failed: []. See controller logs for details.")
                .items(List.of(error)));
        notReady();
    }

    /** {@return the conditions that count, in their order} */
    public List<Condition> list() {
        return all().stream().filter(this::counts).toList();
    }

    private List<Condition> all() {
        return status.getConditions();
    }

    private boolean isTrue(String type) {
        return find(type).filter(Condition::holds).isPresent();
    }

    private boolean counts(Condition condition) {
        return !staging || staged.contains(condition.getType());
    }

    private Optional<Condition> present(String type) {
        return all().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    @Override
    public String toString() {
        return "Conditions" + list();
    }
}
