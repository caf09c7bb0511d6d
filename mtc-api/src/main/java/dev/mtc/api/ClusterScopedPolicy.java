package dev.mtc.api;

/**
 * What happens to an object outside of namespaces that is on the target already and differs.
 *
 * @since 0.1
 */
public enum ClusterScopedPolicy {
    /** It stays as it is, whoever made it, and the result says so; the default. */
    SKIP,
    /** The check finds it and the migration does not start, unless the same plan made it: then it is updated. */
    FAIL,
    /** It is updated if it carries the label of the same plan; another one stays as it is, and the result says so. */
    UPDATE_OWN
}
