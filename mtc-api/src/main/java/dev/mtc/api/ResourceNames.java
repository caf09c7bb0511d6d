package dev.mtc.api;

import dev.mtc.api.model.v1alpha1.GroupKind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Plural names with groups ({@code deployments.apps}), as plans have them, and group and kind, as MigPlans have them. Plurals
 * follow from kinds by English rules, as nearly every API does it; kinds follow from plurals only where they are listed here.
 */
final class ResourceNames {

    private static final Map<String, List<String>> KINDS = Map.ofEntries(
            Map.entry(
                    "",
                    List.of(
                            "ConfigMap",
                            "Endpoints",
                            "Event",
                            "LimitRange",
                            "Namespace",
                            "PersistentVolume",
                            "PersistentVolumeClaim",
                            "Pod",
                            "PodTemplate",
                            "ReplicationController",
                            "ResourceQuota",
                            "Secret",
                            "Service",
                            "ServiceAccount")),
            Map.entry("apps", List.of("ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet")),
            Map.entry("batch", List.of("CronJob", "Job")),
            Map.entry("autoscaling", List.of("HorizontalPodAutoscaler")),
            Map.entry("networking.k8s.io", List.of("Ingress", "NetworkPolicy")),
            Map.entry("policy", List.of("PodDisruptionBudget")),
            Map.entry("rbac.authorization.k8s.io", List.of("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding")),
            Map.entry("apiextensions.k8s.io", List.of("CustomResourceDefinition")),
            Map.entry("apps.openshift.io", List.of("DeploymentConfig")),
            Map.entry("build.openshift.io", List.of("Build", "BuildConfig")),
            Map.entry("image.openshift.io", List.of("ImageStream", "ImageStreamTag")),
            Map.entry("route.openshift.io", List.of("Route")),
            Map.entry("template.openshift.io", List.of("Template", "TemplateInstance")));

    private static final Map<String, GroupKind> BY_PLURAL = byPlural();

    private ResourceNames() {}

    private static Map<String, GroupKind> byPlural() {
        Map<String, GroupKind> names = new HashMap<>();
        KINDS.forEach((group, kinds) -> kinds.forEach(kind -> names.put(plural(group, kind), groupKind(group, kind))));
        return names;
    }

    private static GroupKind groupKind(String group, String kind) {
        GroupKind groupKind = new GroupKind();
        groupKind.setGroup(group);
        groupKind.setKind(kind);
        return groupKind;
    }

    static Optional<GroupKind> groupKind(String plural) {
        return Optional.ofNullable(BY_PLURAL.get(plural)).map(known -> groupKind(known.getGroup(), known.getKind()));
    }

    static String plural(String group, String kind) {
        String word = kind.toLowerCase(Locale.ROOT);
        String plural;
        if (word.equals("endpoints")) {
            plural = word;
        } else if (word.matches(".*(s|x|z|ch|sh)")) {
            plural = word + "es";
        } else if (word.matches(".*[^aeiou]y")) {
            plural = word.substring(0, word.length() - 1) + "ies";
        } else {
            plural = word + "s";
        }
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
