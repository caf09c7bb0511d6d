package dev.mtc.engine.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.PersistentVolume;
import dev.mtc.engine.internal.condition.Reach;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {

    private static final String NAMESPACE = "openshift-migration";

    private int created;

    /** A migration of the words {@code stage state rollback canceled}, then what happened to it, newer than those made before. */
    private MigMigration migration(String name, String words, String... conditions) {
        MigMigration migration = new MigMigration();
        migration.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withCreationTimestamp("2026-01-01T00:%02d:00Z".formatted(created++))
                .build());
        List<String> spec = Arrays.asList(words.split(" "));
        migration.getSpec().setStage(spec.contains("stage"));
        migration.getSpec().setMigrateState(spec.contains("state"));
        migration.getSpec().setRollback(spec.contains("rollback"));
        migration.getSpec().setCanceled(spec.contains("canceled"));
        for (String type : conditions) {
            migration.getStatus().getConditions().add(Condition.of(Category.ADVISORY, type));
            migration.getStatus().setItinerary("Final");
            migration.getStatus().setPhase(type.equals("Running") ? "FinalRestoreCreated" : "Completed");
        }
        return migration;
    }

    private static MigPlan plan(String... namespaces) {
        MigPlan plan = new MigPlan();
        plan.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName("shop")
                .build());
        plan.getSpec().setNamespaces(List.of(namespaces));
        plan.getStatus().getConditions().add(Condition.of(Category.REQUIRED, "Ready"));
        return plan;
    }

    private static void claim(MigPlan plan, String namespace, String name, String action) {
        PersistentVolume volume = new PersistentVolume();
        volume.getPvc().setNamespace(namespace);
        volume.getPvc().setName(name);
        volume.getSelection().setAction(action);
        plan.getSpec().getPersistentVolumes().add(volume);
    }

    private static List<String> types(MigMigration self, MigPlan plan, Reach reach, MigMigration... siblings) {
        return Admission.of(self, List.of(siblings), plan, reach).stream()
                .peek(condition -> assertThat(condition.is(Category.CRITICAL)).isTrue())
                .map(condition ->
                        condition.getType() + (condition.getReason() == null ? "" : "/" + condition.getReason()))
                .toList();
    }

    private static List<String> types(MigMigration self, MigMigration... siblings) {
        return types(self, plan("shop"), Reach.INTER_CLUSTER, siblings);
    }

    @Test
    void withoutPlan_withoutReference_isNotSet() {
        MigMigration half = migration("half", "");
        half.getSpec()
                .setMigPlanRef(new ObjectReferenceBuilder().withName("shop").build());

        assertThat(Stream.of(migration("none", ""), half)
                        .map(self -> Admission.withoutPlan(self).get(0).getReason()))
                .containsExactly("NotSet", "NotSet");
    }

    @Test
    void withoutPlan_withReference_isNotFoundAndNamesIt() {
        MigMigration self = migration("one", "");
        self.getSpec()
                .setMigPlanRef(new ObjectReferenceBuilder()
                        .withNamespace(NAMESPACE)
                        .withName("shop")
                        .build());

        assertThat(Admission.withoutPlan(self)).singleElement().satisfies(condition -> {
            assertThat(condition.getType()).isEqualTo("InvalidPlanRef");
            assertThat(condition.getReason()).isEqualTo("NotFound");
            assertThat(condition.getMessage()).contains(NAMESPACE + "/shop").contains("create it");
        });
    }

    @Test
    void of_planClosedAndNotReady_saysBoth() {
        MigPlan plan = plan("shop");
        plan.getSpec().setClosed(true);
        plan.getStatus().getConditions().clear();

        assertThat(types(migration("one", ""), plan, Reach.INTER_CLUSTER))
                .containsExactly("PlanNotReady", "PlanClosed");
    }

    @Test
    void of_planNotReady_stillLetsWhatHasBegunBeCanceled() {
        MigPlan plan = plan("shop");
        plan.getStatus().getConditions().clear();
        MigMigration running = migration("one", "", "Running");

        assertThat(types(running, plan, Reach.INTER_CLUSTER)).containsExactly("PlanNotReady");
        running.getSpec().setCanceled(true);
        assertThat(types(running, plan, Reach.INTER_CLUSTER)).isEmpty();
    }

    @Test
    void of_complete_saysNothing() {
        MigPlan plan = plan("shop");
        plan.getSpec().setClosed(true);

        assertThat(types(migration("one", "stage rollback", "Succeeded"), plan, Reach.INTER_CLUSTER))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "stage          | INTER_CLUSTER | shop      | data           |  -",
                "final          | INTER_CLUSTER | shop:shop2| data           |  -",
                "state          | INTER_CLUSTER | shop      | data:data2     |  -",
                "rollback       | INTER_CLUSTER | shop      | data:data2     |  -",
                "stage state    | INTER_CLUSTER | shop      | data           | InvalidSpec/NotSupported",
                "stage rollback | INTER_CLUSTER | shop      | data           | InvalidSpec/NotSupported",
                "state rollback | INTRA_CLUSTER | shop      | data           | InvalidSpec/NotSupported",
                "stage          | INTER_CLUSTER | shop      | data:data2     | InvalidSpec/NotSupported",
                "final          | INTER_CLUSTER | shop      | data:data2     | InvalidSpec/NotSupported",
                "final          | INTRA_CLUSTER | shop      | data           | Failed/NotSupported",
                "stage          | INTRA_CLUSTER | shop      | data           | Failed/NotSupported",
                "final          | INTRA_CLUSTER | shop:shop2| data           |  -",
                "state          | INTRA_CLUSTER | shop      | data:data2     |  -",
                "rollback       | INTRA_CLUSTER | shop      | data:data2     |  -",
                "state          | INTER_CLUSTER | shop      | data:x logs:x  | ConflictingPVCMappings/PvNameConflict",
                "state          | INTER_CLUSTER | shop      | data:logs logs | ConflictingPVCMappings/PvNameConflict",
            })
    void of_spec_isJudgedByKindReachAndNames(
            String words, Reach reach, String namespace, String claims, String expected) {
        MigPlan plan = plan(namespace);
        for (String claim : claims.split(" ")) {
            claim(plan, "shop", claim, "copy");
        }

        assertThat(types(migration("one", words), plan, reach))
                .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void of_claimsOfTwoNamespacesThatBecomeOne_areConflicting() {
        MigPlan plan = plan("a:both", "b:both");
        claim(plan, "a", "data", "copy");
        claim(plan, "b", "data", "copy");

        assertThat(Admission.of(migration("one", "state"), List.of(), plan, Reach.INTER_CLUSTER))
                .singleElement()
                .satisfies(condition -> assertThat(condition.items()).containsExactly("both/data"));
    }

    @Test
    void of_renamedClaimThatIsSkipped_isNoReason() {
        MigPlan plan = plan("shop");
        claim(plan, "shop", "data:data2", "skip");

        assertThat(types(migration("one", ""), plan, Reach.INTER_CLUSTER)).isEmpty();
    }

    @ParameterizedTest(name = "{0} after a {1} that is {2}: too late {3}")
    @CsvSource({
        "stage,    final,          Running,               true",
        "stage,    final,          Succeeded,             true",
        "stage,    final,          Failed,                true",
        "stage,    final,          SucceededWithWarnings, false",
        "stage,    stage,          Succeeded,             false",
        "stage,    state,          Succeeded,             false",
        "stage,    canceled,       Succeeded,             false",
        "stage,    rollback,       Succeeded,             false",
        "stage,    rollback,       Failed,                true",
        "final,    final,          Succeeded,             true",
        "final,    final,          Failed,                false",
        "final,    final,          SucceededWithWarnings, false",
        "state,    final,          Succeeded,             true",
        "rollback, final,          Succeeded,             false",
    })
    void of_afterAnotherMigration_hasFinalMigration(String words, String otherWords, String otherEnd, boolean tooLate) {
        MigMigration other = migration("other", otherWords, otherEnd);
        MigMigration self = migration("self", words);

        assertThat(types(self, other, self).contains("HasFinalMigration")).isEqualTo(tooLate);
    }

    @Test
    void of_afterCutoverAndRollback_isFreeAgain() {
        MigMigration cutover = migration("cutover", "", "Succeeded");
        MigMigration rollback = migration("rollback", "rollback", "Succeeded");

        assertThat(types(migration("again", ""), rollback, cutover)).isEmpty();
    }

    @Test
    void of_afterRollbackAndAnotherCutover_isTooLate() {
        MigMigration first = migration("first", "", "Succeeded");
        MigMigration rollback = migration("rollback", "rollback", "Succeeded");
        MigMigration second = migration("second", "", "Succeeded");

        assertThat(types(migration("third", ""), first, rollback, second)).containsExactly("HasFinalMigration");
    }

    @Test
    void of_severalMigrations_runStagesFirstThenByCreation() {
        MigMigration cutover = migration("cutover", "");
        MigMigration laterStage = migration("stage-b", "stage");
        MigMigration lastStage = migration("stage-c", "stage");
        MigMigration rollback = migration("rollback", "rollback");
        MigMigration[] all = {rollback, lastStage, cutover, laterStage};

        assertThat(Stream.of(laterStage, lastStage, cutover, rollback).map(self -> postponement(self, all)))
                .containsExactly(seconds(0), seconds(10), seconds(20), seconds(30));
        assertThat(Admission.of(cutover, List.of(all), plan("shop"), Reach.INTER_CLUSTER))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.getType()).isEqualTo("Postponed");
                    assertThat(condition.getMessage())
                            .isEqualTo("Postponed 20 seconds to ensure migrations run serially and in order.");
                });
    }

    @Test
    void of_siblingThatIsComplete_doesNotPostpone() {
        assertThat(types(migration("two", ""), migration("one", "", "Failed"))).isEmpty();
    }

    @Test
    void of_migrationThatHasBegun_keepsItsTurnBeforeStagesMadeLater() {
        MigMigration cutover = migration("cutover", "", "Running");
        MigMigration stage = migration("stage", "stage");

        assertThat(postponement(cutover, cutover, stage)).isZero();
        assertThat(types(stage, cutover, stage)).containsExactly("HasFinalMigration", "Postponed");
    }

    @Test
    void of_siblingsThatCannotRun_holdUpNobody() {
        MigMigration failed = migration("failed", "", "Failed");
        MigMigration tooLate = migration("stage", "stage");
        MigMigration invalid = migration("both", "stage state");
        MigMigration rollback = migration("rollback", "rollback");

        assertThat(types(rollback, failed, tooLate, invalid, rollback)).isEmpty();
    }

    @Test
    void of_migrationsMadeInTheSameSecond_areOrderedByName() {
        List<MigMigration> both = new ArrayList<>(List.of(migration("b", ""), migration("a", "")));
        Consumer<MigMigration> sameTime = it -> it.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
        both.forEach(sameTime);

        assertThat(both.stream().map(self -> postponement(self, both.toArray(MigMigration[]::new))))
                .containsExactly(seconds(10), seconds(0));
    }

    private static Duration postponement(MigMigration self, MigMigration... all) {
        return Admission.postponement(self, List.of(all), plan("shop"), Reach.INTER_CLUSTER);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
