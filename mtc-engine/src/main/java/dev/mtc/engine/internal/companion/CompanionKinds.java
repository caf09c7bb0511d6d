package dev.mtc.engine.internal.companion;

import dev.mtc.api.ClusterScoped;
import dev.mtc.api.Plan;
import java.util.List;

/** The kinds of objects outside of namespaces, as plural names with groups. */
public final class CompanionKinds {

    /** Definitions of custom kinds. */
    public static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

    /** Classes of storage. */
    public static final String STORAGE_CLASSES = "storageclasses.storage.k8s.io";

    /** What calls a service before objects are admitted. */
    public static final List<String> WEBHOOKS = List.of(
            "mutatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingwebhookconfigurations.admissionregistration.k8s.io");

    static final String ROLES = "clusterroles.rbac.authorization.k8s.io";
    static final String BINDINGS = "clusterrolebindings.rbac.authorization.k8s.io";
    static final String PRIORITY_CLASSES = "priorityclasses.scheduling.k8s.io";
    static final String CONSTRAINTS = "securitycontextconstraints.security.openshift.io";

    private static final List<String> WITH_POD_TEMPLATES = List.of(
            "pods",
            "podtemplates",
            "replicationcontrollers",
            "deployments.apps",
            "statefulsets.apps",
            "daemonsets.apps",
            "replicasets.apps",
            "deploymentconfigs.apps.openshift.io",
            "jobs.batch",
            "cronjobs.batch");

    private CompanionKinds() {}

    /** {@return the kinds that name a PriorityClass} */
    public static List<String> withPodTemplates() {
        return WITH_POD_TEMPLATES;
    }

    /** {@return the kinds that a plan brings along, those first that are deleted first} */
    public static List<String> of(Plan plan) {
        return plan.clusterScoped().stream().flatMap(what -> of(what).stream()).toList();
    }

    /** {@return the kinds of one choice} */
    public static List<String> of(ClusterScoped what) {
        return switch (what) {
            case ADMISSION_WEBHOOKS -> WEBHOOKS;
            case CUSTOM_RESOURCE_DEFINITIONS -> List.of(DEFINITIONS);
            case CLUSTER_ROLES -> List.of(BINDINGS, ROLES);
            case PRIORITY_CLASSES -> List.of(PRIORITY_CLASSES);
            case STORAGE_CLASSES -> List.of(STORAGE_CLASSES);
            case SECURITY_CONTEXT_CONSTRAINTS -> List.of(CONSTRAINTS);
        };
    }
}
