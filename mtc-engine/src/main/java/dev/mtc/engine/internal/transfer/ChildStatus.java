package dev.mtc.engine.internal.transfer;

import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.engine.internal.transfer.TransferRow.State;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rows come to in the fields that MTC's DirectVolumeMigration and DirectImageMigration have in common. Theirs have many
 * phases because they tend pods and routes; here a mover does that, so one phase moves and one tidies up.
 */
final class ChildStatus {

    /** How far the whole is. */
    private enum Stage {
        MOVING,
        TIDYING,
        SUCCEEDED,
        FAILED
    }

    private final List<TransferRow> rows;
    private final List<String> phases;
    private final Stage stage;

    private ChildStatus(List<TransferRow> rows, List<String> phases) {
        this.rows = rows;
        this.phases = phases;
        this.stage = stage(rows);
    }

    /**
     * {@return the common part of a status}
     *
     * @param rows all rows
     * @param moving MTC's phase in which things are moved
     * @param tidying MTC's phase in which helpers are removed
     */
    static ChildStatus of(List<TransferRow> rows, String moving, String tidying) {
        return new ChildStatus(rows, List.of(moving, tidying, "Completed"));
    }

    private static Stage stage(List<TransferRow> rows) {
        if (rows.stream().anyMatch(TransferRow::isLost)) {
            // One that is lost fails the migration, which stops the others.
            return Stage.FAILED;
        } else if (rows.stream().anyMatch(row -> !row.hasArrived())) {
            return Stage.MOVING;
        }
        return rows.stream().allMatch(TransferRow::isOver) ? Stage.SUCCEEDED : Stage.TIDYING;
    }

    private int step() {
        return stage == Stage.MOVING ? 1 : stage == Stage.TIDYING ? 2 : phases.size();
    }

    /** {@return the phase, one of MTC's} */
    String phase() {
        return phases.get(step() - 1);
    }

    /** {@return whether something could not be moved} */
    boolean hasFailed() {
        return stage == Stage.FAILED;
    }

    /** {@return what went wrong} */
    List<String> errors() {
        return in(State.FAILED, State.STOPPED).stream()
                .map(row -> row.source() + ": " + row.detail())
                .toList();
    }

    /** {@return the rows in one of some states} */
    List<TransferRow> in(State... states) {
        List<State> wanted = List.of(states);
        return rows.stream().filter(row -> wanted.contains(row.state())).toList();
    }

    /** {@return when work began, in RFC 3339} */
    static String since(@Nullable String known, Clock clock) {
        return known != null
                ? known
                : clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * Sets Running, Succeeded or Failed, and Ready while there is something to do.
     *
     * @param weightOfFailure the category of Failed, which differs from kind to kind
     */
    void conditions(ConditionedStatus status, Category weightOfFailure, Clock clock) {
        Conditions conditions = Conditions.of(status, clock);
        if (stage == Stage.MOVING || stage == Stage.TIDYING) {
            conditions.set(Condition.of(Category.ADVISORY, "Running")
                    .reason(phase())
                    .message("Step: " + step() + "/" + phases.size()));
            conditions.ready("The migration is ready.");
            return;
        }
        conditions.delete("Running");
        conditions.notReady();
        conditions.set(
                stage == Stage.SUCCEEDED
                        ? Condition.of(Category.ADVISORY, "Succeeded")
                                .reason("Completed")
                                .message("The migration has completed successfully.")
                                .durable()
                        : Condition.of(weightOfFailure, "Failed")
                                .reason(phases.get(0))
                                .message("The migration has failed.  See: Errors.")
                                .durable());
    }
}
