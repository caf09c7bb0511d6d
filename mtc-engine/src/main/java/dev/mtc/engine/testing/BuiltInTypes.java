package dev.mtc.engine.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The kinds that a server of some version has. */
final class BuiltInTypes {

    private static final Set<String> NONE = Set.of();
    private static final Set<String> STATUS = Set.of("status");
    private static final Set<String> SCALED = Set.of("status", "scale");

    private final List<ResourceType> types = new ArrayList<>();

    private BuiltInTypes() {}

    /** {@return the kinds of version 1.{@code minor}, the preferred version of a group first} */
    static List<ResourceType> of(int minor) {
        BuiltInTypes table = new BuiltInTypes();
        table.core();
        table.apps();
        table.batch(minor);
        table.policy(minor);
        table.others(minor);
        return table.types.stream()
                .map(t -> t.withColumns(BuiltInColumns.of(t)))
                .toList();
    }

    private void core() {
        cluster("", "v1", "Namespace", "namespaces", "ns", STATUS);
        cluster("", "v1", "Node", "nodes", "no", STATUS);
        cluster("", "v1", "PersistentVolume", "persistentvolumes", "pv", STATUS);
        inAll("", "v1", "Pod", "pods", "po", STATUS);
        inAll("", "v1", "ReplicationController", "replicationcontrollers", "rc", SCALED);
        inAll("", "v1", "Service", "services", "svc", STATUS);
        add("", "v1", "ConfigMap", "configmaps", "cm", NONE);
        add("", "v1", "Endpoints", "endpoints", "ep", NONE);
        add("", "v1", "Event", "events", "ev", NONE);
        add("", "v1", "LimitRange", "limitranges", "limits", NONE);
        add("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc", STATUS);
        add("", "v1", "PodTemplate", "podtemplates", "", NONE);
        add("", "v1", "ResourceQuota", "resourcequotas", "quota", STATUS);
        add("", "v1", "Secret", "secrets", "", NONE);
        add("", "v1", "ServiceAccount", "serviceaccounts", "sa", NONE);
    }

    private void apps() {
        inAll("apps", "v1", "Deployment", "deployments", "deploy", SCALED);
        inAll("apps", "v1", "ReplicaSet", "replicasets", "rs", SCALED);
        inAll("apps", "v1", "StatefulSet", "statefulsets", "sts", SCALED);
        inAll("apps", "v1", "DaemonSet", "daemonsets", "ds", STATUS);
        add("apps", "v1", "ControllerRevision", "controllerrevisions", "", NONE);
    }

    private void batch(int minor) {
        inAll("batch", "v1", "Job", "jobs", "", STATUS);
        if (minor >= 21) {
            inAll("batch", "v1", "CronJob", "cronjobs", "cj", STATUS);
        }
        if (minor < 25) {
            inAll("batch", "v1beta1", "CronJob", "cronjobs", "cj", STATUS);
        }
    }

    private void policy(int minor) {
        if (minor >= 21) {
            add("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb", STATUS);
        }
        if (minor < 25) {
            add("policy", "v1beta1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb", STATUS);
            cluster("policy", "v1beta1", "PodSecurityPolicy", "podsecuritypolicies", "psp", NONE);
        }
    }

    private void others(int minor) {
        if (minor >= 23) {
            inAll("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa", STATUS);
        }
        inAll("autoscaling", "v1", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa", STATUS);
        add("networking.k8s.io", "v1", "Ingress", "ingresses", "ing", STATUS);
        add("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", "netpol", NONE);
        cluster("networking.k8s.io", "v1", "IngressClass", "ingressclasses", "", NONE);
        String rbac = "rbac.authorization.k8s.io";
        add(rbac, "v1", "Role", "roles", "", NONE);
        add(rbac, "v1", "RoleBinding", "rolebindings", "", NONE);
        cluster(rbac, "v1", "ClusterRole", "clusterroles", "", NONE);
        cluster(rbac, "v1", "ClusterRoleBinding", "clusterrolebindings", "", NONE);
        cluster("storage.k8s.io", "v1", "StorageClass", "storageclasses", "sc", NONE);
        cluster("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", "pc", NONE);
        String slices = minor >= 21 ? "v1" : "v1beta1";
        add("discovery.k8s.io", slices, "EndpointSlice", "endpointslices", "", NONE);
        add("coordination.k8s.io", "v1", "Lease", "leases", "", NONE);
        String webhooks = "admissionregistration.k8s.io";
        cluster(webhooks, "v1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", "", NONE);
        cluster(webhooks, "v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", "", NONE);
        cluster("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", "crd", STATUS);
    }

    private void add(String group, String version, String kind, String plural, String shortName, Set<String> sub) {
        types.add(ResourceType.builtIn(group, version, kind, names(plural, kind, shortName, List.of()), true, sub));
    }

    /** A namespaced kind that {@code kubectl get all} shows. */
    private void inAll(String group, String version, String kind, String plural, String shortName, Set<String> sub) {
        ResourceType.Names names = names(plural, kind, shortName, List.of("all"));
        types.add(ResourceType.builtIn(group, version, kind, names, true, sub));
    }

    private void cluster(String group, String version, String kind, String plural, String shortName, Set<String> sub) {
        ResourceType.Names names = names(plural, kind, shortName, List.of());
        types.add(ResourceType.builtIn(group, version, kind, names, false, sub));
    }

    private static ResourceType.Names names(String plural, String kind, String shortName, List<String> categories) {
        List<String> shortNames = shortName.isEmpty() ? List.of() : List.of(shortName);
        return new ResourceType.Names(plural, kind.toLowerCase(Locale.ROOT), shortNames, categories);
    }
}
