package dev.mtc.api;

import java.util.List;

/** The annotations that say in a manifest what MTC's resources have no field for; MTC ignores them. */
final class Annotations {

    static final String PREFIX = "mtc.dev/";

    /** Of a MigPlan: kinds that are left out, as plural names with groups, separated by commas. */
    static final String EXCLUDED_RESOURCES = PREFIX + "excluded-resources";

    /** Of a MigPlan: kinds that are migrated whose Kind is not known, in the same form. */
    static final String INCLUDED_RESOURCES = PREFIX + "included-resources";

    /** Of a MigPlan: an {@link ExistingPolicy} in lower case. */
    static final String EXISTING = PREFIX + "existing";

    /** Of a MigPlan: what comes along that is in no namespace, {@link ClusterScoped}s in lower case with dashes, separated by commas. */
    static final String CLUSTER_SCOPED = PREFIX + "cluster-scoped";

    /** Of a MigPlan: a {@link ClusterScopedPolicy} in lower case with dashes. */
    static final String EXISTING_CLUSTER_SCOPED = PREFIX + "existing-cluster-scoped";

    /** Of a MigPlan: how many captures of its objects stay in the repository. */
    static final String KEEP_CAPTURES = PREFIX + "keep-captures";

    /** Of a MigPlan: {@code rewrite}, if host names of services follow renamed namespaces. */
    static final String SERVICE_HOSTS = PREFIX + "service-hosts";

    /** Of a MigPlan: {@code to-deployments}, if DeploymentConfigs become Deployments. */
    static final String DEPLOYMENT_CONFIGS = PREFIX + "deployment-configs";

    /** Of a MigPlan: rules for images, {@code from=to}, separated by commas. */
    static final String IMAGES = PREFIX + "images";

    /** Of a MigPlan: an {@link ImageChoice} as a JSON object. */
    static final String IMAGE_CHOICE = PREFIX + "image-choice";

    /** Of a MigPlan: kinds whose status is brought along, as plural names with groups, separated by commas. */
    static final String RESTORE_STATUS = PREFIX + "restore-status";

    /** Of a MigPlan: the choice for volumes without one of their own, JSON like an item of persistentVolumes. */
    static final String VOLUMES = PREFIX + "volumes";

    /**
     * Of a MigPlan: how much is compared of volumes to be verified, where that is not all: {@code namespace/claim=sampled} or
     * {@code =metadata}, separated by commas; {@code *} stands for the volumes without a choice of their own.
     */
    static final String VERIFICATION = PREFIX + "verification";

    /** Of a MigPlan: an {@link EndpointChoice} in lower case with dashes. */
    static final String VOLUME_ENDPOINT = PREFIX + "volume-endpoint";

    /** Of a MigPlan: what direct copies of volumes send in a second at most, a quantity of bytes. */
    static final String VOLUME_BANDWIDTH = PREFIX + "volume-bandwidth";

    /** Of a MigPlan: the name of the plan whose way back it is. */
    static final String REVERSES = PREFIX + "reverses";

    /** Of a MigCluster: the image of mover pods. */
    static final String MOVER_IMAGE = PREFIX + "mover-image";

    /** Of a MigCluster: what it calls its registry in its own objects, as host name with optional port. */
    static final String INTERNAL_REGISTRY = PREFIX + "internal-registry";

    /**
     * Of a MigCluster: {@code namespace/name} of a Secret with what its registry needs: {@code username} and {@code password},
     * {@code ca.crt}, {@code pull-username} and {@code pull-password}; each pair may be left out.
     */
    static final String REGISTRY_SECRET = PREFIX + "registry-secret";

    /** Of a MigStorage: the start of every key. */
    static final String KEY_PREFIX = PREFIX + "prefix";

    /** Of a MigStorage: {@code path} or {@code virtual-host}, where MTC would do the other. */
    static final String ADDRESSING = PREFIX + "addressing";

    /**
     * Of a MigStorage: instead of a Secret, {@code provider-chain} for the AWS SDK's own search, or {@code profile:NAME} for a
     * profile of its configuration files.
     */
    static final String CREDENTIALS = PREFIX + "credentials";

    /** Of a MigStorage: {@code when-supported}, if the AWS SDK is to add checksums by itself. */
    static final String CHECKSUMS = PREFIX + "checksums";

    /** Of a MigHook: how many times it is run again if it fails, where that is not 6 as with MTC. */
    static final String RETRIES = PREFIX + "retries";

    /** Of a MigMigration: the word of a {@link FailurePolicy}. */
    static final String ON_FAILURE = PREFIX + "on-failure";

    /** Of a MigMigration: {@code true}, if volumes are copied once before the applications are stopped. */
    static final String WARM = PREFIX + "warm";

    private static final List<String> ALL = List.of(
            EXCLUDED_RESOURCES,
            INCLUDED_RESOURCES,
            EXISTING,
            CLUSTER_SCOPED,
            EXISTING_CLUSTER_SCOPED,
            KEEP_CAPTURES,
            SERVICE_HOSTS,
            DEPLOYMENT_CONFIGS,
            RESTORE_STATUS,
            IMAGES,
            IMAGE_CHOICE,
            VOLUMES,
            VERIFICATION,
            VOLUME_ENDPOINT,
            VOLUME_BANDWIDTH,
            REVERSES,
            MOVER_IMAGE,
            INTERNAL_REGISTRY,
            REGISTRY_SECRET,
            KEY_PREFIX,
            ADDRESSING,
            CREDENTIALS,
            CHECKSUMS,
            RETRIES,
            ON_FAILURE,
            WARM);

    private Annotations() {}

    /** Complains about annotations that look like a misspelt one of ours. */
    static void check(ManifestObject object, List<Problem> problems) {
        object.json().path("metadata").path("annotations").fieldNames().forEachRemaining(key -> {
            if (key.startsWith(PREFIX) && !ALL.contains(key)) {
                Nearest.to(key.substring(PREFIX.length()), words())
                        .ifPresent(word -> problems.add(Problem.error(
                                object.lines().where("metadata.annotations." + key),
                                "UnknownField",
                                "annotation " + key + " is unknown",
                                "did you mean " + PREFIX + word + "?")));
            }
        });
    }

    private static List<String> words() {
        return ALL.stream().map(key -> key.substring(PREFIX.length())).toList();
    }
}
