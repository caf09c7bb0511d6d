package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Preview;
import dev.mtc.api.Problem;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left out by default is counted, and what is asked for in vain is named. */
class DefaultExclusionsIT extends ObjectsBed {

    private static final String DEFINITION =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: subscriptions.%1$s}
            spec:
              group: %1$s
              scope: Namespaced
              names: {plural: subscriptions, singular: subscription, kind: Subscription, listKind: SubscriptionList}
              versions:
              - name: v1
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    @BeforeEach
    void makeSubscriptions() {
        for (String group : new String[] {"operators.coreos.com", "messaging.knative.dev"}) {
            create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Yaml.object(DEFINITION.formatted(group)));
            for (String name : new String[] {"a", "b"}) {
                create(
                        "/apis/" + group + "/v1/namespaces/shop/subscriptions",
                        Yaml.object(
                                "apiVersion: %s/v1\nkind: Subscription\nmetadata: {name: %s}".formatted(group, name)));
            }
        }
    }

    private CaptureReport report(UnaryOperator<PlanBuilder> more) {
        Plan plan = plan(more);
        try (ArchiveWriter writer = Archive.create(directory.resolve("a.tar.gz"))) {
            CaptureReport report = capture(plan, writer, done -> {});
            writer.finish();
            return report;
        }
    }

    @Test
    void capture_operatorsAndKnative_takesTheOnesAndCountsTheOthers() {
        CaptureReport report = report(plan -> plan);

        assertThat(report.counts())
                .containsEntry("subscriptions.messaging.knative.dev", 2)
                .doesNotContainKey("subscriptions.operators.coreos.com");
        assertThat(report.ofSource()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Problem.Severity.ADVISORY);
            assertThat(problem.toString())
                    .contains("ExcludedByDefault", "subscriptions.operators.coreos.com in shop", "2 left out");
        });
        assertThat(report.leftOutItems()).singleElement().satisfies(item -> assertThat(item.name())
                .isEqualTo("subscriptions.operators.coreos.com shop/*"));
        assertThat(report.leftOutActions())
                .extracting(Preview.Action::subject)
                .containsExactly("subscriptions.operators.coreos.com shop/*");
    }

    @Test
    void capture_kindThatThePlanExcludes_isNotTold() {
        assertThat(report(plan -> plan.excludeResources("subscriptions.operators.coreos.com"))
                        .ofSource())
                .isEmpty();
    }

    @Test
    void capture_kindIncludedInVain_warns() {
        CaptureReport report = report(plan -> plan.includeResources("leases", "configmaps", "subscriptions"));

        assertThat(report.ofSource())
                .filteredOn(problem -> problem.severity() == Problem.Severity.WARN)
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.toString()).contains("includedResources[leases]", "ResourceNeverTaken"));
    }
}
