package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Migration;
import dev.mtc.api.MigrationResult;
import dev.mtc.api.Plan;
import dev.mtc.api.Preview;
import dev.mtc.api.Problem;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a plan says about single objects: which ones, in which version, with which status, and what has no place on the target. */
class ObjectDetailsRealIT {

    private static final String NAME = "tf-object-details";
    private static final String GADGETS = "gadgets.tf-details.example";
    private static final String CONFIGS = "deploymentconfigs.apps.openshift.io";
    private static final String MADE = "tf-object-details";

    private static final String DEFINITION =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: %1$s.%2$s, labels: {tf-object-details: made}}
            spec:
              group: %2$s
              scope: Namespaced
              names: {plural: %1$s, kind: %3$s}
              versions:
            """;

    private static final String VERSION =
            """
              - name: %s
                served: %s
                storage: %s
                subresources: {status: {}}
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    private static final String OBJECTS =
            """
            apiVersion: tf-details.example/v1
            kind: Gadget
            metadata: {name: one, namespace: tf-object-details, labels: {moves: "yes"}}
            spec: {size: 3}
            ---
            apiVersion: tf-details.example/v1
            kind: Ticket
            metadata: {name: one, namespace: tf-object-details, labels: {moves: "yes"}}
            ---
            apiVersion: apps.openshift.io/v1
            kind: DeploymentConfig
            metadata: {name: config, namespace: tf-object-details, labels: {moves: "yes"}}
            spec:
              replicas: 0
              selector: {app: config}
              strategy: {type: Rolling, rollingParams: {maxSurge: 50%, timeoutSeconds: 700, pre: {failurePolicy: Abort}}}
              triggers: [{type: ConfigChange}]
              template:
                metadata: {labels: {app: config}}
                spec: {containers: [{name: a, image: "elsewhere.example/a:1"}]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: moves, namespace: tf-object-details, labels: {moves: "yes"}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: stays, namespace: tf-object-details, labels: {moves: "no"}}
            ---
            apiVersion: coordination.k8s.io/v1
            kind: Lease
            metadata: {name: leader, namespace: tf-object-details, labels: {moves: "yes"}}
            ---
            apiVersion: v1
            kind: Event
            metadata: {name: happened, namespace: tf-object-details, labels: {moves: "yes"}}
            involvedObject: {kind: ConfigMap, name: moves, namespace: tf-object-details}
            reason: Tested
            """;

    private static RealNamespace source;
    private static RealNamespace target;
    private static List<Problem> checked;
    private static Preview preview;
    private static MigrationResult result;

    @BeforeAll
    static void migrate() {
        source = RealNamespace.onSource(NAME);
        target = RealNamespace.onTarget(NAME);
        deleteAll();
        define(source, GADGETS, "Gadget", Map.of("v1", "true", "v1beta1", "true"));
        define(source, "tickets.tf-details.example", "Ticket", Map.of("v1", "true"));
        define(target, GADGETS, "Gadget", Map.of("v1", "false", "v1beta1", "true"));
        define(source, CONFIGS, "DeploymentConfig", Map.of("v1", "true"));
        source.create();
        source.apply(OBJECTS);
        source.client()
                .genericKubernetesResources("tf-details.example/v1", "Gadget")
                .inNamespace(NAME)
                .withName("one")
                .editStatus(gadget -> {
                    gadget.setAdditionalProperty("status", Map.of("counted", 7));
                    return gadget;
                });
        Plan plan = Plan.named(NAME)
                .from(RealClusters.source())
                .to(RealClusters.target())
                .namespace(NAME)
                .labelSelector("moves=yes")
                .restoreStatus(GADGETS)
                .deploymentConfigsToDeployments()
                .build();
        checked = plan.check().problems();
        preview = plan.preview();
        result = Migration.of(plan).cutover().await(Duration.ofMinutes(5)).requireSuccess();
    }

    @AfterAll
    static void close() {
        deleteAll();
        source.close();
        target.close();
    }

    private static void define(RealNamespace cluster, String name, String kind, Map<String, String> served) {
        var definitions = cluster.client().apiextensions().v1().customResourceDefinitions();
        if (definitions.withName(name).get() != null) {
            return;
        }
        int dot = name.indexOf('.');
        StringBuilder yaml =
                new StringBuilder(DEFINITION.formatted(name.substring(0, dot), name.substring(dot + 1), kind));
        served.forEach((version, isServed) -> yaml.append(VERSION.formatted(version, isServed, version.equals("v1"))));
        cluster.apply(yaml.toString());
        cluster.awaitEstablished(name);
    }

    private static void deleteAll() {
        for (RealNamespace cluster : List.of(source, target)) {
            cluster.delete();
            var definitions = cluster.client().apiextensions().v1().customResourceDefinitions();
            for (CustomResourceDefinition made :
                    definitions.withLabel(MADE).list().getItems()) {
                definitions.resource(made).delete();
                definitions.resource(made).waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
            }
        }
    }

    private static Optional<ItemOutcome> outcome(String name) {
        return result.items().stream().filter(item -> item.name().equals(name)).findFirst();
    }

    @Test
    void cutover_statusOnRequest_comesAlong() {
        GenericKubernetesResource gadget = target.client()
                .genericKubernetesResources("tf-details.example/v1beta1", "Gadget")
                .inNamespace(NAME)
                .withName("one")
                .get();

        assertThat((Map<?, ?>) gadget.getAdditionalProperties().get("status")).isEqualTo(Map.of("counted", 7));
    }

    @Test
    void cutover_targetServesOneOfTwoVersions_takesThatOne() {
        assertThat(preview.actions())
                .filteredOn(action -> action.subject().equals(GADGETS + " " + NAME + "/one"))
                .singleElement()
                .matches(action -> action.verb() == Preview.Verb.CREATE);
        assertThat(outcome(GADGETS + " " + NAME + "/one"))
                .hasValueSatisfying(item -> assertThat(item.action()).isEqualTo(Action.CREATED));
    }

    @Test
    void checkAndCutover_unservedKind_isNamedInBoth() {
        assertThat(checked)
                .filteredOn(problem -> problem.code().equals("GVKsIncompatible"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).contains(NAME);
                    assertThat(problem.message())
                            .contains("tf-details.example/v1 Ticket")
                            .doesNotContain("Gadget");
                });
        assertThat(outcome("tickets.tf-details.example " + NAME + "/one")).hasValueSatisfying(item -> {
            assertThat(item.action()).isEqualTo(Action.SKIPPED);
            assertThat(item.detail()).contains("does not serve tf-details.example/v1 Ticket");
        });
        assertThat(result.warnings()).anyMatch(problem -> problem.toString().contains("tf-details.example/v1 Ticket"));
    }

    @Test
    void cutover_deploymentConfig_becomesDeployment() {
        Deployment deployment = target.client()
                .apps()
                .deployments()
                .inNamespace(NAME)
                .withName("config")
                .get();

        assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(Map.of("app", "config"));
        assertThat(deployment.getSpec().getProgressDeadlineSeconds()).isEqualTo(700);
        assertThat(deployment
                        .getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxSurge()
                        .getStrVal())
                .isEqualTo("50%");
        assertThat(result.warnings())
                .anyMatch(problem ->
                        problem.where().contains("config") && problem.message().contains("lifecycle hook"));
    }

    @Test
    void cutover_labelSelectorAndKindsThatAreNeverMigrated_leaveOutTheRest() {
        assertThat(target.client().configMaps().inNamespace(NAME).list().getItems())
                .extracting(map -> map.getMetadata().getName())
                .contains("moves")
                .doesNotContain("stays");
        assertThat(target.client().leases().inNamespace(NAME).list().getItems()).isEmpty();
        assertThat(target.client()
                        .v1()
                        .events()
                        .inNamespace(NAME)
                        .withLabel("moves")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(result.items()).extracting(ItemOutcome::name).noneMatch(name -> name.matches("(events|leases).*"));
    }
}
