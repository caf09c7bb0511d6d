package dev.mtc.api;

import dev.mtc.api.model.v1alpha1.GroupKind;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigPlanSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a {@link Plan} down as a MigPlan and what it refers to. */
final class PlanSheet {

    private PlanSheet() {}

    static ManifestSheet of(Plan plan) {
        ManifestSheet sheet = new ManifestSheet();
        MigPlan object = new MigPlan();
        MigPlanSpec spec = object.getSpec();
        sheet.add(ManifestKind.MIG_PLAN, object, plan.name());
        ClusterManifests.write("from", plan.from(), sheet);
        if (!plan.to().equals(plan.from())) {
            ClusterManifests.write("to", plan.to(), sheet);
        }
        spec.setSrcMigClusterRef(
                ManifestSheet.reference(ManifestObject.NAMESPACE, plan.from().name()));
        spec.setDestMigClusterRef(
                ManifestSheet.reference(ManifestObject.NAMESPACE, plan.to().name()));
        plan.via().ifPresent(storage -> {
            StorageManifests.write(storage, sheet);
            spec.setMigStorageRef(ManifestSheet.reference(ManifestObject.NAMESPACE, storage.name()));
        });
        spec.setNamespaces(
                plan.namespaces().stream().map(NamespaceMapping::toString).toList());
        plan.labelSelector().map(LabelSelectors::parse).ifPresent(spec::setLabelSelector);
        spec.setIndirectImageMigration(plan.imageRoute() == Route.INDIRECT);
        spec.setIndirectVolumeMigration(plan.volumeRoute() == Route.INDIRECT);
        volumes(plan, object, sheet);
        resources(plan, object, sheet);
        clusterScoped(plan, object, sheet);
        spec.setHooks(plan.hooks().stream()
                .map(planned -> HookManifests.write(plan, planned, sheet))
                .flatMap(Optional::stream)
                .toList());
        annotations(plan, object, sheet);
        images(plan, object, sheet);
        plan.registries()
                .forEach(registry -> sheet.lost(
                        "registries[" + registry.host() + "]",
                        "a MigPlan knows the registries of its clusters only",
                        "call registries(…) again on a plan made from the manifests"));
        plan.transforms()
                .forEach(transform -> sheet.lost(
                        "transforms[" + transform.name() + "]",
                        "a transform is code, which a MigPlan cannot hold",
                        "add it again to a plan made from the manifests"));
        return sheet;
    }

    private static void annotations(Plan plan, MigPlan object, ManifestSheet sheet) {
        if (plan.rewritesServiceHosts()) {
            sheet.annotate(object, Annotations.SERVICE_HOSTS, "rewrite");
        }
        plan.reverses().ifPresent(name -> sheet.annotate(object, Annotations.REVERSES, name));
        if (plan.convertsDeploymentConfigs()) {
            sheet.annotate(object, Annotations.DEPLOYMENT_CONFIGS, "to-deployments");
        }
    }

    private static void clusterScoped(Plan plan, MigPlan object, ManifestSheet sheet) {
        if (!plan.clusterScoped().isEmpty()) {
            sheet.annotate(
                    object,
                    Annotations.CLUSTER_SCOPED,
                    plan.clusterScoped().stream().map(EnumWords::of).collect(Collectors.joining(",")));
        }
        if (plan.capturesKept() != PlanDraft.CAPTURES_KEPT) {
            sheet.annotate(object, Annotations.KEEP_CAPTURES, Integer.toString(plan.capturesKept()));
        }
        if (plan.existingClusterScoped() != ClusterScopedPolicy.SKIP) {
            sheet.annotate(object, Annotations.EXISTING_CLUSTER_SCOPED, EnumWords.of(plan.existingClusterScoped()));
        }
    }

    private static void images(Plan plan, MigPlan object, ManifestSheet sheet) {
        if (!plan.imageRules().isEmpty()) {
            sheet.annotate(
                    object,
                    Annotations.IMAGES,
                    plan.imageRules().stream()
                            .map(rule -> rule.from() + "=" + rule.to())
                            .collect(Collectors.joining(",")));
        }
        ImageManifests.write(plan.images()).ifPresent(json -> sheet.annotate(object, Annotations.IMAGE_CHOICE, json));
        if (!plan.images().checks().isEmpty()) {
            sheet.lost(
                    "images.checks",
                    "a check is code, which a MigPlan cannot hold",
                    "add it again to a plan made from the manifests");
        }
    }

    private static void volumes(Plan plan, MigPlan object, ManifestSheet sheet) {
        object.getSpec()
                .setPersistentVolumes(plan.volumeExceptions().entrySet().stream()
                        .map(entry -> VolumeManifests.write(entry.getKey(), entry.getValue()))
                        .toList());
        String rule = VolumeManifests.writeRule(plan.volumeRule());
        if (!rule.equals(VolumeManifests.writeRule(VolumeChoice.copy()))) {
            sheet.annotate(object, Annotations.VOLUMES, rule);
        }
        String levels = VerificationManifests.write(plan);
        if (!levels.isEmpty()) {
            sheet.annotate(object, Annotations.VERIFICATION, levels);
        }
        if (plan.volumeEndpoint() != EndpointChoice.AUTO) {
            sheet.annotate(
                    object, Annotations.VOLUME_ENDPOINT, plan.volumeEndpoint().word());
        }
        plan.volumeBandwidth().ifPresent(rate -> sheet.annotate(object, Annotations.VOLUME_BANDWIDTH, rate));
        if (plan.existing() != ExistingPolicy.FAIL) {
            sheet.annotate(object, Annotations.EXISTING, plan.existing().name().toLowerCase(Locale.ROOT));
        }
    }

    private static void resources(Plan plan, MigPlan object, ManifestSheet sheet) {
        List<GroupKind> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String name : plan.includedResources()) {
            ResourceNames.groupKind(name).ifPresentOrElse(known::add, () -> unknown.add(name));
        }
        object.getSpec().setIncludedResources(known);
        if (!unknown.isEmpty()) {
            sheet.annotate(object, Annotations.INCLUDED_RESOURCES, String.join(",", unknown));
        }
        if (!plan.excludedResources().isEmpty()) {
            sheet.annotate(object, Annotations.EXCLUDED_RESOURCES, String.join(",", plan.excludedResources()));
        }
        if (!plan.statusResources().isEmpty()) {
            sheet.annotate(object, Annotations.RESTORE_STATUS, String.join(",", plan.statusResources()));
        }
    }
}
