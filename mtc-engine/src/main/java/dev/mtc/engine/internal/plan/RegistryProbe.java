package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.Cluster;
import dev.mtc.api.Problem;
import dev.mtc.api.Registry;
import dev.mtc.api.Registry.Transport;
import dev.mtc.engine.internal.cluster.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether the registry of a cluster answers and lets us in: MTC's {@code InvalidRegistryRoute}, by a real request. A registry
 * with a login of its own must accept it; one without, as MTC's {@code exposedRegistryPath} is, is asked for its repositories
 * with the token of the cluster's account. Unlike MTC it verifies the certificate unless the registry says otherwise.
 */
final class RegistryProbe implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(5);
    /** MTC's validation path. */
    private static final String REPOSITORIES = "/v2/_catalog?n=5";

    private static final Pattern REALM = Pattern.compile("(?i)Bearer\\s.*?realm=\"([^\"]+)\".*");
    private static final Pattern SERVICE = Pattern.compile("(?i).*service=\"([^\"]+)\".*");

    private final Registry registry;
    private final String clusterToken;
    private final String where;
    private final KubernetesClient client;

    private RegistryProbe(Cluster cluster, Registry registry, String clusterToken) {
        this.registry = registry;
        this.clusterToken = clusterToken;
        this.where = "cluster " + cluster.name() + " registry " + registry.host();
        this.client = new KubernetesClientBuilder().withConfig(config(registry)).build();
    }

    /** {@return what is wrong with the registry of a cluster, empty if nothing is or it has none} */
    static List<Problem> problems(ApiServer server) {
        Optional<Registry> registry = server.cluster().registry();
        if (registry.isEmpty()) {
            return List.of();
        }
        Config access = server.client().getConfiguration();
        String token = access.getOauthToken() == null ? access.getAutoOAuthToken() : access.getOauthToken();
        try (RegistryProbe probe = new RegistryProbe(server.cluster(), registry.get(), token == null ? "" : token)) {
            return probe.problem().stream().toList();
        } catch (KubernetesClientException e) {
            return List.of(Problem.critical(
                    "cluster " + server.cluster().name() + " registry "
                            + registry.get().host(),
                    "InvalidRegistryRoute",
                    "its certificate authorities cannot be used: " + e.getMessage(),
                    "give a readable file with PEM certificates as caBundle"));
        }
    }

    private static Config config(Registry registry) {
        ConfigBuilder config = new ConfigBuilder(Config.empty())
                .withMasterUrl(root(registry))
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout((int) LIMIT.toMillis())
                .withRequestTimeout((int) LIMIT.toMillis());
        if (registry.transport() == Transport.TLS_UNVERIFIED) {
            config.withTrustCerts(true).withDisableHostnameVerification(true);
        }
        registry.caBundle().ifPresent(file -> config.withCaCertFile(file.toString()));
        return config.build();
    }

    private static String root(Registry registry) {
        return (registry.transport() == Transport.PLAIN_HTTP ? "http://" : "https://") + registry.host();
    }

    private Optional<Problem> problem() {
        try {
            return registry.user().isEmpty() && !clusterToken.isEmpty() ? withToken() : withLogin();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String said = cause instanceof TimeoutException
                    ? "no answer within " + LIMIT.toSeconds() + " s"
                    : String.valueOf(cause.getMessage());
            return wrong("it cannot be reached: " + said, "check its host name, certificate authority and firewall");
        }
    }

    private Optional<Problem> withToken() {
        HttpResponse<byte[]> answer = send(root(registry) + REPOSITORIES, "Bearer " + clusterToken);
        if (answer.isSuccessful() && listsRepositories(answer.body())) {
            return Optional.empty();
        }
        // A registry that is not the cluster's own knows no such token, but may be open to all.
        return send(root(registry) + "/v2/", "").isSuccessful()
                ? Optional.empty()
                : refused(answer.code(), "the cluster's token");
    }

    private Optional<Problem> withLogin() {
        String login = registry.user()
                .map(user -> user + ":"
                        + registry.password().map(secret -> secret.reveal()).orElse(""))
                .map(text -> "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .orElse("");
        HttpResponse<byte[]> answer = send(root(registry) + "/v2/", login);
        if (answer.code() == 401) {
            String challenge = String.valueOf(answer.header("WWW-Authenticate"));
            Matcher realm = REALM.matcher(challenge);
            if (realm.matches()) {
                answer = send(realm.group(1) + service(challenge), login);
            }
        }
        return answer.isSuccessful()
                ? Optional.empty()
                : refused(answer.code(), login.isEmpty() ? "anonymous use" : "its user and password");
    }

    private static String service(String challenge) {
        Matcher service = SERVICE.matcher(challenge);
        return service.matches() ? "?service=" + URLEncoder.encode(service.group(1), StandardCharsets.UTF_8) : "";
    }

    private HttpResponse<byte[]> send(String url, String authorization) {
        HttpRequest.Builder request =
                client.getHttpClient().newHttpRequestBuilder().uri(URI.create(url));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.getHttpClient()
                .sendAsync(request.build(), byte[].class)
                .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static boolean listsRepositories(byte @Nullable [] body) {
        try {
            return body != null
                    && JSON.readTree(new String(body, StandardCharsets.UTF_8))
                            .path("repositories")
                            .isArray();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private Optional<Problem> refused(int status, String what) {
        return status == 401 || status == 403
                ? wrong(
                        "it refuses " + what + " (HTTP " + status + ")",
                        "give valid credentials with registry(Registry.at(…).credentials(…))")
                : wrong(
                        "it does not answer as a registry (HTTP " + status + ")",
                        "give host and port of a registry, without a path");
    }

    private Optional<Problem> wrong(String message, String fix) {
        return Optional.of(Problem.critical(where, "InvalidRegistryRoute", message, fix));
    }

    @Override
    public void close() {
        client.close();
    }
}
