package dev.mtc.api;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A description of a Kubernetes cluster: how to reach it and what mtc may use on it. It holds no connection; clients
 * are opened per run and closed with it. Immutable; the methods return changed copies.
 *
 * @see Clusters
 * @since 0.1
 */
public final class Cluster {

    /** How a cluster is reached. */
    public sealed interface Connection {

        /**
         * A context of a kubeconfig file.
         *
         * @param file the file
         * @param context the context's name, or null for the current one
         */
        record Kubeconfig(Path file, @Nullable String context) implements Connection {}

        /**
         * An API server and a bearer token, as a remote MigCluster has them.
         *
         * @param url the API server, {@code https://host:port}
         * @param token the token
         */
        record Token(URI url, Secret token) implements Connection {}

        /** The service account of the pod that this JVM runs in. */
        record InCluster() implements Connection {}

        /**
         * A client of the caller, never closed by mtc.
         *
         * @param client the client
         */
        record Given(KubernetesClient client) implements Connection {}
    }

    private final String name;
    private final Connection connection;
    private final @Nullable Authorities authorities;
    private final boolean insecure;
    private final @Nullable Registry registry;
    private final @Nullable String internalRegistry;
    private final @Nullable String moverImage;

    private Cluster(
            String name,
            Connection connection,
            @Nullable Authorities authorities,
            boolean insecure,
            @Nullable Registry registry,
            @Nullable String internalRegistry,
            @Nullable String moverImage) {
        this.name = name;
        this.connection = connection;
        this.authorities = authorities;
        this.insecure = insecure;
        this.registry = registry;
        this.internalRegistry = internalRegistry;
        this.moverImage = moverImage;
    }

    static Cluster of(String name, Connection connection) {
        return new Cluster(Names.label("cluster name", name), connection, null, false, null, null, null);
    }

    /**
     * {@return a copy with another name, used in messages and as the name of its MigCluster}
     *
     * @param name an RFC 1123 label
     * @throws IllegalArgumentException if it is not
     */
    public Cluster named(String name) {
        return new Cluster(
                Names.label("cluster name", name),
                connection,
                authorities,
                insecure,
                registry,
                internalRegistry,
                moverImage);
    }

    /**
     * {@return a copy that trusts these authorities for the API server}
     *
     * @param pem file with PEM certificates
     */
    public Cluster caBundle(Path pem) {
        return new Cluster(name, connection, Authorities.in(pem), insecure, registry, internalRegistry, moverImage);
    }

    /**
     * {@return a copy that trusts these authorities for the API server}
     *
     * @param pem PEM certificates, as the field {@code caBundle} of a MigCluster holds them
     * @throws IllegalArgumentException if there is no certificate in it
     */
    public Cluster caBundle(byte[] pem) {
        return new Cluster(name, connection, Authorities.of(pem), insecure, registry, internalRegistry, moverImage);
    }

    /** {@return a copy that does not verify the API server's certificate} */
    public Cluster insecure() {
        return new Cluster(name, connection, authorities, true, registry, internalRegistry, moverImage);
    }

    /**
     * {@return a copy whose images are in this registry, as seen from where mtc runs}
     *
     * @param host host name with optional port, MTC's {@code exposedRegistryPath}
     */
    public Cluster exposedRegistry(String host) {
        return registry(Registry.at(host));
    }

    /**
     * {@return a copy whose images are in this registry}
     *
     * @param registry the registry and how to reach it
     */
    public Cluster registry(Registry registry) {
        return new Cluster(
                name,
                connection,
                authorities,
                insecure,
                Objects.requireNonNull(registry),
                internalRegistry,
                moverImage);
    }

    /**
     * {@return a copy that calls its registry by another name in its own objects} On OpenShift that is
     * {@code image-registry.openshift-image-registry.svc:5000}, which nobody outside can reach. Images are read and written at
     * {@link #registry(Registry)}; objects on the source that have this name count as images there, and objects on the target get
     * it. Without, it is taken from the status of the cluster's image streams, if it has any.
     *
     * @param host host name with optional port
     * @throws IllegalArgumentException if that is not a host
     */
    public Cluster internalRegistry(String host) {
        String name = Registry.at(host).host();
        return new Cluster(this.name, connection, authorities, insecure, registry, name, moverImage);
    }

    /**
     * {@return a copy whose mover pods run this image} It must contain bash, coreutils, findutils, grep, sed, rsync 3.2
     * and stunnel 5; for volumes that go through a repository restic 0.14 and util-linux, too.
     *
     * @param image image reference that the cluster's nodes can pull
     */
    public Cluster moverImage(String image) {
        return new Cluster(
                name, connection, authorities, insecure, registry, internalRegistry, Objects.requireNonNull(image));
    }

    /**
     * {@return what a look at the cluster shows: reachable, version, permissions, registry} Does I/O, a second or two.
     *
     * @throws IllegalStateException if no engine is on the class path
     */
    public CheckReport check() {
        return MigrationEngine.find().check(this);
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return how it is reached} */
    public Connection connection() {
        return connection;
    }

    /** {@return the file of authorities trusted for the API server, if they were given as a file} */
    public Optional<Path> caBundle() {
        return Optional.ofNullable(authorities).map(Authorities::file);
    }

    /**
     * {@return the PEM certificates of the authorities trusted for the API server, if any} Reads their file, if they are in one.
     *
     * @throws java.io.UncheckedIOException if that file cannot be read
     */
    public Optional<String> caCertificates() {
        return Optional.ofNullable(authorities).map(Authorities::pem);
    }

    /** {@return whether the API server's certificate is left unverified} */
    public boolean isInsecure() {
        return insecure;
    }

    /** {@return the registry of its images, if given} */
    public Optional<Registry> registry() {
        return Optional.ofNullable(registry);
    }

    /** {@return what it calls its registry in its own objects, if given} */
    public Optional<String> internalRegistry() {
        return Optional.ofNullable(internalRegistry);
    }

    /** {@return the image of mover pods, if given} */
    public Optional<String> moverImage() {
        return Optional.ofNullable(moverImage);
    }

    /** {@return where the cluster is, in words, without secrets} */
    public String address() {
        if (connection instanceof Connection.Kubeconfig k) {
            return k.file() + (k.context() == null ? "" : " context " + k.context());
        } else if (connection instanceof Connection.Token t) {
            return t.url().toString();
        } else if (connection instanceof Connection.Given g) {
            return g.client().getMasterUrl().toString();
        }
        return "in cluster";
    }

    @Override
    public String toString() {
        return "Cluster[" + name + ", " + address() + "]";
    }
}
