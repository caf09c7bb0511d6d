package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.Problem;
import dev.mtc.api.Registry;
import dev.mtc.api.Registry.Transport;
import dev.mtc.api.Secret;
import dev.mtc.engine.internal.cluster.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whether a registry answers and lets us in: MTC's {@code InvalidRegistryRoute}, by a real request. A registry
 * with a login must accept it; one without that wants one, as MTC's {@code exposedRegistryPath} is, is asked for its
 * repositories with the token of the cluster's account. Unlike MTC it verifies the certificate unless the registry says
 * otherwise, and shows the token only to hosts of the cluster's own domain.
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

    private RegistryProbe(String where, Registry registry, String clusterToken) {
        this.registry = registry;
        this.clusterToken = clusterToken;
        this.where = where;
        this.client = new KubernetesClientBuilder()
                .withConfig(config(registry))
                .withHttpClientBuilderConsumer(
                        http -> registry.clientKeys().ifPresent(keys -> show(keys, registry, http)))
                .build();
    }

    /** {@return what is wrong with the registry of a cluster, empty if nothing is or it has none} */
    static List<Problem> problems(ApiServer server) {
        Optional<Registry> registry = server.cluster().registry();
        if (registry.isEmpty()) {
            return List.of();
        }
        String where = "cluster " + server.cluster().name() + " registry "
                + registry.get().host();
        return problems(where, registry.get(), RegistryToken.of(server, registry.get()));
    }

    /** {@return what is wrong with a registry that belongs to no cluster, empty if nothing is} */
    static List<Problem> problems(Registry registry) {
        return problems("registries[" + registry.host() + "]", registry, "");
    }

    private static List<Problem> problems(String where, Registry registry, String clusterToken) {
        try (RegistryProbe probe = new RegistryProbe(where, registry, clusterToken)) {
            return probe.problem().stream().toList();
        } catch (KubernetesClientException e) {
            return List.of(Problem.critical(
                    where,
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
        registry.caCertificates().ifPresent(config::withCaCertData);
        registry.proxy()
                .map(proxy -> "http://" + proxy.getHostString() + ":" + proxy.getPort())
                .ifPresent(proxy -> config.withHttpProxy(proxy).withHttpsProxy(proxy));
        return config.build();
    }

    private static void show(KeyStore keys, Registry registry, HttpClient.Builder http) {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, new char[0]);
            http.sslContext(factory.getKeyManagers(), SSLUtils.trustManagers(config(registry)));
        } catch (GeneralSecurityException | IOException e) {
            throw new KubernetesClientException("its client certificate cannot be used: " + e.getMessage(), e);
        }
    }

    private static String root(Registry registry) {
        return (registry.transport() == Transport.PLAIN_HTTP ? "http://" : "https://") + registry.host();
    }

    private Optional<Problem> problem() {
        try {
            return answered();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String said = cause instanceof TimeoutException
                    ? "no answer within " + LIMIT.toSeconds() + " s"
                    : String.valueOf(cause.getMessage());
            return wrong("it cannot be reached: " + said, "check its host name, certificate authority and firewall");
        }
    }

    private Optional<Problem> answered() {
        String login = login();
        HttpResponse<byte[]> answer = send(root(registry) + "/v2/", login);
        if (answer.code() == 401 && registry.user().isEmpty() && !clusterToken.isEmpty()) {
            return withClusterToken();
        }
        String challenge = String.valueOf(answer.header("WWW-Authenticate"));
        Matcher realm = REALM.matcher(challenge);
        if (answer.code() == 401 && realm.matches() && isSafe(realm.group(1))) {
            answer = registry.usesIdentityToken()
                    ? refresh(realm.group(1), service(challenge))
                    : send(realm.group(1) + service(challenge), login);
        }
        return answer.isSuccessful() ? Optional.empty() : refused(answer.code(), offered());
    }

    private String offered() {
        if (registry.usesIdentityToken()) {
            return "its identity token";
        }
        return registry.user().isEmpty() ? "anonymous use" : "its user and password";
    }

    /** A login that goes to the registry encrypted does not go elsewhere in the clear. */
    private boolean isSafe(String realm) {
        return realm.matches("https://\\S+")
                || (realm.matches("http://\\S+") && registry.transport() == Transport.PLAIN_HTTP);
    }

    private Optional<Problem> withClusterToken() {
        HttpResponse<byte[]> answer = send(root(registry) + REPOSITORIES, "Bearer " + clusterToken);
        return answer.isSuccessful() && listsRepositories(answer.body())
                ? Optional.empty()
                : refused(answer.code(), "the cluster's token");
    }

    private String login() {
        return registry.user()
                .filter(user -> !registry.usesIdentityToken())
                .map(user ->
                        user + ":" + registry.password().map(Secret::reveal).orElse(""))
                .map(text -> "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .orElse("");
    }

    /** Asks for a token as docker's OAuth 2 token specification says. */
    private HttpResponse<byte[]> refresh(String realm, String service) {
        String identity = registry.password().map(Secret::reveal).orElse("");
        String form = "grant_type=refresh_token&client_id=mtc&refresh_token="
                + URLEncoder.encode(identity, StandardCharsets.UTF_8) + service.replace('?', '&');
        return send(client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(realm))
                .post("application/x-www-form-urlencoded", form));
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
        return send(request);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
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
