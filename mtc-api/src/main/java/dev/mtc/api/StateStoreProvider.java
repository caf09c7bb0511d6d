package dev.mtc.api;

import java.nio.file.Path;

/**
 * Opens {@link StateStore}s; found by {@link java.util.ServiceLoader}. Users call the factories of {@link StateStore}.
 *
 * @since 0.1
 */
public interface StateStoreProvider extends Provider {

    /** {@return a new empty store that ends with the process} */
    StateStore memory();

    /**
     * {@return the store in a directory, made if missing}
     *
     * @param directory where
     */
    StateStore directory(Path directory);

    /**
     * {@return the store in a namespace of a cluster}
     *
     * @param host which cluster
     * @param namespace which namespace
     */
    StateStore cluster(Cluster host, String namespace);
}
