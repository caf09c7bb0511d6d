package dev.mtc.api;

import java.util.List;
import java.util.Objects;

/**
 * Collects a plan. Not thread-safe. The methods check nothing; {@link #build()} complains once, about everything.
 *
 * @since 0.1
 */
public final class PlanBuilder {

    private final PlanDraft draft;

    PlanBuilder(String name) {
        draft = new PlanDraft(name);
    }

    /**
     * Sets the cluster the application comes from.
     *
     * @param source the cluster
     * @return this
     */
    public PlanBuilder from(Cluster source) {
        draft.from = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Sets the cluster the application goes to.
     *
     * @param target the cluster
     * @return this
     */
    public PlanBuilder to(Cluster target) {
        draft.to = Objects.requireNonNull(target, "target");
        return this;
    }

    /**
     * Sets the replication repository; not needed when everything goes directly.
     *
     * @param storage the repository
     * @return this
     */
    public PlanBuilder via(Storage storage) {
        draft.via = Objects.requireNonNull(storage, "storage");
        return this;
    }

    /**
     * Adds a namespace that keeps its name.
     *
     * @param name its name, or {@code source:target} as MTC writes it
     * @return this
     */
    public PlanBuilder namespace(String name) {
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
    public PlanBuilder namespace(String source, String target) {
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
    public PlanBuilder labelSelector(String selector) {
        draft.labelSelector = Objects.requireNonNull(selector, "selector");
        return this;
    }

    /**
     * Migrates only these kinds.
     *
     * @param resources plural names with their groups, such as {@code deployments.apps}
     * @return this
     */
    public PlanBuilder includeResources(String... resources) {
        draft.includedResources.addAll(List.of(resources));
        return this;
    }

    /**
     * Leaves these kinds out; wins over {@link #includeResources}.
     *
     * @param resources plural names with their groups, such as {@code events}
     * @return this
     */
    public PlanBuilder excludeResources(String... resources) {
        draft.excludedResources.addAll(List.of(resources));
        return this;
    }

    /**
     * Says what is done with volumes; they are copied if nothing is said.
     *
     * @param rule for all claims without a choice of their own
     * @return this
     */
    public PlanBuilder volumes(VolumeChoice rule) {
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
    public PlanBuilder volume(String claim, VolumeChoice choice) {
        draft.volumeExceptions.put(Objects.requireNonNull(claim, "claim"), Objects.requireNonNull(choice, "choice"));
        return this;
    }

    /** {@return this builder} Sends volume data from cluster to cluster; the default. */
    public PlanBuilder directVolumes() {
        draft.volumeRoute = Route.DIRECT;
        return this;
    }

    /** {@return this builder} Sends volume data through the repository. */
    public PlanBuilder indirectVolumes() {
        draft.volumeRoute = Route.INDIRECT;
        return this;
    }

    /**
     * Says how pods that send volumes reach pods that receive them; {@link EndpointChoice#AUTO} if nothing is said.
     *
     * @param choice for all volumes of the plan
     * @return this
     */
    public PlanBuilder volumeEndpoint(EndpointChoice choice) {
        draft.volumeEndpoint = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /**
     * Limits what volumes that go straight from cluster to cluster send in a second, all of a run together. Those under way have equal
     * shares, which follow within seconds when others begin and end.
     *
     * @param quantity a Kubernetes quantity of bytes such as {@code 50Mi}
     * @return this
     * @throws IllegalArgumentException if that is not a quantity
     */
    public PlanBuilder volumeBandwidth(String quantity) {
        draft.volumeBandwidth = Quantities.positive("Bandwidth", quantity);
        return this;
    }

    /**
     * Says how images are copied, and which of them may be.
     *
     * @param choice for all images of the plan
     * @return this
     */
    public PlanBuilder images(ImageChoice choice) {
        draft.images = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /**
     * Copies images of other registries too, with references following. Of several rules for an image, the longest counts;
     * images of the source cluster's own registry need none. Repositories that are called like namespaces follow these with
     * {@code copyImages("quay.io/{namespace}", "registry.new.example/{namespace}")}: the first is each namespace of the plan,
     * the second its name on the target. Without that, a rule changes nothing but its own segments.
     *
     * @param from whole leading path segments of images, for example {@code quay.io/acme}
     * @param to where they go, for example {@code registry.new.example/mirror/acme}
     * @return this
     * @throws IllegalArgumentException if one of them is blank, or only the second has {@code {namespace}}
     */
    public PlanBuilder copyImages(String from, String to) {
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
    public PlanBuilder registries(Registry... registries) {
        draft.registries.addAll(List.of(registries));
        return this;
    }

    /** {@return this builder} Sends images from registry to registry; the default. */
    public PlanBuilder directImages() {
        draft.imageRoute = Route.DIRECT;
        return this;
    }

    /** {@return this builder} Sends images through the repository. */
    public PlanBuilder indirectImages() {
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
    public PlanBuilder hook(HookPoint point, Hook hook) {
        draft.hooks.add(new PlannedHook(Objects.requireNonNull(point, "point"), Objects.requireNonNull(hook, "hook")));
        return this;
    }

    /**
     * Changes objects on their way to the target, after mtc's own transforms and those added before.
     *
     * @param transform the change
     * @return this
     */
    public PlanBuilder transform(Transform transform) {
        draft.transforms.add(Objects.requireNonNull(transform, "transform"));
        return this;
    }

    /**
     * Lets host names of services, such as {@code db.shop.svc}, follow renamed namespaces wherever they stand: in environment
     * variables, arguments, annotations, ConfigMaps, Secrets. If this is not said, they stay and the result names each place.
     *
     * @return this
     */
    public PlanBuilder rewriteServiceHosts() {
        draft.serviceHostsRewritten = true;
        return this;
    }

    /**
     * Makes Deployments of OpenShift's DeploymentConfigs, for a target that has none. What a Deployment cannot do, such as
     * lifecycle hooks, is named in the result.
     *
     * @return this
     */
    public PlanBuilder deploymentConfigsToDeployments() {
        draft.deploymentConfigsConverted = true;
        return this;
    }

    /**
     * Says what happens to objects that the target has already; {@link ExistingPolicy#FAIL} if nothing is said.
     *
     * @param policy what happens
     * @return this
     */
    public PlanBuilder existing(ExistingPolicy policy) {
        draft.existing = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Brings along objects that are in no namespace, which are left out otherwise. They carry the plan's label; a rollback
     * deletes those that the plan made and nobody else uses.
     *
     * @param kinds which
     * @return this
     */
    public PlanBuilder withClusterScoped(ClusterScoped... kinds) {
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
    public PlanBuilder existingClusterScoped(ClusterScopedPolicy policy) {
        draft.existingClusterScoped = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Says how many captures of the plan's objects stay in the repository, the newest ones; 5 if nothing is said. A cut-over removes older
     * ones when it has put its own there. {@link Backups} lists and applies them.
     *
     * @param count at least 1
     * @return this
     */
    public PlanBuilder keepCaptures(int count) {
        draft.capturesKept = count;
        return this;
    }

    /**
     * Brings the status of these kinds along, where nobody on the target would compute it anew; left out otherwise.
     *
     * @param resources plural names with their groups, such as {@code certificates.cert-manager.io}
     * @return this
     */
    public PlanBuilder restoreStatus(String... resources) {
        draft.statusResources.addAll(List.of(resources));
        return this;
    }

    /** Says whose way back this is. */
    PlanBuilder reverses(String plan) {
        draft.reverses = plan;
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
        return "PlanBuilder[" + draft.name + ", " + Counts.of(draft.namespaces.size(), "namespace") + " so far]";
    }
}
