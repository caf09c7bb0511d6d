package dev.mtc.engine.internal.objects;

import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Connections;
import dev.mtc.engine.internal.cluster.Discovery;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A cluster whose requests are noted. */
final class CountedCluster implements AutoCloseable {

    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final ExecutorService executor = Executors.newFixedThreadPool(16, task -> {
        Thread thread = new Thread(task, "counted-cluster");
        thread.setDaemon(true);
        return thread;
    });
    private final KubernetesClient client;
    private final Cluster cluster;
    private final ApiServer server;

    private CountedCluster(Side side, Config described) {
        Config config = new ConfigBuilder(described)
                .withRequestRetryBackoffLimit(0)
                .withMaxConcurrentRequests(64)
                .withMaxConcurrentRequestsPerHost(64)
                .build();
        client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("count", new Interceptor() {
                    @Override
                    public void before(BasicBuilder ignored, HttpRequest request, RequestTags tags) {
                        requests.add(request.method() + " " + request.uri().getPath());
                    }
                }))
                .build();
        cluster = Clusters.of(side.word(), client);
        server = Connections.open(side, cluster);
    }

    static CountedCluster at(Side side, String url) {
        Config config = Config.empty();
        config.setMasterUrl(url);
        return new CountedCluster(side, config);
    }

    static CountedCluster fromVariable(Side side, String variable) {
        String kubeconfig = Objects.requireNonNull(
                System.getenv(variable), variable + " is not set; let it name the kubeconfig of the " + side.word());
        try (ApiServer described = Connections.open(side, Clusters.fromKubeconfig(Path.of(kubeconfig)))) {
            return new CountedCluster(side, described.client().getConfiguration());
        }
    }

    KubernetesClient client() {
        return client;
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

    void forgetRequests() {
        requests.clear();
    }

    List<String> writes() {
        return requests.stream().filter(request -> !request.startsWith("GET")).toList();
    }

    List<String> reads() {
        return requests.stream().filter(request -> request.startsWith("GET")).toList();
    }

    @Override
    public void close() {
        executor.shutdownNow();
        client.close();
    }
}
