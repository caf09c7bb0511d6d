package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mtc.api.Preview.Action;
import dev.mtc.api.Preview.Verb;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What checks and previews say. */
class ReportsTest {

    private static final Problem ERROR = Problem.error("from", "Code", "is bad", "mend it");
    private static final Problem WARNING = Problem.warning("to", "Note", "is odd", "");

    @Test
    void check_good_isOkWithItsSummary() {
        CheckReport report = new CheckReport("Plan shop", "1 namespace", List.of());

        assertThat(report.isOk()).isTrue();
        assertThat(report.requireOk()).isSameAs(report);
        assertThat(report).hasToString("ok: 1 namespace");
        assertThat(report.describe()).isEqualTo("Plan shop: ok: 1 namespace");
    }

    @Test
    void check_withWarnings_isOkAndCountsThem() {
        assertThat(new CheckReport("Plan shop", "1 namespace", List.of(WARNING)).requireOk())
                .hasToString("ok: 1 namespace (1 warning)");
        assertThat(new CheckReport("Plan shop", "1 namespace", List.of(WARNING, WARNING)))
                .hasToString("ok: 1 namespace (2 warnings)");
    }

    @Test
    void check_bad_putsBlockingProblemsFirst() {
        CheckReport report = new CheckReport("Plan shop", "", List.of(WARNING, ERROR));

        assertThat(report.isOk()).isFalse();
        assertThat(report.problems()).containsExactly(ERROR, WARNING);
        assertThat(report).hasToString("not ok: 1 to fix, first from: Code: is bad; mend it (1 warning)");
        assertThat(report.describe())
                .isEqualTo("Plan shop: not ok\n  ERROR from: Code: is bad; mend it\n  WARN to: Note: is odd");
    }

    @Test
    void requireOk_bad_throwsOnlyWhatBlocks() {
        CheckReport report = new CheckReport("Plan shop", "", List.of(WARNING, ERROR));

        PlanInvalidException thrown = catchThrowableOfType(PlanInvalidException.class, report::requireOk);

        assertThat(thrown.problems()).containsExactly(ERROR);
        assertThat(thrown).hasMessage("Plan shop is invalid:\n  from: Code: is bad; mend it");
    }

    @Test
    void preview_countsByKindAndVerb() {
        Preview preview = new Preview(
                List.of(
                        Action.of(Verb.CREATE, "object", "services shop/web", ""),
                        Action.of(Verb.SKIP, "object", "pods shop/web-1", "has an owner"),
                        Action.of(Verb.CONFLICT, "object", "services shop/db", "not ours"),
                        Action.of(Verb.COPY, "image", "shop/web:1", "").bytes(1_500_000, 0),
                        Action.of(Verb.COPY, "volume", "shop/files", "").bytes(-1, 0)),
                List.of(WARNING));

        assertThat(preview)
                .hasToString("Preview[1 create, 0 update, 0 unchanged, 1 skip; 1 image 1.50 MB; 1 volume; 1 conflict;"
                        + " 1 warning]");
        assertThat(preview.describe().lines())
                .hasSize(7)
                .contains(
                        "  CREATE object services shop/web",
                        "  SKIP object pods shop/web-1: has an owner",
                        "  COPY image shop/web:1 (1.50 MB)",
                        "  COPY volume shop/files",
                        "  WARN to: Note: is odd");
    }
}
