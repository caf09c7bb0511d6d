package dev.mtc.engine.internal.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.model.v1alpha1.MigPlan;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanConflictTest {

    private static MigPlan plan(String name, String from, String to, String... namespaces) {
        MigPlan plan = new MigPlan();
        plan.setMetadata(new ObjectMetaBuilder().withName(name).build());
        plan.getSpec().setSrcMigClusterRef(reference(from));
        plan.getSpec().setDestMigClusterRef(reference(to));
        plan.getSpec().setNamespaces(List.of(namespaces));
        return plan;
    }

    private static ObjectReference reference(String name) {
        return new ObjectReferenceBuilder()
                .withNamespace("openshift-migration")
                .withName(name)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "old, new, shop, true",
        "new, old, shop, true",
        "old, other, shop, true",
        "other, new, shop, true",
        "other, another, shop, false",
        "old, new, blog, false",
        "old, new, shop:store, true",
        "other, new, store:shop, true",
        "other, old, shop:store, false",
        "new, other, shop, true",
    })
    void of_otherPlan_conflictsByClusterAndNamespace(String from, String to, String namespace, boolean conflict) {
        MigPlan self = plan("self", "old", "new", "bank", "shop");

        assertThat(PlanConflict.of(
                                self, List.of(self, plan("other", from, to, namespace)), UnaryOperator.identity())
                        .isPresent())
                .isEqualTo(conflict);
    }

    @Test
    void of_aClusterWithTwoNames_isAConflict() {
        MigPlan self = plan("self", "old", "new", "shop");
        MigPlan other = plan("other", "alias-of-old", "elsewhere", "shop");
        UnaryOperator<String> uid = name -> name.endsWith("old") ? "uid-1" : name;

        assertThat(PlanConflict.of(self, List.of(other), UnaryOperator.identity())).isEmpty();
        assertThat(PlanConflict.of(self, List.of(other), uid))
                .hasValueSatisfying(condition -> assertThat(condition.items()).containsExactly("other"));
    }

    @Test
    void of_severalPlans_namesThoseThatAreNotClosed() {
        MigPlan closed = plan("a", "old", "new", "shop");
        closed.getSpec().setClosed(true);
        List<MigPlan> others = List.of(closed, plan("c", "old", "new", "shop"), plan("b", "old", "new", "shop"));

        assertThat(PlanConflict.of(plan("self", "old", "new", "shop"), others, UnaryOperator.identity()))
                .hasValueSatisfying(condition -> assertThat(condition.items()).containsExactly("b", "c"));
    }
}
