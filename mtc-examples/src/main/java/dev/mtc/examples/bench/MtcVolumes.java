package dev.mtc.examples.bench;

import dev.mtc.api.EndpointChoice;
import dev.mtc.api.Registry;
import dev.mtc.api.S3Storage;
import dev.mtc.api.Side;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.StorageProvider;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.VolumeMove;
import dev.mtc.api.spi.VolumeMover;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** mtc's own passes over volumes. */
final class MtcVolumes implements MoverContext, AutoCloseable {

    /** How the pods are called that bring something out of a repository. */
    private static final String RESTORE = "mtc-get-";

    private final BenchVolumes volumes;
    private final String run;
    private final EndpointChoice endpoint;
    private final @Nullable S3Storage storage;
    private final @Nullable ObjectStore store;

    private MtcVolumes(BenchVolumes volumes, String run, EndpointChoice endpoint, @Nullable S3Storage storage) {
        this.volumes = volumes;
        this.run = run;
        this.endpoint = endpoint;
        this.storage = storage;
        this.store = storage == null ? null : open(storage);
    }

    /** Passes through a repository. */
    static MtcVolumes through(S3Storage storage, BenchVolumes volumes, String run) {
        return new MtcVolumes(volumes, run, EndpointChoice.AUTO, storage);
    }

    /** Passes from pod to pod. */
    static MtcVolumes direct(EndpointChoice endpoint, BenchVolumes volumes, String run) {
        return new MtcVolumes(volumes, run, endpoint, null);
    }

    private static ObjectStore open(S3Storage storage) {
        return ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.supports(storage))
                .findFirst()
                .orElseThrow()
                .open(storage);
    }

    /** Does a pass, or the rest of one; its helpers may still be there. */
    void pass(VolumeMove move) {
        poll(move, status -> status instanceof TransferStatus.Succeeded);
    }

    /** Does the first half of a pass through a repository: afterwards all of it is there. */
    void store(VolumeMove move) {
        poll(move, status -> status instanceof TransferStatus.Succeeded || isRestoring(status));
    }

    private static boolean isRestoring(TransferStatus status) {
        if (status instanceof TransferStatus.Running running) {
            return running.helper() != null && running.helper().pod().startsWith(RESTORE);
        }
        return status instanceof TransferStatus.Pending pending
                && pending.reason().contains("restore pod");
    }

    private void poll(VolumeMove move, Predicate<TransferStatus> isEnough) {
        VolumeMover mover = mover(move);
        TransferRef ref = mover.start(move, this);
        TransferStatus status = mover.poll(ref, move, this);
        while (!isEnough.test(status)) {
            if (status instanceof TransferStatus.Failed failed) {
                throw new IllegalStateException(failed.message());
            }
            rest(mover);
            status = mover.poll(ref, move, this);
        }
    }

    /** Removes the helpers of a pass. */
    void tidyUp(VolumeMove move) {
        VolumeMover mover = mover(move);
        TransferRef ref = mover.start(move, this);
        while (!mover.cleanUp(ref, move, this)) {
            rest(mover);
        }
    }

    private static VolumeMover mover(VolumeMove move) {
        return ServiceLoader.load(VolumeMover.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(known -> known.supports(move))
                .findFirst()
                .orElseThrow();
    }

    private static void rest(VolumeMover mover) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, mover.pollInterval().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public String runId() {
        return run;
    }

    @Override
    public Map<String, String> labels() {
        return Map.of();
    }

    @Override
    public KubernetesClient client(Side side) {
        return volumes.client(side);
    }

    @Override
    public String moverImage(Side side) {
        return volumes.image();
    }

    @Override
    public Registry registry(Side side, String host) {
        return Registry.at(host);
    }

    @Override
    public Optional<ObjectStore> repository() {
        return Optional.ofNullable(store);
    }

    @Override
    public Optional<Storage> storage() {
        return Optional.ofNullable(storage);
    }

    @Override
    public Duration pendingLimit() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public Executor executor() {
        return Runnable::run;
    }

    @Override
    public EndpointChoice volumeEndpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        if (store == null) {
            return;
        }
        try (var objects = store.list("")) {
            objects.map(object -> object.key()).toList().forEach(store::delete);
        }
        store.close();
    }
}
