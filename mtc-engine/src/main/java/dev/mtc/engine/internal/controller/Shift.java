package dev.mtc.engine.internal.controller;

import dev.mtc.api.ControllerRequest;
import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.Category;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.DirectImageMigration;
import dev.mtc.api.model.v1alpha1.DirectImageStreamMigration;
import dev.mtc.api.model.v1alpha1.DirectVolumeMigration;
import dev.mtc.api.model.v1alpha1.MigCluster;
import dev.mtc.api.model.v1alpha1.MigHook;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigPlan;
import dev.mtc.api.model.v1alpha1.MigStorage;
import dev.mtc.api.model.v1alpha1.MigrationResource;
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
import java.util.function.Consumer;
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
    private final StandAlone<DirectVolumeMigration> volumes;
    private final StandAlone<DirectImageMigration> images;
    private final StandAlone<DirectImageStreamMigration> imageStreams;

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
        this.volumes = new StandAlone<>(
                host,
                pass,
                DirectVolumeMigration.class,
                Category.CRITICAL,
                "`migrateState: true`, which copies volumes and nothing else");
        String stage = "`stage: true`, which copies images and volumes and leaves the applications alone";
        this.images = new StandAlone<>(host, pass, DirectImageMigration.class, Category.ADVISORY, stage);
        this.imageStreams = new StandAlone<>(host, pass, DirectImageStreamMigration.class, Category.ADVISORY, stage);
    }

    static Shift begin(ControllerRequest request, Host host, RunDriver driver, ScheduledExecutorService timer) {
        Shift shift = new Shift(request, host, driver, timer);
        shift.watch();
        return shift;
    }

    private void watch() {
        watch(MigCluster.class, Key.Kind.CLUSTER, cluster -> plans.referencesChanged());
        watch(MigStorage.class, Key.Kind.STORAGE, storage -> plans.referencesChanged());
        watch(MigHook.class, Key.Kind.HOOK, hook -> plans.referencesChanged());
        watch(
                MigPlan.class,
                plan -> plans.changed(plan.getMetadata().getName()),
                plan -> plans.migrationsChanged(plan.getMetadata().getName()));
        watch(
                MigMigration.class,
                migration -> plans.migrationsChanged(PlanWork.planOf(migration)),
                migration -> plans.migrationsChanged(PlanWork.planOf(migration)));
        watch(volumes, Key.Kind.VOLUMES);
        watch(images, Key.Kind.IMAGES);
        watch(imageStreams, Key.Kind.IMAGE_STREAM);
    }

    private <R extends MigrationResource<?, ? extends ConditionedStatus>> void watch(
            Class<R> type, Key.Kind kind, Consumer<R> stateChanged) {
        watch(type, resource -> queue.add(new Key(kind, resource.getMetadata().getName())), stateChanged);
    }

    private <R extends MigrationResource<?, ? extends ConditionedStatus>> void watch(
            StandAlone<R> refusal, Key.Kind kind) {
        watch(
                refusal.kind(),
                resource -> {
                    if (refusal.concerns(resource)) {
                        queue.add(new Key(kind, resource.getMetadata().getName()));
                    }
                },
                resource -> {});
    }

    private <R extends MigrationResource<?, ? extends ConditionedStatus>> void watch(
            Class<R> type, Consumer<R> specChanged, Consumer<R> stateChanged) {
        informers.add(host.client()
                .resources(type)
                .inNamespace(host.namespace())
                .inform(new Changes<>(specChanged, stateChanged)));
    }

    private Optional<Duration> work(Key key) {
        try {
            return switch (key.kind()) {
                case CLUSTER -> clusters.reconcile(key.name());
                case STORAGE -> storages.reconcile(key.name());
                case PLAN -> plans.reconcile(key.name());
                case HOOK -> once(() -> hooks.reconcile(key.name()));
                case VOLUMES -> once(() -> volumes.reconcile(key.name()));
                case IMAGES -> once(() -> images.reconcile(key.name()));
                case IMAGE_STREAM -> once(() -> imageStreams.reconcile(key.name()));
            };
        } catch (StateStore.Conflict e) {
            LOG.debug("{} was changed by someone else, looking at it again", key, e);
            return Optional.of(AFTER_CONFLICT);
        }
    }

    private static Optional<Duration> once(Runnable look) {
        look.run();
        return Optional.empty();
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
