package dev.mtc.examples.bench;

import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.cluster.Discovery;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A cluster whose requests are counted. Closed with its threads. */
final class BenchCluster implements AutoCloseable {

    private static final int REQUESTS_AT_A_TIME = 64;
    private static final int LOOK_MILLIS = 250;

    private final AtomicLong requests = new AtomicLong();
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "bench");
        thread.setDaemon(true);
        return thread;
    });
    private final KubernetesClient client;
    private final Cluster cluster;
    private final ApiServer server;

    BenchCluster(Side side, Path kubeconfig) {
        Config config = new ConfigBuilder(described(side, kubeconfig))
                .withRequestRetryBackoffLimit(0)
                .withMaxConcurrentRequests(REQUESTS_AT_A_TIME)
                .withMaxConcurrentRequestsPerHost(REQUESTS_AT_A_TIME)
                .build();
        client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("count", new Interceptor() {
                    @Override
                    public void before(BasicBuilder ignored, HttpRequest request, RequestTags tags) {
                        requests.incrementAndGet();
                    }
                }))
                .build();
        cluster = Clusters.of(side.word(), client);
        server = Connections.open(side, cluster);
    }

    private static Config described(Side side, Path kubeconfig) {
        try (ApiServer described = Connections.open(side, Clusters.fromKubeconfig(kubeconfig))) {
            return described.client().getConfiguration();
        }
    }

    Cluster cluster() {
        return cluster;
    }

    ApiServer server() {
        return server;
    }

    ExecutorService executor() {
        return executor;
    }

    Discovery discovery() {
        return Discovery.of(server, executor);
    }

    /** {@return how many requests were sent since the last question} */
    long requests() {
        return requests.getAndSet(0);
    }

    void createNamespace(String name) {
        server.client()
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        await(() ->
                client.serviceAccounts().inNamespace(name).withName("default").get() != null);
    }

    /** Makes the ConfigMap that owns sample objects and returns its UID. */
    String createOwner(String namespace) {
        return client.configMaps()
                .inNamespace(namespace)
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(SampleObjects.OWNER)
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getUid();
    }

    /** Deletes a namespace and waits until the cluster has done all the work that this makes. */
    void deleteNamespace(String name) {
        client.namespaces().withName(name).delete();
        await(() -> client.namespaces().withName(name).get() == null);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    /**
     * The control: creates objects by plain POSTs over the same HTTP client, from some threads that do nothing else.
     *
     * @param objects what to create
     * @param namespace where
     * @param threads how many requests at a time
     */
    void post(SampleObjects objects, String namespace, int threads) {
        String base =
                client.getMasterUrl().toString().replaceFirst("/+$", "") + "/api/v1/namespaces/" + namespace + "/";
        AtomicInteger next = new AtomicInteger();
        Runnable loop = () -> {
            for (int i = next.getAndIncrement(); i < objects.count(); i = next.getAndIncrement()) {
                HttpRequest request = client.getHttpClient()
                        .newHttpRequestBuilder()
                        .uri(URI.create(base + objects.plural(i)))
                        .post("application/json", objects.json(i, namespace))
                        .build();
                HttpResponse<byte[]> response =
                        client.getHttpClient().sendAsync(request, byte[].class).join();
                if (response.code() != 201) {
                    throw new IllegalStateException("POST answered " + response.code());
                }
            }
        };
        CompletableFuture<?>[] loops = new CompletableFuture<?>[threads];
        for (int i = 0; i < threads; i++) {
            loops[i] = CompletableFuture.runAsync(loop, executor);
        }
        CompletableFuture.allOf(loops).join();
    }

    @Override
    public void close() {
        executor.shutdownNow();
        client.close();
    }
}
