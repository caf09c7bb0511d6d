package dev.mtc.api.model.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final Instant START = Instant.parse("2021-02-02T15:03:18.750Z");

    private final HandClock clock = new HandClock();
    private final MigMigrationStatus status = new MigMigrationStatus();
    private final Conditions conditions = Conditions.of(status, clock);

    private static Condition warn(String type) {
        return Condition.of(Category.WARN, type);
    }

    private List<String> types() {
        return status.getConditions().stream().map(Condition::getType).toList();
    }

    private Condition only() {
        assertThat(status.getConditions()).hasSize(1);
        return status.getConditions().get(0);
    }

    @Test
    void end_notSetAgain_isRemoved() {
        conditions.set(warn("A"));
        conditions.set(warn("B"));

        conditions.begin();
        conditions.set(warn("B"));
        conditions.end();

        assertThat(types()).containsExactly("B");
    }

    @Test
    void end_durable_survives() {
        conditions.set(warn("A").durable());
        conditions.set(warn("B"));

        conditions.begin();
        conditions.end();

        assertThat(types()).containsExactly("A");
    }

    @Test
    void end_staged_survivesUnchanged() {
        conditions.set(warn("A").reason("Why").message("What"));
        clock.advance(60);

        conditions.begin();
        conditions.stage("A", "Absent");
        conditions.end();

        assertThat(only().getLastTransitionTime()).isEqualTo("2021-02-02T15:03:18Z");
        assertThat(only().getMessage()).isEqualTo("What");
    }

    @Test
    void end_readFromAnotherProcess_appliesToWhatWasNotSetHere() {
        status.setConditions(Samples.of(MigCluster.class).getStatus().getConditions());
        status.getConditions().get(0).setDurable(false);
        Conditions read = Conditions.of(status, clock);

        read.begin();
        assertThat(read.isReady()).isFalse();
        read.end();

        assertThat(types()).isEmpty();
    }

    @Test
    void set_new_isAddedLastWithTheTimeToTheSecond() {
        conditions.set(warn("A"));
        conditions.set(warn("B"));

        assertThat(types()).containsExactly("A", "B");
        assertThat(status.getConditions().get(1).getLastTransitionTime()).isEqualTo("2021-02-02T15:03:18Z");
    }

    @Test
    void set_sameAgain_keepsTheTime() {
        conditions.set(warn("A").reason("R").message("M").durable());
        clock.advance(60);
        conditions.begin();
        conditions.set(warn("A").reason("R").message("M").durable());
        conditions.end();

        assertThat(only().getLastTransitionTime()).isEqualTo("2021-02-02T15:03:18Z");
    }

    @Test
    void set_anyChange_changesTheTimeAndKeepsThePlace() {
        List<Condition> changes = List.of(
                warn("A").negated(),
                warn("A").reason("R"),
                Condition.of(Category.ERROR, "A"),
                warn("A").message("M"),
                warn("A").durable(),
                warn("A").message("[]").items(List.of("x")),
                warn("A").message("[]").items(List.of("x", "y")));
        conditions.set(warn("A"));
        conditions.set(warn("B"));

        for (Condition change : changes) {
            clock.advance(60);
            conditions.set(change);
            assertThat(status.getConditions().get(0).getLastTransitionTime())
                    .as(change.toString())
                    .isEqualTo(clock.seconds());
            assertThat(status.getConditions().get(1).getLastTransitionTime()).isEqualTo("2021-02-02T15:03:18Z");
        }
        assertThat(types()).containsExactly("A", "B");
        assertThat(status.getConditions().get(0).isDurable()).isFalse();
    }

    @Test
    void set_given_isCopied() {
        Condition mine = warn("A").message("M");
        conditions.set(mine);
        mine.message("changed");

        assertThat(only().getMessage()).isEqualTo("M");
        assertThat(mine.getLastTransitionTime()).isNull();
    }

    @Test
    void set_unknownFieldsOfThePresentOne_areKept() {
        conditions.set(warn("A"));
        only().additionalProperties().put("new", 1);

        conditions.set(warn("A").message("M"));

        assertThat(only().additionalProperties()).containsEntry("new", 1);
    }

    @Test
    void find_whileStaging_seesOnlyWhatCounts() {
        conditions.set(warn("A"));
        conditions.set(warn("B").durable());

        conditions.begin();

        assertThat(conditions.find("A")).isEmpty();
        assertThat(conditions.find("B")).isPresent();
        assertThat(conditions.list()).extracting(Condition::getType).containsExactly("B");
        conditions.stage("A");
        assertThat(conditions.find("A")).isPresent();
    }

    @Test
    void find_outsideStaging_seesAll() {
        status.getConditions().add(warn("A"));

        assertThat(conditions.find("A")).isPresent();
        assertThat(conditions.find("B")).isEmpty();
    }

    @Test
    void has_severalTypes_wantsAllOfThemTrue() {
        conditions.set(warn("A"));
        conditions.set(warn("B"));
        conditions.set(warn("C").negated());

        assertThat(conditions.has("A", "B")).isTrue();
        assertThat(conditions.has("A", "D")).isFalse();
        assertThat(conditions.has("C")).isFalse();
        assertThat(conditions.has()).isFalse();
    }

    @Test
    void hasAny_severalTypes_wantsOneOfThemTrue() {
        conditions.set(warn("A"));
        conditions.set(warn("C").negated());

        assertThat(conditions.hasAny("D", "A")).isTrue();
        assertThat(conditions.hasAny("D", "C")).isFalse();
        assertThat(conditions.hasAny()).isFalse();
    }

    @Test
    void has_unsetWhileStaging_isFalse() {
        conditions.set(warn("A"));
        conditions.begin();

        assertThat(conditions.has("A")).isFalse();
        assertThat(conditions.hasAny("A")).isFalse();
        assertThat(conditions.hasCategory(Category.WARN)).isFalse();
    }

    @Test
    void hasCategory_falseCondition_doesNotCount() {
        conditions.set(warn("A").negated());
        assertThat(conditions.hasCategory(Category.WARN)).isFalse();

        conditions.set(warn("A"));
        assertThat(conditions.hasCategory(Category.WARN)).isTrue();
        assertThat(conditions.hasCategory(Category.ADVISORY, Category.WARN)).isTrue();
        assertThat(conditions.hasCategory(Category.ADVISORY)).isFalse();
    }

    @Test
    void hasBlocker_criticalOrError_isTrue() {
        for (Category category : Category.values()) {
            status.setConditions(List.of());
            Conditions each = Conditions.of(status, clock);
            each.set(Condition.of(category, "A"));

            assertThat(each.hasBlocker())
                    .as(category.wireName())
                    .isEqualTo(category == Category.CRITICAL || category == Category.ERROR);
        }
    }

    @Test
    void ready_set_isRequiredWithoutReason() {
        conditions.ready("The migration is ready.");

        assertThat(conditions.isReady()).isTrue();
        assertThat(Samples.json(only()))
                .isEqualTo("{\"type\":\"Ready\",\"status\":\"True\",\"category\":\"Required\","
                        + "\"message\":\"The migration is ready.\",\"lastTransitionTime\":\"2021-02-02T15:03:18Z\"}");
    }

    @Test
    void notReady_set_isDeletedNotFalse() {
        conditions.ready("ready");
        conditions.notReady();

        assertThat(conditions.isReady()).isFalse();
        assertThat(types()).isEmpty();
    }

    @Test
    void delete_whileStaging_goesAtTheEndUnlessSetAgain() {
        conditions.set(warn("A").durable());
        conditions.set(warn("B").durable());
        clock.advance(60);

        conditions.begin();
        conditions.delete("A", "B");
        assertThat(conditions.find("B")).isEmpty();
        conditions.set(warn("B").durable());
        conditions.end();

        assertThat(only().getType()).isEqualTo("B");
        assertThat(only().getLastTransitionTime()).isEqualTo("2021-02-02T15:03:18Z");
    }

    @Test
    void reconcileFailed_set_isCriticalAndReadyIsGone() {
        conditions.ready("ready");
        conditions.reconcileFailed("no route to [::1]");

        assertThat(only().getType()).isEqualTo("ReconcileFailed");
        assertThat(only().getCategory()).isEqualTo("Critical");
        assertThat(only().getMessage())
                .isEqualTo("Reconcile failed: [no route to [::1]]. See controller logs for details.");
        assertThat(conditions.hasBlocker()).isTrue();
    }

    @Test
    void reconcileFailed_nextRun_isGone() {
        conditions.reconcileFailed("boom");

        conditions.begin();
        conditions.end();

        assertThat(types()).isEmpty();
    }

    @Test
    void items_atTheEnd_standInTheMessage() {
        conditions.begin();
        conditions.set(warn("A").message("Not found: []. Create them.").items(List.of("a", "b", "c")));
        assertThat(only().getMessage()).isEqualTo("Not found: []. Create them.");
        conditions.end();

        assertThat(only().getMessage()).isEqualTo("Not found: [a,b,c]. Create them.");
        assertThat(Samples.json(only())).doesNotContain("items");
    }

    @Test
    void items_atTheNextStart_areTakenOutAgain() {
        status.getConditions().add(warn("A").durable().message("Not found: [a,b,c]."));

        conditions.begin();
        assertThat(only().items()).containsExactly("a", "b", "c");
        assertThat(only().getMessage()).isEqualTo("Not found: [].");
        conditions.end();

        assertThat(only().getMessage()).isEqualTo("Not found: [a,b,c].");
        assertThat(only().items()).isEmpty();
    }

    @Test
    void items_sameAgain_keepTheTime() {
        conditions.set(warn("A").message("[]").items(List.of("a", "b")));
        clock.advance(60);

        conditions.begin();
        conditions.set(warn("A").message("[]").items(List.of("a", "b")));
        conditions.end();

        assertThat(only().getLastTransitionTime()).isEqualTo("2021-02-02T15:03:18Z");
    }

    @Test
    void items_bracketsThatAreNoItems_comeBackAsTheyWere() {
        for (String message : List.of("[3] Stage pods created.", "a [b [c] d", "[]", "[,]", "] x [", "[a,,b] []", "")) {
            status.setConditions(null);
            Conditions each = Conditions.of(status, clock);
            each.set(warn("A").durable().message(message));
            clock.advance(60);
            String before = only().getLastTransitionTime();

            each.begin();
            each.set(warn("A").durable().message(message));
            each.end();

            assertThat(only().getMessage()).isEqualTo(message);
            assertThat(only().getLastTransitionTime()).as(message).isEqualTo(before);
        }
    }

    @Test
    void toString_condition_saysWhatHolds() {
        conditions.set(warn("A").reason("R").message("[]").items(List.of("x")));

        assertThat(conditions).hasToString("Conditions[Condition[A=True Warn R: [x]]]");
    }

    /** A clock that moves when told. */
    private static final class HandClock extends Clock {

        private Instant now = START;

        void advance(long seconds) {
            now = now.plusSeconds(seconds);
        }

        String seconds() {
            return Instant.ofEpochSecond(now.getEpochSecond()).toString();
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
