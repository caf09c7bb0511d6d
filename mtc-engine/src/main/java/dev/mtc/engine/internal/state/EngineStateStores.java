package dev.mtc.engine.internal.state;

import dev.mtc.api.Cluster;
import dev.mtc.api.StateStore;
import dev.mtc.api.StateStoreProvider;
import java.nio.file.Path;

/** The engine's state stores. */
public final class EngineStateStores implements StateStoreProvider {

    /** For {@link java.util.ServiceLoader}. */
    public EngineStateStores() {}

    @Override
    public String id() {
        return "engine";
    }

    @Override
    public StateStore memory() {
        return new MemoryStateStore();
    }

    @Override
    public StateStore directory(Path directory) {
        return DirectoryStateStore.open(directory);
    }

    @Override
    public StateStore cluster(Cluster host, String namespace) {
        return ClusterStateStore.open(host, namespace);
    }
}
