package dev.mtc.testkit;

import static dev.mtc.testkit.MtcAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.MigrationRun;
import dev.mtc.api.Phase;
import dev.mtc.api.Problem;
import dev.mtc.api.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each assertion holds for a result that is so, and fails with the report for one that is not. */
class MigrationResultAssertTest {

    private static final ItemOutcome COPIED = item("volume", "shop/data", Action.COPIED, "3 entries equal");
    private static final ItemOutcome SKIPPED = item("object", "events shop/first", Action.SKIPPED, null);
    private static final ItemOutcome SAME = item("object", "deployments.apps shop/web", Action.UNCHANGED, null);

    /** Something asserted, a result that it holds for and one that it does not. */
    private record Case(
            String name, Consumer<MigrationResultAssert> asserted, MigrationResult good, MigrationResult bad) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static ItemOutcome item(String kind, String name, Action action, @Nullable String proof) {
        long bytes = action == Action.COPIED ? 10 : 0;
        return new ItemOutcome(kind, name, action, bytes, bytes, "", proof);
    }

    private static MigrationResult result(Status status, ItemOutcome... items) {
        List<Problem> errors = status == Status.FAILED
                ? List.of(Problem.error("phase " + Phase.VERIFICATION, "VerifyFailed", "2 differ", "copy again"))
                : List.of();
        List<Problem> warnings = status == Status.SUCCEEDED_WITH_WARNINGS
                ? List.of(Problem.warning("shop/web", "UnresolvedReference", "names web.shop.svc", "look at it"))
                : List.of();
        return new MigrationResult(
                "run-1",
                "shop",
                "Final",
                status,
                List.of(items),
                warnings,
                errors,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                List.of(),
                null);
    }

    static Stream<Case> cases() {
        MigrationResult clean = result(Status.SUCCEEDED, COPIED, SKIPPED);
        MigrationResult warned = result(Status.SUCCEEDED_WITH_WARNINGS, COPIED);
        MigrationResult failed = result(Status.FAILED, COPIED);
        MigrationResult canceled = result(Status.CANCELED);
        return Stream.of(
                new Case("endedClean", MigrationResultAssert::endedClean, clean, warned),
                new Case("succeeded", MigrationResultAssert::succeeded, warned, failed),
                new Case("failed", MigrationResultAssert::failed, failed, canceled),
                new Case("failedIn", is -> is.failedIn(Phase.VERIFICATION), failed, clean),
                new Case("failedIn another", is -> is.failedIn(Phase.VERIFICATION), failed, failedElsewhere()),
                new Case("failedWith", is -> is.failedWith("VerifyFailed"), failed, failedElsewhere()),
                new Case("warnedOf", is -> is.warnedOf("UnresolvedReference"), warned, clean),
                new Case("wasCanceled", MigrationResultAssert::wasCanceled, canceled, failed),
                new Case(
                        "changedNothing", MigrationResultAssert::changedNothing, result(Status.SUCCEEDED, SAME), clean),
                new Case("moved", is -> is.moved("shop/data", "data"), clean, result(Status.SUCCEEDED, SKIPPED)),
                new Case("moved skipped", is -> is.moved("shop/data"), clean, skipped("shop/data")),
                new Case("didNotMove", is -> is.didNotMove("shop/data"), skipped("shop/data"), clean),
                new Case("didNotMove typo", is -> is.didNotMove("shop/first"), clean, result(Status.SUCCEEDED, COPIED)),
                new Case("doesNotMention", is -> is.doesNotMention("shop/data"), canceled, clean),
                new Case("proved", is -> is.proved("shop/data"), clean, skipped("shop/data")));
    }

    private static MigrationResult skipped(String name) {
        return result(Status.SUCCEEDED, item("volume", name, Action.SKIPPED, null));
    }

    private static MigrationResult failedElsewhere() {
        return new MigrationResult(
                "run-2",
                "shop",
                "Final",
                Status.FAILED,
                List.of(),
                List.of(),
                List.of(Problem.error("phase " + Phase.STARTED, "Failed", "no", "")),
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                List.of(),
                null);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void assertion_holds(Case one) {
        one.asserted().accept(assertThat(one.good()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void assertion_doesNotHold_showsTheReport(Case one) {
        MigrationResultAssert is = assertThat(one.bad());

        assertThatThrownBy(() -> one.asserted().accept(is))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected the run")
                .hasMessageContaining(one.bad().report().toText());
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void ended_onlyOneOfFour_holds(Status status) {
        long holding = Stream.<Consumer<MigrationResultAssert>>of(
                        MigrationResultAssert::endedClean,
                        MigrationResultAssert::failed,
                        MigrationResultAssert::wasCanceled,
                        is -> is.warnedOf("UnresolvedReference"))
                .filter(asserted -> holds(asserted, result(status)))
                .count();

        org.assertj.core.api.Assertions.assertThat(holding).isEqualTo(1);
    }

    private static boolean holds(Consumer<MigrationResultAssert> asserted, MigrationResult result) {
        try {
            asserted.accept(assertThat(result));
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    @Test
    void assertThat_aRun_waitsForItsEnd() {
        MigrationResult clean = result(Status.SUCCEEDED, COPIED);

        assertThat(new Run(clean)).endedClean().moved("shop/data");
    }

    private record Run(MigrationResult result) implements MigrationRun {
        @Override
        public String id() {
            return result.runId();
        }

        @Override
        public MigrationResult await(Duration limit) {
            return result;
        }

        @Override
        public void cancel() {
            throw new AssertionError("nobody asked for that");
        }

        @Override
        public Progress progress() {
            throw new AssertionError("nobody asked for that");
        }

        @Override
        public boolean isDone() {
            return false;
        }
    }
}
