package dev.mtc.transfer.internal.restic;

import dev.mtc.api.Registry;
import dev.mtc.api.Side;
import dev.mtc.api.Storage;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.ObjectStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The context of a run that has a repository.
 *
 * @param run all the rest of it, null if a test asks for no more
 */
record StoreContext(@Nullable Storage where, @Nullable ObjectStore store, @Nullable MoverContext run)
        implements MoverContext {

    StoreContext(@Nullable Storage where, @Nullable ObjectStore store) {
        this(where, store, null);
    }

    private MoverContext rest() {
        if (run == null) {
            throw new AssertionError("this context has a repository only");
        }
        return run;
    }

    @Override
    public Optional<Storage> storage() {
        return Optional.ofNullable(where);
    }

    @Override
    public Optional<ObjectStore> repository() {
        return Optional.ofNullable(store);
    }

    @Override
    public String runId() {
        return rest().runId();
    }

    @Override
    public Map<String, String> labels() {
        return rest().labels();
    }

    @Override
    public KubernetesClient client(Side side) {
        return rest().client(side);
    }

    @Override
    public String moverImage(Side side) {
        return rest().moverImage(side);
    }

    @Override
    public Registry registry(Side side, String host) {
        return rest().registry(side, host);
    }

    @Override
    public Duration pendingLimit() {
        return rest().pendingLimit();
    }

    @Override
    public Clock clock() {
        return rest().clock();
    }

    @Override
    public Executor executor() {
        return rest().executor();
    }
}
