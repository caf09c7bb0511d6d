package dev.mtc.engine.internal.run;

import dev.mtc.api.Cluster;
import dev.mtc.api.ClusterScoped;
import dev.mtc.api.Plan;
import dev.mtc.api.RunRequest;
import dev.mtc.api.Side;
import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigPlanSpec;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.companion.Companions;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the phases of one run share. Opened things are closed with it. Thread-safe. */
public final class RunContext implements AutoCloseable {

    /** On a MigMigration: which driver goes on with it. The latest one does. */
    public static final String DRIVER = "work.mtc.dev/driver";

    /** How the name of a driver begins that is no controller. */
    private static final String EMBEDDED = "embedded/";

    private static final Logger LOG = LoggerFactory.getLogger(RunContext.class);
    private static final int TAKE_OVER_ATTEMPTS = 100;

    private final String driverId;
    private final RunRequest request;
    private final Executor executor;
    private final Providers providers;
    private final Journal journal = new Journal();
    private final Outage outage;
    private final TransferBoard board;
    private final Instant startedAt;
    private final Map<Side, ApiServer> servers = new EnumMap<>(Side.class);
    private final Map<Side, Discovery> discoveries = new EnumMap<>(Side.class);
    private final Map<Class<?>, Object> works = new ConcurrentHashMap<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private volatile MigMigration migration;
    private volatile Consumer<MigrationResource<?, ? extends ConditionedStatus>> witness = written -> {};
    private volatile boolean stopping;
    private volatile boolean left;
    private boolean cleaningUp;
    private String planUid;

    /** Makes the context of a run whose migration was read from the state. */
    public RunContext(RunRequest request, MigMigration migration, Executor executor) {
        this(request, migration, executor, "");
    }

    /**
     * Makes the context of a run whose migration was read from the state.
     *
     * @param planUid the uid of the plan, empty if it follows from the plan's name and clusters
     */
    public RunContext(RunRequest request, MigMigration migration, Executor executor, String planUid) {
        this.request = request;
        this.migration = migration;
        this.executor = executor;
        this.providers = Providers.of(request.providers());
        this.board = new TransferBoard(request.clock());
        this.startedAt = request.clock().instant();
        this.outage = Outage.of(migration);
        this.planUid = planUid;
        this.driverId = (planUid.isEmpty() ? EMBEDDED : "controller/") + UUID.randomUUID();
    }

    /** {@return the mark of a new migration that a program drives, which is no business of a controller} */
    public static Map<String, String> embeddedMark() {
        return Map.of(DRIVER, EMBEDDED);
    }

    /** {@return whether a migration is driven by a program of its own} */
    public static boolean isEmbedded(MigMigration migration) {
        return migration.getMetadata().getAnnotations().getOrDefault(DRIVER, "").startsWith(EMBEDDED);
    }

    /** {@return the plan} */
    public Plan plan() {
        return request.plan();
    }

    /** {@return what was asked for} */
    public RunRequest request() {
        return request;
    }

    /** {@return the migration as the driver last read or wrote it; not to be changed} */
    public MigMigration migration() {
        return migration;
    }

    void migration(MigMigration newest) {
        migration = newest;
    }

    /** Has someone told of every resource of the run that is written. */
    public void tell(Consumer<MigrationResource<?, ? extends ConditionedStatus>> whom) {
        witness = whom;
    }

    /** Tells that a resource of the run was written. */
    public void recorded(MigrationResource<?, ? extends ConditionedStatus> written) {
        witness.accept(written);
    }

    /** {@return the run's id} */
    public String runId() {
        return migration.getMetadata().getName();
    }

    /** {@return the uid that names the run in labels} */
    public String migrationUid() {
        return migration.getMetadata().getUid();
    }

    /** {@return where the state is kept} */
    public StateStore store() {
        return request.state();
    }

    /** {@return the clock} */
    public Clock clock() {
        return request.clock();
    }

    /** {@return how long pods and claims may stay pending} */
    public Duration pendingLimit() {
        return request.pendingLimit();
    }

    /** {@return where long work runs} */
    public Executor executor() {
        return executor;
    }

    /** {@return movers and storage providers} */
    public Providers providers() {
        return providers;
    }

    /** {@return what tells this driver from others} */
    String driverId() {
        return driverId;
    }

    /**
     * Becomes the driver of the run; whoever drove it before finds out at its next step. That one may be writing at the same
     * moment, so a write that comes second is tried again with what the other wrote.
     */
    public void takeOver() {
        StateStore.Conflict last = null;
        for (int attempt = 0; attempt < TAKE_OVER_ATTEMPTS; attempt++) {
            try {
                migration = store().update(signed());
                return;
            } catch (StateStore.Conflict e) {
                last = e;
            }
        }
        throw Objects.requireNonNull(last);
    }

    private MigMigration signed() {
        MigMigration newest = store().get(
                        MigMigration.class, migration.getMetadata().getNamespace(), runId())
                .orElseThrow();
        Map<String, String> annotations = new HashMap<>(newest.getMetadata().getAnnotations());
        annotations.put(DRIVER, driverId);
        newest.getMetadata().setAnnotations(annotations);
        return newest;
    }

    /** {@return when this process began with the run} */
    Instant startedAt() {
        return startedAt;
    }

    /** {@return how far everything is that is being moved} */
    public TransferBoard board() {
        return board;
    }

    /** {@return what the run has to tell at its end} */
    public Journal journal() {
        return journal;
    }

    /** {@return how long the run has stopped the applications for} */
    public Outage outage() {
        return outage;
    }

    /** {@return whether long work should stop because the run is canceled or failed} */
    public boolean isStopping() {
        return stopping;
    }

    void stopWork() {
        stopping = true;
    }

    /** {@return whether this process has nothing more to do with the run, though it has not ended} */
    boolean isLeft() {
        return left;
    }

    void leave() {
        left = true;
    }

    /** Leaves a cluster that does not answer behind instead of waiting for it in every phase of the clean-up. */
    synchronized void cleaningUp() {
        cleaningUp = true;
        servers.values().forEach(ApiServer::giveUpEarly);
    }

    /** {@return whether a cluster was left behind} */
    synchronized boolean hasGivenUp() {
        return servers.values().stream().anyMatch(ApiServer::isGivenUp);
    }

    /** {@return one side's cluster} */
    public synchronized ApiServer server(Side side) {
        return servers.computeIfAbsent(side, s -> {
            Cluster cluster = plan().cluster(s);
            ApiServer server = Connections.open(s, cluster);
            opened.push(server);
            if (cleaningUp) {
                server.giveUpEarly();
            }
            return server;
        });
    }

    /** {@return what one side serves, the target with the kinds whose definitions the plan brings along; asked once} */
    public Discovery discovery(Side side) {
        ApiServer server = server(side);
        boolean bringsKinds =
                side == Side.TARGET && plan().clusterScoped().contains(ClusterScoped.CUSTOM_RESOURCE_DEFINITIONS);
        Companions companions = bringsKinds ? companions() : new Companions(List.of(), List.of());
        synchronized (this) {
            return discoveries.computeIfAbsent(side, s -> companions.servedWith(Discovery.of(server, executor)));
        }
    }

    /** {@return what the plan brings along that is in no namespace, looked for once} */
    public Companions companions() {
        return work(Companions.class, c -> Companions.find(plan(), server(Side.SOURCE), discovery(Side.SOURCE)));
    }

    /** Asks a side again what it serves, at the next call of {@link #discovery}. */
    public synchronized void forgetDiscovery(Side side) {
        discoveries.remove(side);
    }

    /** {@return the uid that names the plan in labels: the same for the same plan between the same clusters, always} */
    public synchronized String planUid() {
        if (planUid.isEmpty()) {
            planUid = PlanIdentity.uid(plan(), server(Side.SOURCE), server(Side.TARGET));
        }
        return planUid;
    }

    /** {@return the plan's repository, opened once} */
    public Optional<ObjectStore> repository() {
        return plan().via().map(storage -> work(OpenRepository.class, c -> {
                    OpenRepository repository = new OpenRepository(providers.open(storage));
                    synchronized (this) {
                        opened.push(repository);
                    }
                    return repository;
                })
                .store());
    }

    /** {@return the MigCluster of a side, if the plan is kept as a resource beside the migration} */
    public Optional<ObjectReference> clusterRef(Side side) {
        return Optional.ofNullable(migration().getSpec().getMigPlanRef())
                .flatMap(plan -> store().get(MigPlan.class, plan.getNamespace(), plan.getName()))
                .map(MigPlan::getSpec)
                .map(side == Side.SOURCE ? MigPlanSpec::getSrcMigClusterRef : MigPlanSpec::getDestMigClusterRef);
    }

    /** {@return what several phases of this run work on together, made at the first call} */
    public <T> T work(Class<T> type, Function<RunContext, T> factory) {
        Object present = works.get(type);
        if (present == null) {
            synchronized (works) {
                present = works.get(type);
                if (present == null) {
                    present = factory.apply(this);
                    works.put(type, present);
                }
            }
        }
        return type.cast(present);
    }

    private record OpenRepository(ObjectStore store) implements AutoCloseable {
        @Override
        public void close() {
            store.close();
        }
    }

    @Override
    public synchronized void close() {
        stopping = true;
        for (Object work : works.values()) {
            if (work instanceof AutoCloseable closeable && !opened.contains(closeable)) {
                opened.push(closeable);
            }
        }
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.debug("Closing failed", e);
            }
        }
    }
}
