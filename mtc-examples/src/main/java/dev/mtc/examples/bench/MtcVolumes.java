package dev.mtc.examples.bench;

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

/** mtc's own passes over volumes through a repository. */
final class MtcVolumes implements MoverContext, AutoCloseable {

    private final BenchVolumes volumes;
    private final S3Storage storage;
    private final String run;
    private final ObjectStore store;

    MtcVolumes(BenchVolumes volumes, S3Storage storage, String run) {
        this.volumes = volumes;
        this.storage = storage;
        this.run = run;
        this.store = ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.supports(storage))
                .findFirst()
                .orElseThrow()
                .open(storage);
    }

    /** Does a pass; its helpers may still be there. */
    void pass(VolumeMove move) {
        VolumeMover mover = mover(move);
        TransferRef ref = mover.start(move, this);
        TransferStatus status = mover.poll(ref, move, this);
        while (!(status instanceof TransferStatus.Succeeded)) {
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
    public Registry registry(String host) {
        return Registry.at(host);
    }

    @Override
    public Optional<ObjectStore> repository() {
        return Optional.of(store);
    }

    @Override
    public Optional<Storage> storage() {
        return Optional.of(storage);
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
    public void close() {
        try (var objects = store.list("")) {
            objects.map(object -> object.key()).toList().forEach(store::delete);
        }
        store.close();
    }
}
