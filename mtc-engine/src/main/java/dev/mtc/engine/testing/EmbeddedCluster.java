package dev.mtc.engine.testing;

import dev.mtc.engine.internal.cluster.SafeHttpClients;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes cluster in the memory of this JVM, for tests and demonstrations: an API server on a loopback port, plain
 * HTTP, with the controllers that make objects behave. It has no network and no containers, and no users unless {@link
 * Builder#rbac} is called. Several may run at a time; {@link #close()} ends every thread. Safe for use by several threads.
 *
 * <pre>{@code
 * try (EmbeddedCluster cluster = EmbeddedCluster.start("old")) {
 *     cluster.client().namespaces().resource(shop).create();
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class EmbeddedCluster implements AutoCloseable {

    /** The provisioner of storage classes whose claims get volumes; claims of other classes stay pending. */
    public static final String PROVISIONER = Furnishing.PROVISIONER;

    private final String name;
    private final Store store = new Store();
    private final RequestLog log = new RequestLog();
    private final AccessRules access = new AccessRules();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Faults faults = new Faults(closed);
    private final ImageRules images;
    private final JobRules jobs;
    private final Reads reads;
    private final ControlLoop loop;
    private final HttpListener listener;
    private final KubernetesClient client;
    private final @Nullable Rbac rbac;
    private final Queue<KubernetesClient> clients = new ConcurrentLinkedQueue<>();

    private EmbeddedCluster(Builder builder) {
        this.name = builder.name;
        Catalog catalog = new Catalog(builder.minor);
        Admission admission = new Admission(store, catalog);
        Writes writes = new Writes(store, admission, new Consequences(store, catalog));
        Deletes deletes = new Deletes(store, writes, builder.workloads);
        this.reads = new Reads(store);
        this.loop = new ControlLoop(name, store);
        Controllers controllers = Controllers.idle(loop);
        this.images = new ImageRules(controllers::lookAtPodsAgain);
        this.jobs = new JobRules(controllers::lookAtPodsAgain);
        Controllers.Rules rules = new Controllers.Rules(images, jobs);
        controllers.start(store, catalog, writes, deletes, rules, builder.workloads);
        new Furnishing(catalog, writes).furnish();
        Resources resources = new Resources(store, reads, writes, deletes, jobs);
        this.rbac = builder.rbac ? new Rbac(store) : null;
        this.listener =
                HttpListener.start(name, new Api(catalog, resources, new Gate(access, store, rbac), faults, log));
        this.client = client(User.ADMIN);
    }

    /**
     * Starts a cluster of version 1.29.
     *
     * @param name its name, part of its threads' names
     * @return the running cluster
     */
    public static EmbeddedCluster start(String name) {
        return builder(name).start();
    }

    /**
     * Begins the description of a cluster.
     *
     * @param name its name, part of its threads' names
     * @return a builder
     */
    public static Builder builder(String name) {
        return new Builder(Objects.requireNonNull(name));
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return where the API server is, {@code http://127.0.0.1:port}} */
    public String url() {
        return listener.url();
    }

    /** {@return a client of this cluster, which closes it; it may do everything} */
    public KubernetesClient client() {
        return client;
    }

    /**
     * {@return a new client that may do what a service account may, if the cluster asks for that; the cluster closes it}
     *
     * @param namespace the account's namespace
     * @param account its name; it need not exist
     */
    public KubernetesClient client(String namespace, String account) {
        return client(User.serviceAccount(namespace, account));
    }

    private KubernetesClient client(User user) {
        // From nothing: the environment's kubeconfig must not shine through.
        ConfigBuilder config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url())
                .withNamespace("default")
                .withTrustCerts(false)
                .withHttpProxy(null)
                .withOnlyHttpWatches(true)
                .withRequestRetryBackoffLimit(0);
        if (rbac != null) {
            config.withOauthToken(rbac.token(user));
        }
        KubernetesClient made = new KubernetesClientBuilder()
                .withConfig(config.build())
                .withHttpClientFactory(new SafeHttpClients())
                .build();
        clients.add(made);
        return made;
    }

    /**
     * Writes a kubeconfig file with one context, named as the cluster.
     *
     * @param file the file, which is replaced
     * @return the file
     * @throws UncheckedIOException if it cannot be written
     */
    public Path kubeconfig(Path file) {
        String text =
                """
                apiVersion: v1
                kind: Config
                clusters:
                - name: "%1$s"
                  cluster:
                    server: %2$s
                users:
                - name: "%1$s"
                  user: {%3$s}
                contexts:
                - name: "%1$s"
                  context:
                    cluster: "%1$s"
                    user: "%1$s"
                    namespace: default
                current-context: "%1$s"
                """
                        .formatted(name, url(), rbac == null ? "" : "token: \"" + rbac.token(User.ADMIN) + "\"");
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The kubeconfig " + file + " of cluster " + name + " cannot be written", e);
        }
    }

    /** {@return the switches that make it fail} */
    public Faults faults() {
        return faults;
    }

    /** {@return what its user may not do} */
    public AccessRules access() {
        return access;
    }

    /** {@return the images that its nodes can pull} */
    public ImageRules images() {
        return images;
    }

    /** {@return what the containers of Jobs do} */
    public JobRules jobs() {
        return jobs;
    }

    /** {@return the requests so far, the oldest first; of very many the latest 200 000} */
    public List<RecordedRequest> requests() {
        return log.all();
    }

    /** Forgets the requests so far. */
    public void forgetRequests() {
        log.clear();
    }

    /**
     * Forgets the past, as a server does from time to time: a watch from an older revision and the next page of a list
     * that was begun are answered with 410.
     */
    public void compact() {
        store.compact();
        reads.expirePages();
    }

    /** Cuts the connections of all watches, as a load balancer does; their clients watch again. */
    public void cutWatches() {
        listener.cutStreams();
    }

    /**
     * Waits until the controllers have nothing left to do.
     *
     * @param atMost how long to wait
     * @return whether they have come to rest
     */
    public boolean settle(Duration atMost) {
        return loop.settle(atMost);
    }

    /** Ends the server, its controllers and its client. Does nothing the second time. */
    @Override
    public void close() {
        closed.countDown();
        clients.forEach(KubernetesClient::close);
        listener.close();
        loop.close();
    }

    @Override
    public String toString() {
        return "EmbeddedCluster[" + name + ", " + url() + "]";
    }

    /** Describes a cluster before it starts. */
    public static final class Builder {

        private static final Pattern VERSION = Pattern.compile("1\\.(\\d{2})(\\..*)?");

        private final String name;
        private int minor = 29;
        private boolean workloads = true;
        private boolean rbac;

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Serves the kinds and has the habits of a Kubernetes version; 1.29 unless told.
         *
         * @param version from {@code 1.20} to {@code 1.36}
         * @return this
         * @throws IllegalArgumentException if it is another
         */
        public Builder version(String version) {
            Matcher matcher = VERSION.matcher(version);
            if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < 20) {
                throw new IllegalArgumentException(
                        "The version '" + version + "' is not known; use one from 1.20 to 1.36");
            }
            minor = Integer.parseInt(matcher.group(1));
            return this;
        }

        /**
         * Leaves workloads alone: no pods are made or run, and pods are deleted at once.
         *
         * @return this
         */
        public Builder withoutWorkloads() {
            workloads = false;
            return this;
        }

        /**
         * Knows users by their bearer tokens and lets them do what Roles and ClusterRoles allow that are bound to them. All
         * may see what is served and ask what they may do.
         *
         * @return this
         */
        public Builder rbac() {
            rbac = true;
            return this;
        }

        /** {@return the running cluster} */
        public EmbeddedCluster start() {
            return new EmbeddedCluster(this);
        }
    }
}
