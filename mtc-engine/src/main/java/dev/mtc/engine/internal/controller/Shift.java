package dev.mtc.engine.internal.controller;

import dev.mtc.api.ControllerRequest;
import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigStorage;
import dev.mtc.engine.internal.run.Providers;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a controller does while it leads: it watches MTC's resources, and looks at those that changed. */
final class Shift implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shift.class);
    private static final Duration AFTER_CONFLICT = Duration.ofMillis(200);

    private final Host host;
    private final EventRecorder events;
    private final ExecutorService workers;
    private final WorkQueue<Key> queue;
    private final Runs runs = new Runs();
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private final ClusterReconciler clusters;
    private final StorageReconciler storages;
    private final HookReconciler hooks;
    private final PlanWork plans;

    private Shift(ControllerRequest request, Host host, RunDriver driver, ScheduledExecutorService timer) {
        this.host = host;
        this.events = new EventRecorder(host.client(), request.clock());
        AtomicInteger count = new AtomicInteger();
        // Looking at a cluster that does not answer takes seconds; it must not keep others waiting.
        this.workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "mtc-controller-worker-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.queue = new WorkQueue<>(timer, workers, this::work);
        Pass pass = new Pass(host.store(), request.clock(), events);
        Providers providers = Providers.of(request.providers());
        this.clusters = new ClusterReconciler(host, pass);
        this.storages = new StorageReconciler(host, pass, providers);
        this.hooks = new HookReconciler(host, pass);
        this.plans = new PlanWork(
                host,
                new PlanReconciler(host, pass, request.providers(), request.limits()),
                new MigrationReconciler(host, pass, runs, driver, request, events),
                request.clock(),
                name -> queue.add(new Key(Key.Kind.PLAN, name)));
    }

    static Shift begin(ControllerRequest request, Host host, RunDriver driver, ScheduledExecutorService timer) {
        Shift shift = new Shift(request, host, driver, timer);
        shift.watch();
        return shift;
    }

    private void watch() {
        informers.add(host.client()
                .resources(MigCluster.class)
                .inNamespace(host.namespace())
                .inform(new Changes<>(
                        cluster -> queue.add(
                                new Key(Key.Kind.CLUSTER, cluster.getMetadata().getName())),
                        cluster -> plans.referencesChanged())));
        informers.add(host.client()
                .resources(MigStorage.class)
                .inNamespace(host.namespace())
                .inform(new Changes<>(
                        storage -> queue.add(
                                new Key(Key.Kind.STORAGE, storage.getMetadata().getName())),
                        storage -> plans.referencesChanged())));
        informers.add(host.client()
                .resources(MigHook.class)
                .inNamespace(host.namespace())
                .inform(new Changes<>(
                        hook -> queue.add(
                                new Key(Key.Kind.HOOK, hook.getMetadata().getName())),
                        hook -> plans.referencesChanged())));
        informers.add(host.client()
                .resources(MigPlan.class)
                .inNamespace(host.namespace())
                .inform(new Changes<>(
                        plan -> plans.changed(plan.getMetadata().getName()),
                        plan -> plans.migrationsChanged(plan.getMetadata().getName()))));
        informers.add(host.client()
                .resources(MigMigration.class)
                .inNamespace(host.namespace())
                .inform(new Changes<>(
                        migration -> plans.migrationsChanged(PlanWork.planOf(migration)),
                        migration -> plans.migrationsChanged(PlanWork.planOf(migration)))));
    }

    private Optional<Duration> work(Key key) {
        try {
            return switch (key.kind()) {
                case CLUSTER -> clusters.reconcile(key.name());
                case STORAGE -> storages.reconcile(key.name());
                case HOOK -> {
                    hooks.reconcile(key.name());
                    yield Optional.empty();
                }
                case PLAN -> plans.reconcile(key.name());
            };
        } catch (StateStore.Conflict e) {
            LOG.debug("{} was changed by someone else, looking at it again", key, e);
            return Optional.of(AFTER_CONFLICT);
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
        queue.close();
        runs.close();
        workers.shutdownNow();
        events.close();
    }
}
