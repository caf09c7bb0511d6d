package dev.mtc.testkit;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.Phase;
import dev.mtc.api.Problem;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on how a migration ended. What fails shows the whole report. Items are named as the report names them - objects
 * that were carried over by the target's namespace, volumes by the source's - or by the end of that name after a slash or a
 * space: {@code deployments.apps shop-eu/web}, {@code shop/data}, {@code web:1}.
 *
 * @since 0.1
 */
public final class MigrationResultAssert extends AbstractAssert<MigrationResultAssert, MigrationResult> {

    private static final Set<Action> ARRIVED =
            Set.of(Action.CREATED, Action.UPDATED, Action.UNCHANGED, Action.COPIED, Action.MOVED);

    MigrationResultAssert(MigrationResult result) {
        super(result, MigrationResultAssert.class);
    }

    /** {@return this, of a run that succeeded without warnings} */
    public MigrationResultAssert endedClean() {
        return ended(Status.SUCCEEDED);
    }

    /** {@return this, of a run that succeeded, with or without warnings} */
    public MigrationResultAssert succeeded() {
        isNotNull();
        if (actual.status() != Status.SUCCEEDED_WITH_WARNINGS) {
            ended(Status.SUCCEEDED);
        }
        return this;
    }

    /** {@return this, of a run that failed} */
    public MigrationResultAssert failed() {
        return ended(Status.FAILED);
    }

    /**
     * {@return this, of a run that failed in a phase}
     *
     * @param phase where
     */
    public MigrationResultAssert failedIn(Phase phase) {
        failed();
        String where = "phase " + phase;
        if (actual.errors().stream().noneMatch(problem -> problem.where().equals(where))) {
            wrong("to have failed in " + where);
        }
        return this;
    }

    /** {@return this, of a run that was canceled} */
    public MigrationResultAssert wasCanceled() {
        return ended(Status.CANCELED);
    }

    private MigrationResultAssert ended(Status status) {
        isNotNull();
        if (actual.status() != status) {
            wrong("to have ended " + status);
        }
        return this;
    }

    /** {@return this, of a run that found everything equal and changed nothing} */
    public MigrationResultAssert changedNothing() {
        isNotNull();
        if (!actual.isNoOp()) {
            wrong("to have changed nothing");
        }
        return this;
    }

    /**
     * {@return this, of a run that carried all of these to the target or found them equal there}
     *
     * @param names of objects, images and volumes
     */
    public MigrationResultAssert moved(String... names) {
        for (String name : names) {
            if (items(name).stream().noneMatch(item -> ARRIVED.contains(item.action()))) {
                wrong("to have moved " + name);
            }
        }
        return this;
    }

    /**
     * {@return this, of a run that knew all of these and moved none of them} What it knew nothing of fails, too, as it may be
     * misspelled; see {@link #doesNotMention}.
     *
     * @param names of objects, images and volumes
     */
    public MigrationResultAssert didNotMove(String... names) {
        for (String name : names) {
            List<ItemOutcome> items = items(name);
            if (items.isEmpty()) {
                wrong("to name " + name + " and not to have moved it");
            } else if (items.stream().anyMatch(item -> ARRIVED.contains(item.action()))) {
                wrong("not to have moved " + name);
            }
        }
        return this;
    }

    /**
     * {@return this, of a run that names none of these, as what is of other namespaces or of kinds that the plan leaves out}
     *
     * @param names of objects, images and volumes
     */
    public MigrationResultAssert doesNotMention(String... names) {
        for (String name : names) {
            if (!items(name).isEmpty()) {
                wrong("not to name " + name);
            }
        }
        return this;
    }

    /**
     * {@return this, of a run that has shown that these are equal on both sides}
     *
     * @param names of images and volumes
     */
    public MigrationResultAssert proved(String... names) {
        for (String name : names) {
            if (items(name).stream().noneMatch(item -> item.proof() != null)) {
                wrong("to have shown that " + name + " is equal on both sides");
            }
        }
        return this;
    }

    /**
     * {@return this, of a run that warned of something}
     *
     * @param code of a warning, like {@code UnresolvedReference}
     */
    public MigrationResultAssert warnedOf(String code) {
        isNotNull();
        return has(actual.warnings(), code, "a warning");
    }

    /**
     * {@return this, of a run that failed for a reason}
     *
     * @param code of an error, like {@code VerifyFailed}
     */
    public MigrationResultAssert failedWith(String code) {
        failed();
        return has(actual.errors(), code, "an error");
    }

    private MigrationResultAssert has(List<Problem> problems, String code, String what) {
        if (problems.stream().noneMatch(problem -> problem.code().equals(code))) {
            wrong("to have " + what + " " + code);
        }
        return this;
    }

    private List<ItemOutcome> items(String name) {
        isNotNull();
        return actual.items().stream().filter(item -> isNamed(item, name)).toList();
    }

    private static boolean isNamed(ItemOutcome item, String name) {
        return item.name().equals(name)
                || item.name().endsWith("/" + name)
                || item.name().endsWith(" " + name);
    }

    private void wrong(@Nullable String expectation) {
        failWithMessage(
                "%nExpected the run%n%s%n%n%s", expectation, actual.report().toText());
    }
}
