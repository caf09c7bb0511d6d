package dev.mtc.api;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what MTC's resources on a host cluster say, as MTC's own controller does: MigClusters, MigStorages, MigHooks and
 * MigPlans are checked and get conditions, MigMigrations are run. Collects options; {@link #start()} begins. Not thread-safe.
 *
 * @since 0.1
 */
public final class Controller {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);

    private final Cluster host;
    private final List<Cluster> clusters = new ArrayList<>();
    private final List<Provider> providers = new ArrayList<>();
    private String namespace = ManifestObject.NAMESPACE;
    private String identity = "mtc-" + UUID.randomUUID();
    private Clock clock = Clock.systemUTC();
    private Duration pendingLimit = Duration.ofMinutes(5);
    private Duration lease = Duration.ofSeconds(15);
    private PlanLimits limits = PlanLimits.ofMtc();
    private @Nullable MigrationEngine engine;

    private Controller(Cluster host) {
        this.host = host;
    }

    /**
     * {@return a controller of the resources of a cluster}
     *
     * @param host where the resources are; a MigCluster with {@code isHostCluster} means it
     */
    public static Controller on(Cluster host) {
        return new Controller(Objects.requireNonNull(host, "host"));
    }

    /**
     * Looks after the resources of this namespace instead of {@code openshift-migration}.
     *
     * @param name an RFC 1123 label
     * @return this
     * @throws IllegalArgumentException if it is not a label
     */
    public Controller namespace(String name) {
        namespace = Names.label("controller namespace", name);
        return this;
    }

    /**
     * Names this controller in the Lease by which several agree on who works.
     *
     * @param name unique, such as the name of its pod
     * @return this
     */
    public Controller identity(String name) {
        identity = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Reaches a cluster like this, not as the MigCluster of its name says. For clusters that a MigCluster cannot describe.
     *
     * @param cluster the cluster, named like its MigCluster
     * @return this
     */
    public Controller cluster(Cluster cluster) {
        clusters.add(Objects.requireNonNull(cluster, "cluster"));
        return this;
    }

    /**
     * Adds a mover or storage provider that goes before those found by {@link java.util.ServiceLoader}.
     *
     * @param provider the provider
     * @return this
     */
    public Controller provider(Provider provider) {
        providers.add(Objects.requireNonNull(provider, "provider"));
        return this;
    }

    /**
     * Uses this clock instead of the system's.
     *
     * @param clock the clock
     * @return this
     */
    public Controller clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Limits how long pods and claims may stay pending before a migration fails; five minutes if nothing is said.
     *
     * @param limit at least a second
     * @return this
     * @throws IllegalArgumentException if it is shorter
     */
    public Controller pendingLimit(Duration limit) {
        if (limit.toSeconds() < 1) {
            throw new IllegalArgumentException("Pending limit " + limit + " is too short; give a second or more");
        }
        pendingLimit = limit;
        return this;
    }

    /**
     * Says after which time another controller takes over from one that died; 15 seconds if nothing is said.
     *
     * @param duration at least two seconds
     * @return this
     * @throws IllegalArgumentException if it is shorter
     */
    public Controller lease(Duration duration) {
        if (duration.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("Lease " + duration + " is too short; give two seconds or more");
        }
        lease = duration;
        return this;
    }

    /**
     * Says how large plans may be; {@link PlanLimits#ofMtc()} if nothing is said.
     *
     * @param limits the limits
     * @return this
     */
    public Controller limits(PlanLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Uses this engine instead of the one on the class path.
     *
     * @param engine the engine
     * @return this
     */
    public Controller engine(MigrationEngine engine) {
        this.engine = Objects.requireNonNull(engine, "engine");
        return this;
    }

    /**
     * Begins. The custom resource definitions that the host lacks are made; those that are there stay as they are.
     *
     * @return the controller at work; it ends with {@link RunningController#close()}
     * @throws ClusterAccessException if the host cannot be reached, or the account may not do what a controller needs
     * @throws PlanInvalidException if definitions on the host do not fit
     */
    public RunningController start() {
        MigrationEngine chosen = engine == null ? MigrationEngine.find() : engine;
        return chosen.start(new ControllerRequest(
                host, namespace, identity, clusters, providers, clock, pendingLimit, lease, limits));
    }

    @Override
    public String toString() {
        return "Controller[" + identity + " on " + host.name() + "/" + namespace + "]";
    }
}
