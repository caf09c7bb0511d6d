package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.MigrationResult.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationResultTest {

    private static final Instant START = Instant.parse("2024-05-01T10:00:00Z");
    private static final Problem WARNING = Problem.warning("shop/web", "Note", "is odd", "look at it");
    private static final Problem FAILURE = Problem.error("shop/db", "Code", "is bad", "mend it");

    @Test
    void toString_countsWhatWasDone() {
        MigrationResult result = result(
                Status.SUCCEEDED_WITH_WARNINGS,
                List.of(WARNING),
                object(Action.CREATED),
                object(Action.CREATED),
                object(Action.SKIPPED),
                new ItemOutcome("volume", "shop/files", Action.COPIED, 1500, 2000, "", null),
                new ItemOutcome("hook", "PreBackup", Action.RAN, 0, 0, "", null));

        assertThat(result)
                .hasToString("Result[run-1 SUCCEEDED_WITH_WARNINGS in 1.5 s; objects: 2 created, 1 skipped; volumes:"
                        + " 1 copied (1.50 kB moved); hooks: 1 ran; 1 warning]");
        assertThat(result.took()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void isNoOp_nothingChangedOrMoved() {
        assertThat(result(Status.SUCCEEDED, List.of(), object(Action.UNCHANGED), object(Action.SKIPPED)))
                .matches(MigrationResult::isNoOp)
                .hasToString("Result[run-1 SUCCEEDED, nothing to do in 1.5 s; objects: 1 unchanged, 1 skipped]");
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNCHANGED", "SKIPPED"})
    void isNoOp_somethingDone_isFalse(Action action) {
        assertThat(result(Status.SUCCEEDED, List.of(), object(action)).isNoOp()).isFalse();
    }

    @Test
    void isNoOp_bytesMovedOrNoSuccess_isFalse() {
        ItemOutcome moved = new ItemOutcome("volume", "shop/files", Action.UNCHANGED, 1, 10, "", null);

        assertThat(result(Status.SUCCEEDED, List.of(), moved).isNoOp()).isFalse();
        assertThat(result(Status.FAILED, List.of()).isNoOp()).isFalse();
        assertThat(result(Status.CANCELED, List.of()).isNoOp()).isFalse();
    }

    @Test
    void requireClean_success_givesTheResult() {
        MigrationResult result = result(Status.SUCCEEDED, List.of());

        assertThat(result.requireClean()).isSameAs(result);
        assertThat(result.requireSuccess()).isSameAs(result);
    }

    @Test
    void requireClean_warnings_throwsThem() {
        MigrationResult result = result(Status.SUCCEEDED_WITH_WARNINGS, List.of(WARNING));

        MigrationFailedException thrown = catchThrowableOfType(MigrationFailedException.class, result::requireClean);

        assertThat(result.requireSuccess()).isSameAs(result);
        assertThat(thrown).hasMessage("Run run-1 ended with warnings:\n  shop/web: Note: is odd; look at it");
        assertThat(thrown.remedy()).isEqualTo(Remedy.INSPECT);
        assertThat(thrown.result()).isSameAs(result);
    }

    @Test
    void requireSuccess_failed_throwsTheErrors() {
        MigrationResult result = result(Status.FAILED, List.of(WARNING));

        MigrationFailedException thrown = catchThrowableOfType(MigrationFailedException.class, result::requireSuccess);

        assertThat(thrown).hasMessage("Run run-1 failed:\n  shop/db: Code: is bad; mend it");
        assertThat(thrown.remedy()).isEqualTo(Remedy.ROLL_BACK);
        assertThat(result.toString()).endsWith("; 1 warning; 1 error]");
    }

    @Test
    void requireSuccess_canceled_saysWhatIsLeft() {
        MigrationResult result = result(Status.CANCELED, List.of());

        assertThat(catchThrowableOfType(MigrationCanceledException.class, result::requireClean))
                .hasMessage("Run run-1 was canceled; the source runs as before, what was copied to the target stays"
                        + " there");
    }

    @Test
    void item_printsBytesDetailAndProof() {
        assertThat(new ItemOutcome("volume", "shop/files", Action.COPIED, 1000, 2_000_000, "2 files", "sha256 equal"))
                .hasToString("COPIED volume shop/files (1.00 kB of 2.00 MB): 2 files [sha256 equal]");
        assertThat(object(Action.DELETED)).hasToString("DELETED object services shop/web");
    }

    private static ItemOutcome object(Action action) {
        return new ItemOutcome("object", "services shop/web", action, 0, 0, "", null);
    }

    private static MigrationResult result(Status status, List<Problem> warnings, ItemOutcome... items) {
        return new MigrationResult(
                "run-1",
                "shop",
                "Final",
                status,
                List.of(items),
                warnings,
                status == Status.FAILED ? List.of(FAILURE) : List.of(),
                START,
                START.plusMillis(1500),
                null,
                List.of(),
                null);
    }
}
