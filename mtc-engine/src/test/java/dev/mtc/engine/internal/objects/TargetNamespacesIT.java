package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Namespaces that are on the target before anything comes. */
class TargetNamespacesIT extends ObjectsBed {

    private void label(String labels) {
        source.server().merge("/api/v1/namespaces/shop", Yaml.object("metadata: {labels: {" + labels + "}}"));
    }

    private TargetNamespaces.Ensured ensured(String labels) {
        ObjectNode namespace =
                Yaml.object("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {" + labels + "}}");
        target.server().create("/api/v1/namespaces", namespace);
        TargetNamespaces namespaces = TargetNamespaces.of(
                target.server(), RestoreSettings.of(plan(plan -> plan), "plan-uid", "migration-uid"), source.server());
        assertThat(namespaces.warnings()).isEqualTo(namespaces.ensure().warnings());
        return namespaces.ensure();
    }

    @Test
    void ensure_namespaceWithoutTheSourcesLabels_namesThem() {
        label("team: red, tier: gold");

        assertThat(ensured("tier: gold").warnings()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("NamespaceLabelsKept");
            assertThat(problem.message()).contains("team=red").doesNotContain("tier", "kubernetes.io/metadata.name");
        });
    }

    @Test
    void ensure_namespaceWithTheSourcesLabels_saysNothing() {
        label("team: red, name: shop");

        assertThat(ensured("team: red").warnings()).isEmpty();
    }

    @Test
    void ensure_namespaceOfThePlan_hasThemAnyway() {
        label("team: red");
        TargetNamespaces namespaces = TargetNamespaces.of(
                target.server(), RestoreSettings.of(plan(plan -> plan), "plan-uid", "migration-uid"), source.server());

        assertThat(namespaces.ensure().warnings()).isEmpty();
        assertThat(namespaces.ensure().warnings()).isEmpty();
    }
}
