package dev.mtc.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is migrated from where to where, MTC's MigPlan. Immutable and thread-safe; made by {@link #named}.
 *
 * @see Migration
 * @since 0.1
 */
public final class Plan {

    private final PlanDraft draft;

    Plan(PlanDraft draft) {
        this.draft = draft;
    }

    /**
     * {@return a builder of a plan}
     *
     * @param name the name of its MigPlan, an RFC 1123 label
     */
    public static PlanBuilder named(String name) {
        return new PlanBuilder(Objects.requireNonNull(name, "name"));
    }

    /**
     * {@return what MTC's conditions say about the plan, each with a remedy, and which permissions of {@link #requiredRoles()}
     * the accounts lack} Does I/O on both clusters; changes nothing.
     *
     * @throws IllegalStateException if no engine is on the class path
     */
    public CheckReport check() {
        return MigrationEngine.find().check(this);
    }

    /**
     * {@return what a cut-over would do} How long it takes is not known without the state of earlier runs, see {@link
     * #preview(StateStore)}. Does I/O on both clusters; changes nothing.
     *
     * @throws MtcException if a cluster cannot be read
     * @throws IllegalStateException if no engine is on the class path
     */
    public Preview preview() {
        try (StateStore nothing = StateStore.memory()) {
            return preview(nothing);
        }
    }

    /**
     * {@return what a cut-over would do, and how long it is likely to take} The forecast is derived from the passes over volumes
     * that earlier runs of this plan measured, whose state is kept here. Does I/O on both clusters; changes nothing.
     *
     * @param state where the plan's earlier runs were kept; stays open
     * @throws MtcException if a cluster or the state cannot be read
     * @throws IllegalStateException if no engine is on the class path
     */
    public Preview preview(StateStore state) {
        return MigrationEngine.find().preview(this, Objects.requireNonNull(state, "state"));
    }

    /**
     * {@return the rights that the accounts of both clusters need for this plan} They depend on the kinds that the clusters
     * serve. Does I/O on both clusters, for which it is enough to see what they serve and which namespaces there are; changes
     * nothing. {@link #check()} tells which of them an account lacks.
     *
     * @throws MtcException if a cluster cannot be read
     * @throws IllegalStateException if no engine is on the class path
     */
    public RequiredRoles requiredRoles() {
        return MigrationEngine.find().requiredRoles(this);
    }

    /**
     * {@return the plan of the way back} It is called like this one with {@code -back} behind, leads from target to source, and
     * has its volumes go back into the claims that they came from: names mapped back, the same way, verified alike, what was
     * left out left out. It is there for {@link Migration#migrateState}, as which {@link Migration#failback} runs it; nothing but
     * volumes is brought back.
     *
     * @throws PlanInvalidException if the longer name is not a label any more
     * @throws IllegalStateException if this plan converts storage classes in place
     */
    public Plan reversed() {
        return PlanReversal.of(this);
    }

    /** {@return the name of the plan whose way back this is, if it is one} */
    public Optional<String> reverses() {
        return Optional.ofNullable(draft.reverses);
    }

    /**
     * {@return the plan as manifests} What they cannot say is in their {@link Manifests#notExpressible()}, Secrets
     * always. Does no I/O but reading files of certificate authorities.
     */
    public Manifests toManifests() {
        return Manifests.of(this);
    }

    /** {@return the name} */
    public String name() {
        return draft.name;
    }

    /** {@return the source cluster} */
    public Cluster from() {
        return Objects.requireNonNull(draft.from);
    }

    /** {@return the target cluster} */
    public Cluster to() {
        return Objects.requireNonNull(draft.to);
    }

    /**
     * {@return the cluster of one side}
     *
     * @param side which
     */
    public Cluster cluster(Side side) {
        return side == Side.SOURCE ? from() : to();
    }

    /** {@return the repository, if one was given} */
    public Optional<Storage> via() {
        return Optional.ofNullable(draft.via);
    }

    /** {@return the namespaces in the order given} */
    public List<NamespaceMapping> namespaces() {
        return draft.namespaces;
    }

    /** {@return the label selector that objects must match, if one was given} */
    public Optional<String> labelSelector() {
        return Optional.ofNullable(draft.labelSelector);
    }

    /** {@return the kinds that are migrated, as plural names with groups; empty means all} */
    public List<String> includedResources() {
        return draft.includedResources;
    }

    /** {@return the kinds that are not migrated, as plural names with groups} */
    public List<String> excludedResources() {
        return draft.excludedResources;
    }

    /**
     * {@return what is done with a claim of the source}
     *
     * @param namespace its namespace on the source
     * @param claim its name
     */
    public VolumeChoice volumeChoice(String namespace, String claim) {
        return draft.volumeExceptions.getOrDefault(namespace + "/" + claim, draft.volumeRule);
    }

    /** {@return what is done with claims that have no choice of their own} */
    public VolumeChoice volumeRule() {
        return draft.volumeRule;
    }

    /** {@return the claims with a choice of their own, by {@code namespace/name} on the source} */
    public Map<String, VolumeChoice> volumeExceptions() {
        return draft.volumeExceptions;
    }

    /** {@return the way volume data takes} */
    public Route volumeRoute() {
        return draft.volumeRoute;
    }

    /** {@return how pods that send volumes reach pods that receive them} */
    public EndpointChoice volumeEndpoint() {
        return draft.volumeEndpoint;
    }

    /** {@return what direct copies of volumes send in a second at most, all of a run together, as it was given} */
    public Optional<String> volumeBandwidth() {
        return Optional.ofNullable(draft.volumeBandwidth);
    }

    /** {@return what direct copies of volumes send in a second at most, all of a run together, in bytes} */
    public OptionalLong volumeBytesPerSecond() {
        return Quantities.bytes(draft.volumeBandwidth);
    }

    /** {@return the way images take} */
    public Route imageRoute() {
        return draft.imageRoute;
    }

    /** {@return the hooks in the order given} */
    public List<PlannedHook> hooks() {
        return draft.hooks;
    }

    /** {@return the caller's transforms in the order given} */
    public List<Transform> transforms() {
        return draft.transforms;
    }

    /** {@return the kinds whose status is brought along, as plural names with groups} */
    public List<String> statusResources() {
        return draft.statusResources;
    }

    /** {@return how images are copied, and which of them may be} */
    public ImageChoice images() {
        return draft.images;
    }

    /** {@return where images of other registries than the clusters' own go} */
    public List<ImageRule> imageRules() {
        return draft.imageRules;
    }

    /** {@return how to reach registries that belong to neither cluster} */
    public List<Registry> registries() {
        return draft.registries;
    }

    /** {@return what happens to objects that the target has already} */
    public ExistingPolicy existing() {
        return draft.existing;
    }

    /** {@return whether host names of services in texts follow renamed namespaces} */
    public boolean rewritesServiceHosts() {
        return draft.serviceHostsRewritten;
    }

    /** {@return whether DeploymentConfigs become Deployments} */
    public boolean convertsDeploymentConfigs() {
        return draft.deploymentConfigsConverted;
    }

    /** {@return what is brought along that is in no namespace, in the order of the enum} */
    public Set<ClusterScoped> clusterScoped() {
        return draft.clusterScoped;
    }

    /** {@return what happens to objects outside of namespaces that the target has already} */
    public ClusterScopedPolicy existingClusterScoped() {
        return draft.existingClusterScoped;
    }

    /** {@return how many captures of its objects stay in the repository} */
    public int capturesKept() {
        return draft.capturesKept;
    }

    @Override
    public String toString() {
        int count = draft.namespaces.size();
        return "Plan[" + name() + ": " + from().name() + " -> " + to().name() + ", "
                + (count == 1 ? draft.namespaces.get(0).toString() : count + " namespaces") + "]";
    }
}
