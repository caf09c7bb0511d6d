package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.ItemOutcome;
import dev.mtc.api.ItemOutcome.Action;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanBuilder;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.Pages;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.run.Labels;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Capture and application when lists are long, servers are busy and objects are strange. */
class CaptureAndApplyIT extends ObjectsBed {

    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    @Test
    void apply_helpersOfMovers_areLeftOut() {
        ObjectNode helper = Yaml.object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: helper}");
        Labels.helper("plan", "run").forEach(((ObjectNode) helper.get("metadata")).putObject("labels")::put);
        create(MAPS, helper);
        create(
                MAPS,
                Yaml.object(
                        """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: own, labels: {app.kubernetes.io/component: mover}}
                        """));

        assertThat(migrate(plan(plan -> plan)).outcomes())
                .filteredOn(outcome -> outcome.name().matches("configmaps shop/(own|helper)"))
                .extracting(ItemOutcome::name, ItemOutcome::action)
                .containsExactlyInAnyOrder(
                        tuple("configmaps shop/own", ItemOutcome.Action.CREATED),
                        tuple("configmaps shop/helper", ItemOutcome.Action.SKIPPED));
    }

    @Test
    void pages_listForgottenInTheMiddle_isBegunAgainWithoutDoubles() {
        makeMaps(1100);
        ResourceType maps = source.discovery().versions("configmaps").get(0);
        Pages pages = Pages.of(source.server(), maps, "shop", "");
        List<String> names = new ArrayList<>();
        pages.next().forEach(object -> names.add(Json.text(object, "metadata", "name")));
        old.compact();

        pages.forEach(object -> names.add(Json.text(object, "metadata", "name")));

        assertThat(names)
                .doesNotHaveDuplicates()
                .filteredOn(name -> name.startsWith("map-"))
                .hasSize(1100);
    }

    @Test
    void capture_labelSelector_takesOnlyMatchesAndTheNamespace() {
        create(MAPS, Yaml.object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {app: web}}"));
        create(MAPS, Yaml.object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, labels: {app: db}}"));
        Set<ObjectKey> captured = new TreeSet<>();

        capture(plan(plan -> plan.labelSelector("app in (web,api)")))
                .forEach(key -> true, (key, object) -> captured.add(key));

        assertThat(captured)
                .containsExactly(new ObjectKey("configmaps", "shop", "a"), new ObjectKey("namespaces", "", "shop"));
    }

    @Test
    void capture_missingNamespace_fails() {
        assertThatThrownBy(() -> capture(plan(plan -> plan.namespace("nowhere"))))
                .isInstanceOf(ClusterAccessException.class)
                .hasMessageContaining("/api/v1/namespaces/nowhere");
    }

    @Test
    void apply_busyServer_waitsAndWritesAll() {
        makeMaps(40);
        recent.faults().throttleNext(4, Duration.ofSeconds(1));

        RestoreResult result = migrate(plan(plan -> plan));

        assertThat(result.errors()).isEmpty();
        assertThat(result.count(Action.CREATED)).isEqualTo(40);
    }

    @Test
    void apply_oneObjectRefused_isNamedAndOthersGoOn() {
        makeMaps(5);
        recent.faults().failNext("POST", "configmaps", 1, 422);

        RestoreResult result = migrate(plan(plan -> plan));

        assertThat(result.count(Action.CREATED)).isEqualTo(4);
        assertThat(result.errors()).singleElement().satisfies(problem -> assertThat(problem.where())
                .startsWith("target configmaps shop/map-"));
    }

    @Test
    void apply_objectRefusedForAWhile_isTriedOnceMoreAtTheEnd() {
        makeMaps(5);
        recent.faults().failNext("POST", "configmaps", 1, 403);

        RestoreResult result = migrate(plan(plan -> plan));

        assertThat(result.errors()).isEmpty();
        assertThat(result.count(Action.CREATED)).isEqualTo(5);
    }

    @Test
    void apply_changeOnServerWithoutServerSideApply_isMerged() {
        makeMaps(2);
        migrate(plan(plan -> plan));
        source.server().merge(MAPS + "/map-0001", Yaml.object("data: {a: once}"));
        migrate(plan(plan -> plan));
        source.server().merge(MAPS + "/map-0001", Yaml.object("data: {a: new}"));
        recent.faults().failNext("PATCH", "configmaps", 1, 415);

        migrate(plan(plan -> plan));
        RestoreResult third = migrate(plan(plan -> plan));

        assertThat(third.count(Action.UNCHANGED)).isEqualTo(2);
        assertThat(target.server().get(MAPS + "/map-0001").at("/data/a").asText())
                .isEqualTo("new");
    }

    @Test
    void apply_fieldThatWentAwayOnTheSource_goesAwayOnTheTarget() {
        create(MAPS, Yaml.object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\ndata: {a: x, b: y}"));
        migrate(plan(plan -> plan));
        target.client().configMaps().inNamespace("shop").withName("map").edit(map -> new ConfigMapBuilder(map)
                .editMetadata()
                .addToLabels("of", "target")
                .endMetadata()
                .build());
        source.server().merge(MAPS + "/map", Yaml.object("data: {a: null, b: z}"));
        target.forgetRequests();

        migrate(plan(plan -> plan));

        ObjectNode map = target.server().get(MAPS + "/map");
        assertThat(map.path("data")).isEqualTo(Yaml.object("b: z"));
        assertThat(map.at("/metadata/labels/of").asText()).isEqualTo("target");
        assertThat(target.writes()).hasSize(2);
    }

    @Test
    void apply_statusOnRequest_isBroughtAlong() {
        String deployments = "/apis/apps/v1/namespaces/shop/deployments";
        create(
                deployments,
                Yaml.object(
                        """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 0
                  paused: true
                  selector: {matchLabels: {app: web}}
                  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}
                """));
        source.server().merge(deployments + "/web/status", Yaml.object("status: {collisionCount: 7}"));

        migrate(plan(plan -> plan));
        assertThat(target.server()
                        .get(deployments + "/web")
                        .at("/status/collisionCount")
                        .isMissingNode())
                .isTrue();
        migrate(plan(plan -> plan.restoreStatus("deployments.apps")));

        assertThat(target.server()
                        .get(deployments + "/web")
                        .at("/status/collisionCount")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void apply_autoscalerOnTarget_keepsItsReplicas() {
        create(
                "/apis/apps/v1/namespaces/shop/deployments",
                Yaml.object(
                        """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: web}}
                  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}
                """));
        create(
                "/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers",
                Yaml.object(
                        """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: web}
                spec: {maxReplicas: 4, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
                """));
        migrate(plan(plan -> plan));
        target.server().merge("/apis/apps/v1/namespaces/shop/deployments/web", Yaml.object("spec:\n  replicas: 3"));

        RestoreResult second = migrate(plan(plan -> plan));

        assertThat(second.count(Action.UNCHANGED)).isEqualTo(2);
    }

    @Test
    void apply_transformThatMovesObjectElsewhere_isRefused() {
        makeMaps(1);
        Plan plan = plan(builder -> builder.transform(dev.mtc.api.Transform.of("move", object -> {
            object.getMetadata().setNamespace("default");
            return object;
        })));

        assertThat(migrate(plan).errors()).extracting(Problem::code).containsExactly("NamespaceNotInPlan");
    }

    private static ObjectNode definition(String plural, String group, String kind, String version) {
        return Yaml.object(KindWithoutSchema.yaml(plural, group, kind, version));
    }

    @Test
    void apply_deploymentConfigOnRequest_becomesDeployment() {
        create(DEFINITIONS, definition("deploymentconfigs", "apps.openshift.io", "DeploymentConfig", "v1"));
        create(
                "/apis/apps.openshift.io/v1/namespaces/shop/deploymentconfigs",
                Yaml.object(
                        """
                        apiVersion: apps.openshift.io/v1
                        kind: DeploymentConfig
                        metadata: {name: web}
                        spec:
                          replicas: 0
                          selector: {app: web}
                          template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}
                        """));

        assertThat(migrate(plan(plan -> plan)).outcomes())
                .filteredOn(outcome -> outcome.name().contains("web"))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.detail()).contains("does not serve apps.openshift.io/v1"));
        RestoreResult result = migrate(plan(PlanBuilder::deploymentConfigsToDeployments));

        assertThat(result.errors()).isEmpty();
        assertThat(result.outcomes())
                .extracting(ItemOutcome::name, ItemOutcome::action)
                .contains(tuple("deployments.apps shop/web", Action.CREATED));
        assertThat(Json.text(
                        target.server().get("/apis/apps/v1/namespaces/shop/deployments/web"),
                        "spec",
                        "selector",
                        "matchLabels",
                        "app"))
                .isEqualTo("web");
    }

    @Test
    void apply_noCommonVersion_namesBoth() {
        create(DEFINITIONS, definition("widgets", "example.com", "Widget", "v1alpha1"));
        target.server().create(DEFINITIONS, definition("widgets", "example.com", "Widget", "v1"));
        create(
                "/apis/example.com/v1alpha1/namespaces/shop/widgets",
                Yaml.object("apiVersion: example.com/v1alpha1\nkind: Widget\nmetadata: {name: w}"));

        assertThat(migrate(plan(plan -> plan)).outcomes())
                .filteredOn(outcome -> outcome.name().equals("widgets.example.com shop/w"))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.detail())
                        .contains("no version in common", "example.com/v1alpha1 Widget", "the target example.com/v1"));
    }
}
