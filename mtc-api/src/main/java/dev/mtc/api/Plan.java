package dev.mtc.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is migrated from where to where, MTC's MigPlan. Immutable and thread-safe; made by {@link #named}.
 *
 * @see Migration
 */
public final class Plan {

    private final PlanDraft draft;

    private Plan(PlanDraft draft) {
        this.draft = draft;
    }

    /**
     * {@return a builder of a plan}
     *
     * @param name the name of its MigPlan, an RFC 1123 label
     */
    public static Builder named(String name) {
        return new Builder(Objects.requireNonNull(name, "name"));
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
     * {@return what a cut-over would do} Does I/O on both clusters; changes nothing.
     *
     * @throws MtcException if a cluster cannot be read
     * @throws IllegalStateException if no engine is on the class path
     */
    public Preview preview() {
        return MigrationEngine.find().preview(this);
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

    @Override
    public String toString() {
        int count = draft.namespaces.size();
        return "Plan[" + name() + ": " + from().name() + " -> " + to().name() + ", "
                + (count == 1 ? draft.namespaces.get(0).toString() : count + " namespaces") + "]";
    }

    /**
     * Collects a plan. Not thread-safe. The methods check nothing; {@link #build()} complains once, about everything.
     */
    public static final class Builder {

        private final PlanDraft draft;

        private Builder(String name) {
            draft = new PlanDraft(name);
        }

        /**
         * Sets the cluster the application comes from.
         *
         * @param source the cluster
         * @return this
         */
        public Builder from(Cluster source) {
            draft.from = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Sets the cluster the application goes to.
         *
         * @param target the cluster
         * @return this
         */
        public Builder to(Cluster target) {
            draft.to = Objects.requireNonNull(target, "target");
            return this;
        }

        /**
         * Sets the replication repository; not needed when everything goes directly.
         *
         * @param storage the repository
         * @return this
         */
        public Builder via(Storage storage) {
            draft.via = Objects.requireNonNull(storage, "storage");
            return this;
        }

        /**
         * Adds a namespace that keeps its name.
         *
         * @param name its name, or {@code source:target} as MTC writes it
         * @return this
         */
        public Builder namespace(String name) {
            String[] parts = Objects.requireNonNull(name, "name").split(":", -1);
            return namespace(parts[0], parts.length == 1 ? name : name.substring(parts[0].length() + 1));
        }

        /**
         * Adds a namespace that gets another name.
         *
         * @param source its name on the source
         * @param target its name on the target
         * @return this
         */
        public Builder namespace(String source, String target) {
            draft.namespaces.add(new NamespaceMapping(
                    Objects.requireNonNull(source, "source"), Objects.requireNonNull(target, "target")));
            return this;
        }

        /**
         * Migrates only objects with these labels.
         *
         * @param selector a Kubernetes label selector such as {@code app in (web,api)}
         * @return this
         */
        public Builder labelSelector(String selector) {
            draft.labelSelector = Objects.requireNonNull(selector, "selector");
            return this;
        }

        /**
         * Migrates only these kinds.
         *
         * @param resources plural names with their groups, such as {@code deployments.apps}
         * @return this
         */
        public Builder includeResources(String... resources) {
            draft.includedResources.addAll(List.of(resources));
            return this;
        }

        /**
         * Leaves these kinds out; wins over {@link #includeResources}.
         *
         * @param resources plural names with their groups, such as {@code events}
         * @return this
         */
        public Builder excludeResources(String... resources) {
            draft.excludedResources.addAll(List.of(resources));
            return this;
        }

        /**
         * Says what is done with volumes; they are copied if nothing is said.
         *
         * @param rule for all claims without a choice of their own
         * @return this
         */
        public Builder volumes(VolumeChoice rule) {
            draft.volumeRule = Objects.requireNonNull(rule, "rule");
            return this;
        }

        /**
         * Says what is done with one volume.
         *
         * @param claim {@code namespace/name} on the source
         * @param choice what is done
         * @return this
         */
        public Builder volume(String claim, VolumeChoice choice) {
            draft.volumeExceptions.put(
                    Objects.requireNonNull(claim, "claim"), Objects.requireNonNull(choice, "choice"));
            return this;
        }

        /** {@return this builder} Sends volume data from cluster to cluster; the default. */
        public Builder directVolumes() {
            draft.volumeRoute = Route.DIRECT;
            return this;
        }

        /** {@return this builder} Sends volume data through the repository. */
        public Builder indirectVolumes() {
            draft.volumeRoute = Route.INDIRECT;
            return this;
        }

        /**
         * Copies images of other registries too, with references following. Of several rules for an image, the longest counts;
         * images of the source cluster's own registry need none.
         *
         * @param from whole leading path segments of images, for example {@code quay.io/acme}
         * @param to where they go, for example {@code registry.new.example/mirror/acme}
         * @return this
         * @throws IllegalArgumentException if one of them is blank
         */
        public Builder copyImages(String from, String to) {
            draft.imageRules.add(new ImageRule(from, to));
            return this;
        }

        /**
         * Says how to reach registries that {@link #copyImages} names and that are no cluster's own; without, they are asked
         * over HTTPS and without a login.
         *
         * @param registries each for its host
         * @return this
         */
        public Builder registries(Registry... registries) {
            draft.registries.addAll(List.of(registries));
            return this;
        }

        /** {@return this builder} Sends images from registry to registry; the default. */
        public Builder directImages() {
            draft.imageRoute = Route.DIRECT;
            return this;
        }

        /** {@return this builder} Sends images through the repository. */
        public Builder indirectImages() {
            draft.imageRoute = Route.INDIRECT;
            return this;
        }

        /**
         * Runs a hook within cut-overs, one at each point.
         *
         * @param point when
         * @param hook what
         * @return this
         */
        public Builder hook(HookPoint point, Hook hook) {
            draft.hooks.add(
                    new PlannedHook(Objects.requireNonNull(point, "point"), Objects.requireNonNull(hook, "hook")));
            return this;
        }

        /**
         * Changes objects on their way to the target, after mtc's own transforms and those added before.
         *
         * @param transform the change
         * @return this
         */
        public Builder transform(Transform transform) {
            draft.transforms.add(Objects.requireNonNull(transform, "transform"));
            return this;
        }

        /**
         * Lets host names of services, such as {@code db.shop.svc}, follow renamed namespaces wherever they stand: in environment
         * variables, arguments, annotations, ConfigMaps, Secrets. If this is not said, they stay and the result names each place.
         *
         * @return this
         */
        public Builder rewriteServiceHosts() {
            draft.serviceHostsRewritten = true;
            return this;
        }

        /**
         * Makes Deployments of OpenShift's DeploymentConfigs, for a target that has none. What a Deployment cannot do, such as
         * lifecycle hooks, is named in the result.
         *
         * @return this
         */
        public Builder deploymentConfigsToDeployments() {
            draft.deploymentConfigsConverted = true;
            return this;
        }

        /**
         * Says what happens to objects that the target has already; {@link ExistingPolicy#FAIL} if nothing is said.
         *
         * @param policy what happens
         * @return this
         */
        public Builder existing(ExistingPolicy policy) {
            draft.existing = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Brings along objects that are in no namespace, which are left out otherwise. They carry the plan's label; a rollback
         * deletes those that the plan made and nobody else uses. A MigPlan cannot express this.
         *
         * @param kinds which
         * @return this
         */
        public Builder withClusterScoped(ClusterScoped... kinds) {
            draft.clusterScoped.addAll(List.of(kinds));
            return this;
        }

        /**
         * Says what happens to objects outside of namespaces that the target has already; {@link ClusterScopedPolicy#SKIP} if
         * nothing is said.
         *
         * @param policy what happens
         * @return this
         */
        public Builder existingClusterScoped(ClusterScopedPolicy policy) {
            draft.existingClusterScoped = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Brings the status of these kinds along, where nobody on the target would compute it anew; left out otherwise.
         *
         * @param resources plural names with their groups, such as {@code certificates.cert-manager.io}
         * @return this
         */
        public Builder restoreStatus(String... resources) {
            draft.statusResources.addAll(List.of(resources));
            return this;
        }

        /**
         * {@return the plan}
         *
         * @throws PlanInvalidException with everything that is wrong
         */
        public Plan build() {
            Plan plan = new Plan(draft.copy());
            List<Problem> problems = PlanRules.problems(plan, draft.from, draft.to);
            if (!problems.isEmpty()) {
                throw new PlanInvalidException("Plan " + draft.name, problems);
            }
            return plan;
        }

        @Override
        public String toString() {
            return "Plan.Builder[" + draft.name + ", " + Counts.of(draft.namespaces.size(), "namespace") + " so far]";
        }
    }
}
