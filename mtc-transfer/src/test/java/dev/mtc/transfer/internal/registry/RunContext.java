package dev.mtc.transfer.internal.registry;

import dev.mtc.api.ImageChoice;
import dev.mtc.api.Registry;
import dev.mtc.api.Side;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.ObjectStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The context of a run that only has registries and perhaps a repository; it does not close that. */
final class RunContext implements MoverContext, AutoCloseable {

    private final String runId;
    private final List<Registry> registries;
    private final @Nullable ObjectStore repository;
    private final ExecutorService executor;
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private ImageChoice images = ImageChoice.copy();
    private Map<String, String> notes = new ConcurrentHashMap<>();

    RunContext(String runId, Registry... registries) {
        this(runId, Integer.MAX_VALUE, registries);
    }

    RunContext(String runId, int mostThreads, Registry... registries) {
        this(runId, mostThreads, null, registries);
    }

    RunContext(String runId, ObjectStore repository, Registry... registries) {
        this(runId, Integer.MAX_VALUE, repository, registries);
    }

    private RunContext(String runId, int mostThreads, @Nullable ObjectStore repository, Registry... registries) {
        this.repository = repository;
        this.runId = runId;
        this.registries = List.of(registries);
        this.executor = mostThreads == Integer.MAX_VALUE
                ? Executors.newCachedThreadPool(this::daemon)
                : Executors.newFixedThreadPool(mostThreads, this::daemon);
    }

    /** Sets what a plan would choose; before any copy. */
    RunContext choosing(ImageChoice choice) {
        images = choice;
        return this;
    }

    /** Shares what movers note with others. */
    RunContext noting(Map<String, String> shared) {
        notes = shared;
        return this;
    }

    @Override
    public Optional<String> note(String key) {
        return Optional.ofNullable(notes.get(key));
    }

    @Override
    public void note(String key, String value) {
        if (value.isEmpty()) {
            notes.remove(key);
        } else {
            notes.put(key, value);
        }
    }

    @Override
    public ImageChoice images() {
        return images;
    }

    private Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "mtc-" + runId + "-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /** {@return whether all work ends by itself within some seconds} */
    boolean comesToRest() throws InterruptedException {
        executor.shutdown();
        return executor.awaitTermination(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    @Override
    public String runId() {
        return runId;
    }

    @Override
    public Map<String, String> labels() {
        return Map.of();
    }

    @Override
    public KubernetesClient client(Side side) {
        throw new UnsupportedOperationException("An image mover needs no cluster");
    }

    @Override
    public String moverImage(Side side) {
        throw new UnsupportedOperationException("An image mover needs no pods");
    }

    @Override
    public Registry registry(Side side, String host) {
        return registries.stream()
                .filter(registry -> registry.host().equals(host))
                .findFirst()
                .orElseGet(() -> Registry.at(host));
    }

    @Override
    public Optional<ObjectStore> repository() {
        return Optional.ofNullable(repository);
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
