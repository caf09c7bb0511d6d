package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.ClusterScoped;
import dev.mtc.api.Preview;
import dev.mtc.api.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** References out of the namespace that lead nowhere on the target. */
class ClusterReferencesIT extends ObjectsBed {

    private static final String BINDINGS = "/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings";

    private void makeReferences() {
        for (String role : new String[] {"there", "missing"}) {
            create(
                    BINDINGS,
                    Yaml.object(
                            """
                            apiVersion: rbac.authorization.k8s.io/v1
                            kind: RoleBinding
                            metadata: {name: %1$s}
                            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %1$s}
                            subjects: [{kind: ServiceAccount, name: default, namespace: shop}]
                            """
                                    .formatted(role)));
        }
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
                          template:
                            metadata: {labels: {app: web}}
                            spec: {priorityClassName: important, containers: [{name: web, image: "r.example/web:1"}]}
                        """));
        target.server()
                .create(
                        "/apis/rbac.authorization.k8s.io/v1/clusterroles",
                        Yaml.object(
                                "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: there}\nrules: []"));
    }

    @Test
    void applyAndPreview_referencesToNothing_areNamedWithTheirObjects() {
        makeReferences();
        Restore restore = restore(plan(builder -> builder));

        Preview preview = restore.preview();
        RestoreResult result = restore.apply(done -> {});

        assertThat(result.warnings()).isEqualTo(preview.warnings());
        assertThat(result.warnings())
                .extracting(problem -> problem.code() + " " + problem.where() + ": " + problem.message())
                .containsExactlyInAnyOrder(
                        "UnresolvedReference target rolebindings.rbac.authorization.k8s.io shop/missing:"
                                + " it names clusterroles.rbac.authorization.k8s.io missing, which the target does not have",
                        "UnresolvedReference target deployments.apps shop/web:"
                                + " it names priorityclasses.scheduling.k8s.io important, which the target does not have");
    }

    @Test
    void look_whatTheArchiveBrings_isNoProblem() {
        Surroundings archive = Surroundings.none();
        archive.noteOfCluster(new ObjectKey("clusterroles.rbac.authorization.k8s.io", "", "role"));
        Prepared.Applicable binding = binding("role");

        assertThat(references(archive, ClusterScoped.CLUSTER_ROLES).look(binding))
                .isSameAs(binding);
        assertThat(references(archive).look(binding).problems())
                .as("left out by the plan")
                .extracting(Problem::code)
                .containsExactly("UnresolvedReference");
    }

    @Test
    void look_whereTheAccountMayNot_isSilent() {
        recent.faults().failNext("GET", "clusterroles", 1, 403);
        Prepared.Applicable binding = binding("role");

        assertThat(references(Surroundings.none()).look(binding)).isSameAs(binding);
    }

    private ClusterReferences references(Surroundings archive, ClusterScoped... kinds) {
        return new ClusterReferences(
                target.server(),
                target.discovery(),
                RestoreSettings.of(plan(builder -> builder.withClusterScoped(kinds)), "plan-uid", "migration-uid"),
                archive);
    }

    private static Prepared.Applicable binding(String role) {
        String resource = "rolebindings.rbac.authorization.k8s.io";
        return new Prepared.Applicable(
                TransformCase.type(resource, "v1", "RoleBinding"),
                new ObjectKey(resource, "shop", "binding"),
                Yaml.object("roleRef: {kind: ClusterRole, name: " + role + "}"),
                List.of(),
                List.of(),
                List.of(),
                "");
    }
}
