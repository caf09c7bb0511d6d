package dev.mtc.examples.bench;

import dev.mtc.api.ImageChoice;
import dev.mtc.api.Registry;
import dev.mtc.api.Side;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ImageMover;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.TransferRef;
import dev.mtc.api.spi.TransferStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** mtc's own copies, each in a run of its own. */
final class MtcImages implements AutoCloseable {

    private static final long LOOK_MILLIS = 5;

    private final Registry source;
    private final Registry target;
    private final ExecutorService executor = Executors.newCachedThreadPool();

    MtcImages(Registry source, Registry target) {
        this.source = source;
        this.target = target;
    }

    /**
     * Copies all images of a set.
     *
     * @param run where they are on the source
     * @param place where they go on the target
     * @param choice what of them
     */
    void copy(ImageSet set, String run, String place, ImageChoice choice) {
        ImageMover mover = ServiceLoader.load(ImageMover.class).findFirst().orElseThrow();
        MoverContext context = new RunOfItsOwn(UUID.randomUUID().toString(), choice);
        Map<ImageMove, TransferRef> started = new LinkedHashMap<>();
        for (String tag : set.tags()) {
            ImageMove move = new ImageMove(
                    tag,
                    source.host() + "/" + set.repository(run) + ":" + tag,
                    target.host() + "/" + place + ":" + tag);
            started.put(move, mover.start(move, context));
        }
        started.forEach((move, ref) -> await(mover, move, ref, context));
        started.forEach((move, ref) -> mover.cleanUp(ref, move, context));
    }

    private static void await(ImageMover mover, ImageMove move, TransferRef ref, MoverContext context) {
        TransferStatus status = mover.poll(ref, move, context);
        while (!(status instanceof TransferStatus.Succeeded)) {
            if (status instanceof TransferStatus.Failed failed) {
                throw new IllegalStateException(failed.message());
            }
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
            status = mover.poll(ref, move, context);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** What an image mover needs of a run. */
    private final class RunOfItsOwn implements MoverContext {

        private final String id;
        private final ImageChoice choice;

        RunOfItsOwn(String id, ImageChoice choice) {
            this.id = id;
            this.choice = choice;
        }

        @Override
        public ImageChoice images() {
            return choice;
        }

        @Override
        public String runId() {
            return id;
        }

        @Override
        public Map<String, String> labels() {
            return Map.of();
        }

        @Override
        public KubernetesClient client(Side side) {
            throw new UnsupportedOperationException("Registries alone are measured");
        }

        @Override
        public String moverImage(Side side) {
            throw new UnsupportedOperationException("Registries alone are measured");
        }

        @Override
        public Registry registry(Side side, String host) {
            return host.equals(source.host()) ? source : target;
        }

        @Override
        public Optional<ObjectStore> repository() {
            return Optional.empty();
        }

        @Override
        public Duration pendingLimit() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public Executor executor() {
            return executor;
        }
    }
}
