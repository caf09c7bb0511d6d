package dev.mtc.api;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Keeps the custom resources that are a migration's state. Thread-safe. Writes are fenced: an update of anything but the
 * newest version fails, so of two drivers of one run exactly one goes on.
 *
 * @since 0.1
 */
public interface StateStore extends AutoCloseable {

    /** An update or create came second. */
    final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1;

        /**
         * Makes one.
         *
         * @param message which resource, which versions
         */
        public Conflict(String message) {
            super(message);
        }
    }

    /** {@return a new empty store that ends with the process} */
    static StateStore memory() {
        return provider().memory();
    }

    /**
     * {@return the store in a directory} Every write is atomic and on disk when it returns.
     *
     * @param directory made if missing
     * @throws IllegalArgumentException if it cannot be written
     */
    static StateStore directory(Path directory) {
        return provider().directory(directory);
    }

    /**
     * {@return the store in a namespace of a cluster, as MTC keeps it} Nothing is sent yet. Every write is one request that
     * the API server fences; nothing is cached.
     *
     * <p>Failures that may pass are tried again for some seconds, then calls throw {@link ClusterAccessException} with
     * {@link Remedy#RETRY}, or {@link OutcomeUnknownException} if a resource may have been created; they are never mistaken
     * for a {@link Conflict}. When rights, the custom resource definitions or the namespace are missing, calls throw
     * {@link ClusterAccessException} with {@link Remedy#FIX_INPUT}, which names what is missing and what to do.
     *
     * @param host which cluster; connections are opened for it and closed with the store, a client that was given to
     *     {@link Clusters#of} stays open
     * @param namespace which namespace, mostly {@code openshift-migration}; it must exist, and the store holds nothing outside of it
     * @throws IllegalArgumentException if that is no name of a namespace
     * @throws ClusterAccessException if the description of the cluster leads nowhere
     */
    static StateStore cluster(Cluster host, String namespace) {
        return provider().cluster(host, namespace);
    }

    private static StateStoreProvider provider() {
        return ServiceLoader.load(StateStoreProvider.class, StateStore.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No StateStoreProvider is on the class path; add the dependency dev.mtc:mtc-engine"));
    }

    /** {@return where the resources of MTC live in this store, {@code openshift-migration} unless it was told another} */
    default String namespace() {
        return ManifestObject.NAMESPACE;
    }

    /**
     * {@return a resource, empty if there is none} The value is the caller's own copy.
     *
     * @param <T> its kind
     * @param kind its class
     * @param namespace its namespace
     * @param name its name
     */
    <T extends HasMetadata> Optional<T> get(Class<T> kind, String namespace, String name);

    /**
     * {@return all resources of a kind in all namespaces that the store holds, by namespace and name}
     *
     * @param <T> the kind
     * @param kind its class
     */
    <T extends HasMetadata> List<T> list(Class<T> kind);

    /**
     * Adds a resource.
     *
     * @param <T> its kind
     * @param resource with namespace and name, without resourceVersion
     * @return it with uid, creationTimestamp and resourceVersion
     * @throws Conflict if there is one of that name
     */
    <T extends HasMetadata> T create(T resource);

    /**
     * Replaces a resource.
     *
     * @param <T> its kind
     * @param resource with the resourceVersion that it was read with
     * @return it with its new resourceVersion
     * @throws Conflict if that version is not the newest, or it is gone
     */
    <T extends HasMetadata> T update(T resource);

    /**
     * Deletes a resource if there is one.
     *
     * @param <T> its kind
     * @param kind its class
     * @param namespace its namespace
     * @param name its name
     */
    <T extends HasMetadata> void delete(Class<T> kind, String namespace, String name);

    @Override
    void close();
}
