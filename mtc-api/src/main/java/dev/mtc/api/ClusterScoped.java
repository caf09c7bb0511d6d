package dev.mtc.api;

/**
 * Objects outside of namespaces that an application may need, brought along on request. Those that clusters make for themselves
 * are never brought.
 *
 * @since 0.1
 */
public enum ClusterScoped {
    /**
     * The ValidatingWebhookConfigurations and MutatingWebhookConfigurations that call services of the plan's namespaces, with
     * these webhooks only. They come after everything else, so that they do not refuse what they need themselves.
     */
    ADMISSION_WEBHOOKS,
    /** The CustomResourceDefinitions of the custom resources in the plan's namespaces; without the operators that serve them. */
    CUSTOM_RESOURCE_DEFINITIONS,
    /**
     * The ClusterRoleBindings that name service accounts of the plan's namespaces, with these subjects only, and the
     * ClusterRoles that they and the RoleBindings of the namespaces refer to. Subjects follow renamed namespaces.
     */
    CLUSTER_ROLES,
    /** The PriorityClasses that pods and workloads of the plan's namespaces name. */
    PRIORITY_CLASSES,
    /**
     * The StorageClasses of claims that are copied, unless the plan gives them another one that the target has. Claims then
     * keep their class; it is not the target's default class.
     */
    STORAGE_CLASSES,
    /**
     * OpenShift's SecurityContextConstraints that name service accounts of the plan's namespaces, with these users and groups
     * only, and those that roles of these accounts let them use; the roles come with {@link #CLUSTER_ROLES}. Nothing where
     * source or target have none; users and groups of those that every cluster has are named in a warning.
     */
    SECURITY_CONTEXT_CONSTRAINTS
}
