package dev.mtc.engine.internal.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Problem;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigPlanStatus;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemConditionsTest {

    private static final Problem A = Problem.warning("a", "SourcePodsNotHealthy", "pod x is bad", "mend it");
    private static final Problem B = Problem.warning("b", "SourcePodsNotHealthy", "pod y is bad", "mend it");

    /** What the conditions say once they stand in a status. */
    private static List<String> messages(List<Condition> made) {
        MigPlanStatus status = new MigPlanStatus();
        Conditions conditions = Conditions.of(status, Clock.systemUTC());
        made.forEach(conditions::set);
        return status.getConditions().stream().map(Condition::getMessage).toList();
    }

    @Test
    void of_oneProblem_saysWhereWhatAndRemedy() {
        List<Condition> conditions = ProblemConditions.of(
                List.of(Problem.critical("from", "InvalidSourceClusterRef", "no cluster is set", "call from(…)")
                        .because("NotSet")));

        assertThat(conditions).singleElement().satisfies(condition -> {
            assertThat(condition.getType()).isEqualTo("InvalidSourceClusterRef");
            assertThat(condition.getReason()).isEqualTo("NotSet");
            assertThat(condition.is(Category.CRITICAL)).isTrue();
            assertThat(condition.isDurable()).isFalse();
        });
        assertThat(messages(conditions)).containsExactly("from: no cluster is set; call from(…)");
    }

    @Test
    void of_severalOfACode_areOneConditionWithItemsAndTheCommonRemedy() {
        List<Condition> conditions = ProblemConditions.of(List.of(A, B, A));

        assertThat(conditions).singleElement().satisfies(condition -> assertThat(condition.items())
                .containsExactly("a: pod x is bad", "b: pod y is bad"));
        assertThat(messages(conditions)).containsExactly("[a: pod x is bad,b: pod y is bad]; mend it");
    }

    @Test
    void of_differentRemedies_standWithTheirItems() {
        Problem other = Problem.warning("c", A.code(), "pod z is bad", "delete it");

        assertThat(messages(ProblemConditions.of(List.of(A, other))))
                .containsExactly("[a: pod x is bad; mend it,c: pod z is bad; delete it]");
    }

    @Test
    void of_differentSeverities_areAsBadAsTheWorst() {
        Problem permissions = Problem.warning("a", "IntraClusterMigration", "ranges differ", "x")
                .because("ConflictingPermissions");
        Problem names = Problem.critical("a", "IntraClusterMigration", "keeps name", "y")
                .because("ConflictingNamespaces");

        assertThat(ProblemConditions.of(List.of(permissions, names)))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.is(Category.CRITICAL)).isTrue();
                    assertThat(condition.getReason()).isEqualTo("ConflictingNamespaces");
                });
    }

    @Test
    void of_severalCodes_keepTheOrderInWhichTheyComeUp() {
        Problem gvks = Problem.warning("a", "GVKsIncompatible", "m", "f");

        assertThat(ProblemConditions.of(List.of(gvks, A, gvks.because("other"))))
                .extracting(Condition::getType)
                .containsExactly("GVKsIncompatible", "SourcePodsNotHealthy");
    }

    @Test
    void of_nodeSelectors_isDurableAsInMtc() {
        Problem selectors = Problem.warning("a", "NamespacesHaveNodeSelectors", "m", "f");

        assertThat(ProblemConditions.of(List.of(selectors, A)))
                .extracting(Condition::isDurable)
                .containsExactly(true, false);
    }

    @Test
    void withDurableWarnings_makesOnlyWarningsDurable() {
        Problem error = Problem.error("a", "PvInvalidAction", "m", "f");

        assertThat(ProblemConditions.withDurableWarnings(List.of(A, error)))
                .extracting(Condition::isDurable)
                .containsExactly(true, false);
    }
}
