package dev.mtc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TransformTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "old.example/shop/web:1, new.example/eu/shop/web:1",
        "old.example/shop:1, new.example/eu/shop:1",
        "old.example/shop@sha256:0, new.example/eu/shop@sha256:0",
        "old.example/shop, new.example/eu/shop",
        "old.example/shopping/web:1, old.example/shopping/web:1",
        "old.example/other, old.example/other",
        "mirror/old.example/shop/web, mirror/old.example/shop/web",
        "old.example, old.example",
    })
    void rewriteImages_matchesOnlyWholeLeadingSegments(String image, String expected) {
        GenericKubernetesResource pod = object("{spec: {containers: [{name: a, image: \"" + image + "\"}]}}");

        Transforms.rewriteImages("old.example/shop", "new.example/eu/shop/").apply(pod);

        assertThat(pod.<String>get("spec", "containers", 0, "image")).isEqualTo(expected);
    }

    @Test
    void rewriteImages_findsContainersAtAnyDepth() {
        GenericKubernetesResource cron = object(
                """
                spec:
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          initContainers: [{name: a, image: old/a}]
                          containers: [{name: b, image: old/b}, {name: c}]
                """);

        Transforms.rewriteImages("old/", "new").apply(cron);

        assertThat(Serialization.asYaml(cron)).contains("new/a", "new/b").doesNotContain("old/");
    }

    @Test
    void rewriteImages_leavesOtherFieldsNamedImageAlone() {
        GenericKubernetesResource map = object("{data: {image: old/a}, spec: {image: old/a}}");

        Transforms.rewriteImages("old", "new").apply(map);

        assertThat(map.<String>get("data", "image")).isEqualTo("old/a");
        assertThat(map.<String>get("spec", "image")).isEqualTo("old/a");
    }

    @Test
    void rewriteImages_blank_saysWhatToGive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transforms.rewriteImages("/", "new"))
                .withMessage("'from' is blank; give leading path segments of images such as old.registry/shop");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transforms.rewriteImages("old", " "))
                .withMessageContaining("'to' is blank");
    }

    @Test
    void onlyFor_someKinds_isForTheseOnly() {
        Transform all = Transform.of("label", object -> object);
        Transform some = all.onlyFor("deployments.apps", "services");

        assertThat(all.isFor("pods")).isTrue();
        assertThat(some.isFor("services")).isTrue();
        assertThat(some.isFor("deployments.apps")).isTrue();
        assertThat(some.isFor("deployments")).isFalse();
        assertThat(all).hasToString("Transform[label]");
        assertThat(some).hasToString("Transform[label for deployments.apps, services]");
    }

    @ParameterizedTest
    @CsvSource({
        "web-1, shop, true",
        "web-1, billing, false",
        "web-10, shop, false",
        "api, shop, true",
        "ap, shop, false",
        "weby1, shop, false",
    })
    void isFor_namesAndNamespaces_matchesBoth(String name, String namespace, boolean expected) {
        Transform some =
                Transform.of("label", object -> object).named("web-?", "a*i").inNamespace("shop");

        assertThat(some.isFor("pods", namespace, object("metadata: {name: " + name + "}")))
                .isEqualTo(expected);
        assertThat(some).hasToString("Transform[label for in shop, named web-?, a*i]");
    }

    @ParameterizedTest
    @CsvSource({
        "app=web, true",
        "app!=web, false",
        "app in (api), false",
        "app notin (api), true",
        "!tier, true",
        "tier, false"
    })
    void isFor_labels_matchesSelector(String selector, boolean expected) {
        Transform some = Transform.of("label", object -> object).labeled(selector);

        assertThat(some.isFor("pods", "shop", object("metadata: {labels: {app: web}}")))
                .isEqualTo(expected);
    }

    @Test
    void edit_model_changesObjectsOfItsKindOnly() {
        Transform edit = Transforms.edit(
                Deployment.class, deployment -> deployment.getSpec().setReplicas(2));

        GenericKubernetesResource after = edit.apply(deployment("{replicas: 1, template: {spec: {x: {}}}}"));

        assertThat(after).isEqualTo(deployment("{replicas: 2, template: {spec: {x: {}}}}"));
        assertThat(edit.isFor("deployments.apps")).isTrue();
        assertThat(edit.isFor("statefulsets.apps")).isFalse();
        assertThat(edit.name()).isEqualTo("edit of Deployment");
    }

    @Test
    void edit_changingNothing_returnsTheObjectAsItWas() {
        GenericKubernetesResource before = deployment("{template: {spec: {volumes: []}}}");

        assertThat(Transforms.edit(Deployment.class, deployment -> {}).apply(before))
                .isSameAs(before);
    }

    @Test
    void edit_otherVersion_saysWhichOneTheTargetTakes() {
        GenericKubernetesResource old = deployment("{}");
        old.setApiVersion("apps/v1beta1");

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        Transforms.edit(Deployment.class, deployment -> {}).apply(old))
                .withMessageContaining("edits apps/v1 Deployment, but the target takes apps/v1beta1 Deployment");
    }

    static Stream<Arguments> patches() {
        return Stream.of(
                arguments(
                        Transforms.jsonPatch(
                                "[{op: test, path: /spec/replicas, value: 1}, {op: replace, path: /spec/replicas, value: 2},"
                                        + " {op: add, path: /metadata, value: {labels: {a: b}}}, {op: remove, path: /spec/paused}]"),
                        "{replicas: 1, paused: true}",
                        "{kind: Deployment, apiVersion: apps/v1, metadata: {labels: {a: b}}, spec: {replicas: 2}}"),
                arguments(
                        Transforms.mergePatch("spec: {replicas: 2, paused: null, list: [c], deep: {er: {x: 1}}}"),
                        "{replicas: 1, paused: true, list: [a, b], deep: 1}",
                        "{kind: Deployment, apiVersion: apps/v1, spec: {replicas: 2, list: [c], deep: {er: {x: 1}}}}"),
                arguments(
                        Transforms.strategicMergePatch(
                                """
                                spec:
                                  containers:
                                  - {name: a, image: a:2, env: [{name: X, value: y}], ports: [{containerPort: 80, name: web}], args: [c]}
                                  - {name: b, $patch: delete}
                                  - {name: c, image: c}
                                  tolerations: [{key: new}]
                                  volumes: [{$patch: replace}, {name: v}]
                                  selector: {$patch: replace, app: web}
                                  strategy: {$retainKeys: [type], type: Recreate}
                                  $deleteFromPrimitiveList/finalizers: [f]
                                """),
                        """
                        containers: [{name: a, image: a:1, env: [{name: W, value: w}], ports: [{containerPort: 80}], args: [a, b]}, {name: b}]
                        tolerations: [{key: old}]
                        volumes: [{name: old}]
                        selector: {app: old, tier: old}
                        strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}
                        finalizers: [f, g]
                        """,
                        """
                        kind: Deployment
                        apiVersion: apps/v1
                        spec:
                          containers:
                          - {name: a, image: a:2, env: [{name: W, value: w}, {name: X, value: y}], ports: [{containerPort: 80, name: web}], args: [c]}
                          - {name: c, image: c}
                          tolerations: [{key: new}]
                          volumes: [{name: v}]
                          selector: {app: web}
                          strategy: {type: Recreate}
                          finalizers: [g]
                        """));
    }

    @ParameterizedTest
    @MethodSource("patches")
    void apply_patch_changesWhatItSays(Transform patch, String spec, String expected) {
        assertThat(JSON.<JsonNode>valueToTree(patch.apply(deployment(spec))))
                .isEqualTo(JSON.valueToTree(Serialization.unmarshal("---\n" + expected, Map.class)));
    }

    @Test
    void apply_jsonPatchThatDoesNotFit_saysWhere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transforms.jsonPatch("[{op: remove, path: /spec/nothing}]")
                        .apply(deployment("{}")))
                .withMessageContaining("/spec/nothing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transforms.jsonPatch("[{op: test, path: /spec/a, value: 2}]")
                        .apply(deployment("{a: 1}")));
    }

    @Test
    void apply_strategicMergeToCustomKind_saysWhatToUse() {
        GenericKubernetesResource custom = object("{apiVersion: example.com/v1, kind: Widget}");

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Transforms.strategicMergePatch("{spec: {a: 1}}").apply(custom))
                .withMessageContaining("use mergePatch or jsonPatch");
    }

    static Stream<Arguments> invalid() {
        Transform good = Transform.of("good", object -> object);
        return Stream.of(
                arguments(Transforms.jsonPatch("{op: add}"), "not a list of operations"),
                arguments(Transforms.jsonPatch("[{op: put, path: /a}]"), "operation 0 has op 'put'"),
                arguments(
                        Transforms.jsonPatch("[{op: remove, path: /a}, {op: add, path: /a}]"),
                        "operation 1 (add) has no 'value'"),
                arguments(Transforms.jsonPatch("[{op: remove, path: spec.a}]"), "write it as a JSON pointer"),
                arguments(Transforms.jsonPatch("[{op: remove"), "neither YAML nor JSON"),
                arguments(Transforms.mergePatch("[a]"), "has no fields"),
                arguments(Transforms.mergePatch(""), "has no fields"),
                arguments(
                        Transforms.strategicMergePatch("{spec: {containers: [{image: a}]}}"),
                        "spec.containers[0] has no 'name'"),
                arguments(Transforms.strategicMergePatch("{spec: {$patch: drop}}"), "spec has $patch 'drop'"),
                arguments(good.labeled("a in b"), "is not a label selector"),
                arguments(good.inNamespace("nowhere"), "namespace 'nowhere' is not in the plan"),
                arguments(good.onlyFor("Deployment"), "is not a plural resource name"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void build_invalidTransform_saysWhatIsWrong(Transform transform, String why) {
        PlanBuilder plan = Plan.named("shop")
                .from(Clusters.inCluster().named("old"))
                .to(Clusters.inCluster().named("new"))
                .namespace("shop")
                .transform(transform);

        assertThatThrownBy(plan::build)
                .isInstanceOf(PlanInvalidException.class)
                .hasMessageContaining("transforms[" + transform.name())
                .hasMessageContaining(why);
    }

    @Test
    void rewriteHosts_routesAndIngresses_followDomain() {
        Transform hosts = Transforms.rewriteHosts("apps.old.example", "apps.new.example");
        GenericKubernetesResource ingress = object(
                """
                spec:
                  rules: [{host: web.apps.old.example}, {host: webapps.old.example}, {host: apps.old.example}]
                  tls: [{hosts: ["*.apps.old.example", other.example], secretName: apps.old.example}]
                """);

        assertThat(hosts.apply(ingress))
                .isEqualTo(
                        object(
                                """
                                spec:
                                  rules: [{host: web.apps.new.example}, {host: webapps.old.example}, {host: apps.new.example}]
                                  tls: [{hosts: ["*.apps.new.example", other.example], secretName: apps.old.example}]
                                """));
        assertThat(hosts.isFor("routes.route.openshift.io")).isTrue();
        assertThat(hosts.isFor("configmaps")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transforms.rewriteHosts("", "new"))
                .withMessageContaining("is not a domain");
    }

    @Test
    @SuppressWarnings("NullAway")
    void apply_returningNull_namesTheTransform() {
        Transform broken = Transform.of("label", object -> null);

        assertThatNullPointerException()
                .isThrownBy(() -> broken.apply(object("{data: {}}")))
                .withMessage("transform 'label' returned null");
    }

    private static GenericKubernetesResource deployment(String spec) {
        GenericKubernetesResource object = object("spec:\n" + spec.indent(2));
        object.setApiVersion("apps/v1");
        object.setKind("Deployment");
        return object;
    }

    private static GenericKubernetesResource object(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, GenericKubernetesResource.class);
    }
}
