package dev.mtc.engine.internal.cluster;

import dev.mtc.api.Cluster;
import dev.mtc.api.Cluster.Connection;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Remedy;
import dev.mtc.api.Side;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** Opens clients of described clusters. */
public final class Connections {

    private static final int CONCURRENT_REQUESTS = 64;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int REQUEST_TIMEOUT_MILLIS = 30_000;

    private Connections() {}

    /**
     * Opens a cluster of a plan. Nothing is sent yet.
     *
     * @throws ClusterAccessException if the description leads nowhere
     */
    public static ApiServer open(Side side, Cluster cluster) {
        return open(side.word(), cluster);
    }

    /**
     * Opens the cluster that keeps MTC's resources. Nothing is sent yet.
     *
     * @throws ClusterAccessException if the description leads nowhere
     */
    public static ApiServer openHost(Cluster cluster) {
        return open("host", cluster);
    }

    private static ApiServer open(String role, Cluster cluster) {
        if (cluster.connection() instanceof Connection.Given given) {
            return new ApiServer(role, cluster, given.client(), ApiServer.Ownership.CALLER);
        }
        Config config = new ConfigBuilder(config(cluster))
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(CONNECT_TIMEOUT_MILLIS)
                .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                .withMaxConcurrentRequests(CONCURRENT_REQUESTS)
                .withMaxConcurrentRequestsPerHost(CONCURRENT_REQUESTS)
                .build();
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new SafeHttpClients())
                .build();
        return new ApiServer(role, cluster, client, ApiServer.Ownership.OURS);
    }

    private static Config config(Cluster cluster) {
        Config config;
        if (cluster.connection() instanceof Connection.Kubeconfig kubeconfig) {
            config = Kubeconfig.read(kubeconfig.file(), kubeconfig.context());
        } else if (cluster.connection() instanceof Connection.Token token) {
            config = Config.empty();
            config.setMasterUrl(token.url().toString());
            config.setOauthToken(token.token().reveal());
        } else {
            config = inCluster();
        }
        ClientKeys.algorithm(config).ifPresent(config::setClientKeyAlgo);
        cluster.caCertificates().ifPresent(config::setCaCertData);
        if (cluster.isInsecure()) {
            config.setTrustCerts(true);
            config.setDisableHostnameVerification(true);
        }
        return config;
    }

    private static Config inCluster() {
        Config config = Config.autoConfigure(null);
        if (config.getAutoOAuthToken() == null) {
            throw invalid("There is no service account in this pod, or this is no pod: Clusters.inCluster() needs "
                    + "/var/run/secrets/kubernetes.io/serviceaccount/token; use Clusters.fromKubeconfig elsewhere");
        }
        return config;
    }

    static ClusterAccessException invalid(String message) {
        return new ClusterAccessException(Remedy.FIX_INPUT, message, 0, null);
    }

    static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }
}
