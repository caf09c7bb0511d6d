package dev.mtc.engine.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

    private static ResourceType type(String resource) {
        int dot = resource.indexOf('.');
        String group = dot < 0 ? "" : resource.substring(dot + 1);
        String plural = dot < 0 ? resource : resource.substring(0, dot);
        return new ResourceType(group, "v1", plural, "K", true, Set.of("list", "create"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', configmaps, true",
        "'', configmaps, configmaps, false",
        "'', deployments, deployments.apps, false",
        "'', deployments.apps, deployments.apps, false",
        "'', deployments.extensions, deployments.apps, true",
        "configmaps, '', configmaps, true",
        "configmaps, '', secrets, false",
        "deployments, '', deployments.apps, true",
        "configmaps, configmaps, configmaps, false",
    })
    void takes_includedAndExcluded_exclusionWins(String included, String excluded, String resource, boolean taken) {
        Selection selection = Selection.of(TransformCase.settings(plan -> {
                    if (!included.isEmpty()) {
                        plan.includeResources(included);
                    }
                    if (!excluded.isEmpty()) {
                        plan.excludeResources(excluded);
                    }
                })
                .plan());

        assertThat(selection.takes(type(resource))).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({
        "imagetags.image.openshift.io",
        "templateinstances.template.openshift.io",
        "clusterserviceversions.operators.coreos.com",
        "packagemanifests.packages.operators.coreos.com",
        "subscriptions.operators.coreos.com",
        "servicebrokers.servicecatalog.k8s.io",
        "servicebindings.servicecatalog.k8s.io",
        "serviceclasses.servicecatalog.k8s.io",
        "serviceinstances.servicecatalog.k8s.io",
        "serviceplans.servicecatalog.k8s.io",
        "operatorgroups.operators.coreos.com",
        "events",
        "events.events.k8s.io",
        "leases.coordination.k8s.io",
        "rolebindings.authorization.openshift.io",
        "roles.authorization.openshift.io",
        "pods.metrics.k8s.io",
        "services.custom.metrics.k8s.io",
        "migplans.migration.openshift.io",
        "backups.velero.io",
    })
    void takes_kindsThatAreNeverMigrated_evenIfIncluded(String resource) {
        Selection selection = Selection.of(
                TransformCase.settings(plan -> plan.includeResources(resource)).plan());

        assertThat(selection.takes(type(resource))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "rolebindings.rbac.authorization.k8s.io",
        "roles.rbac.authorization.k8s.io",
        "rolebindingrestrictions.authorization.openshift.io",
        "imagestreams.image.openshift.io",
        "leases.example.com",
        "backups.example.com",
        "subscriptions.messaging.knative.dev",
        "servicebindings.binding.operators.coreos.com",
        "events.sources.example.com",
        "serviceinstances.services.cloud.sap.com",
        "operatorgroups.example.com",
    })
    void takes_kindsOfSimilarNames_areMigrated(String resource) {
        assertThat(Selection.of(TransformCase.settings().plan()).takes(type(resource)))
                .isTrue();
    }
}
