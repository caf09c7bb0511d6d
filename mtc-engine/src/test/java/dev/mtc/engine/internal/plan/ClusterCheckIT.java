package dev.mtc.engine.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.mtc.api.CheckReport;
import dev.mtc.api.Cluster;
import dev.mtc.api.Clusters;
import dev.mtc.api.Problem;
import dev.mtc.api.Problem.Severity;
import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import dev.mtc.engine.testing.EmbeddedCluster;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every condition of a cluster, raised by what really causes it. */
class ClusterCheckIT {

    private static final String TOKEN = "sha256~token";

    private final EmbeddedCluster cluster = EmbeddedCluster.start("one");
    private HttpServer registry;

    @BeforeEach
    void openRegistry() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.start();
    }

    @AfterEach
    void close() {
        registry.stop(0);
        cluster.close();
    }

    private Cluster described() {
        return Clusters.of("one", cluster.client());
    }

    private Registry atRegistry() {
        return Registry.at("127.0.0.1:" + registry.getAddress().getPort()).plainHttp();
    }

    /** Lets the registry answer: status and body by path and Authorization header. */
    private void answer(BiFunction<String, String, Answer> answers) {
        registry.createContext("/", exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            Answer answer =
                    answers.apply(exchange.getRequestURI().toString(), authorization == null ? "" : authorization);
            Headers headers = exchange.getResponseHeaders();
            if (!answer.challenge().isEmpty()) {
                headers.add("WWW-Authenticate", answer.challenge());
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private record Answer(int status, String body, String challenge) {
        static Answer of(int status) {
            return new Answer(status, "", "");
        }
    }

    private static void assertOnly(CheckReport report, String code, String reason, Severity severity) {
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.reason()).isEqualTo(reason);
            assertThat(problem.severity()).isEqualTo(severity);
            assertThat(problem.fix()).isNotBlank();
        });
    }

    @Test
    void of_goodCluster_saysVersionNamespacesAndRights() {
        assertThat(ClusterCheck.of(described()))
                .hasToString("ok: v1.29.0, 4 namespaces, may get/list/patch/create/delete in all of them");
    }

    @Test
    void of_tokenThatIsNotAccepted_isInvalidSaToken() {
        cluster.faults().failNext("*", "*", 10, 401);

        assertOnly(ClusterCheck.of(described()), "InvalidSaToken", "", Severity.CRITICAL);
    }

    @Test
    void of_serverThatNeverAnswers_isConnectFailedWithinSeconds() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder()
                                .withMasterUrl("http://127.0.0.1:" + silent.getLocalPort())
                                .withRequestTimeout(120_000)
                                .withRequestRetryBackoffLimit(10)
                                .build())
                        .build()) {
            Instant begin = Instant.now();

            CheckReport report = ClusterCheck.of(Clusters.of("silent", client));

            assertOnly(report, "TestConnectFailed", "ConnectFailed", Severity.CRITICAL);
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(9));
        }
    }

    @Test
    void of_serverThatIsGone_isConnectFailed() {
        cluster.close();

        assertOnly(
                ClusterCheck.of(Clusters.fromToken("https://127.0.0.1:1", Secret.of(TOKEN))),
                "TestConnectFailed",
                "ConnectFailed",
                Severity.CRITICAL);
    }

    @Test
    void of_accountWithoutSomeRights_isAWarningThatNamesThem() {
        cluster.access().deny("patch", "*").deny("delete", "*");

        CheckReport report = ClusterCheck.of(described());

        assertOnly(report, "SaTokenNotPrivileged", "Unauthorized", Severity.WARN);
        assertThat(report.problems().get(0).message()).contains("patch, delete").doesNotContain("get");
    }

    @Test
    void of_accountThatMayNotDoWhatEveryPlanNeeds_isCritical() {
        cluster.access().deny("get", "*");

        CheckReport report = ClusterCheck.of(described());

        assertOnly(report, "SaTokenNotPrivileged", "Unauthorized", Severity.CRITICAL);
        assertThat(report.problems().get(0).message()).contains("kube-system");
    }

    @Test
    void of_accountThatMayNotListNamespaces_isStillLookedAt() {
        cluster.access().deny("list", "namespaces");

        assertThat(ClusterCheck.of(described()).isOk()).isTrue();
    }

    @Test
    void of_registryThatIsOpen_isFine() {
        answer((path, authorization) -> Answer.of(path.equals("/v2/") ? 200 : 404));

        assertThat(ClusterCheck.of(described().registry(atRegistry())).problems())
                .isEmpty();
    }

    @Test
    void of_registryThatIsNone_isInvalidRoute() {
        answer((path, authorization) -> Answer.of(404));

        assertOnly(
                ClusterCheck.of(described().registry(atRegistry())),
                "InvalidRegistryRoute",
                "RouteTestFailed",
                Severity.CRITICAL);
    }

    @Test
    void of_registryThatIsNotThere_isInvalidRoute() {
        registry.stop(0);

        assertOnly(
                ClusterCheck.of(described().registry(atRegistry())),
                "InvalidRegistryRoute",
                "RouteTestFailed",
                Severity.CRITICAL);
    }

    @Test
    void of_registryWithLogin_mustAcceptIt() {
        String good = "Basic " + Base64.getEncoder().encodeToString("mtc:right".getBytes(StandardCharsets.UTF_8));
        answer((path, authorization) -> Answer.of(authorization.equals(good) ? 200 : 401));

        assertThat(registryProblems(atRegistry().credentials("mtc", Secret.of("right"))))
                .isEmpty();
        assertThat(registryProblems(atRegistry().credentials("mtc", Secret.of("wrong"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("user and password", "401"));
        assertThat(registryProblems(atRegistry())).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("anonymous use"));
    }

    @Test
    void of_registryWithTokenService_isAskedThere() {
        String good = "Basic " + Base64.getEncoder().encodeToString("mtc:right".getBytes(StandardCharsets.UTF_8));
        String realm = "http://127.0.0.1:" + registry.getAddress().getPort() + "/token";
        answer((path, authorization) -> path.equals("/token?service=the+registry") && authorization.equals(good)
                ? Answer.of(200)
                : new Answer(401, "", "Bearer realm=\"" + realm + "\",service=\"the registry\""));

        assertThat(registryProblems(atRegistry().credentials("mtc", Secret.of("right"))))
                .isEmpty();
        assertThat(registryProblems(atRegistry().credentials("mtc", Secret.of("wrong"))))
                .hasSize(1);
    }

    @Test
    void of_registryWithAnIdentityToken_isAskedForATokenForIt() {
        String realm = "http://127.0.0.1:" + registry.getAddress().getPort() + "/token";
        List<String> forms = new CopyOnWriteArrayList<>();
        registry.createContext("/token", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            forms.add(exchange.getRequestMethod() + " " + form);
            exchange.sendResponseHeaders(form.contains("refresh_token=right") ? 200 : 401, -1);
            exchange.close();
        });
        answer((path, authorization) ->
                new Answer(401, authorization, "Bearer realm=\"" + realm + "\",service=\"the registry\""));

        assertThat(registryProblems(atRegistry().identityToken(Secret.of("right"))))
                .isEmpty();
        assertThat(registryProblems(atRegistry().identityToken(Secret.of("wrong"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("refuses its identity token"));
        assertThat(forms)
                .hasSize(2)
                .allMatch(form ->
                        form.startsWith("POST grant_type=refresh_token&") && form.contains("&service=the+registry"));
    }

    private List<Problem> registryProblems(Registry at) {
        return ClusterCheck.of(described().registry(at)).problems();
    }

    @Test
    void of_exposedRegistry_isAskedForItsRepositoriesWithTheTokenOfTheCluster() {
        answer((path, authorization) -> path.equals("/v2/_catalog?n=5") && authorization.equals("Bearer " + TOKEN)
                ? new Answer(200, "{\"repositories\":[\"shop/web\"]}", "")
                : Answer.of(401));

        assertThat(withToken(TOKEN)).isEmpty();
        assertThat(withToken("another")).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("the cluster's token", "401")
                .doesNotContain("another"));
    }

    @Test
    void of_registryOfSomeoneElse_neverSeesTheToken() {
        List<String> seen = new CopyOnWriteArrayList<>();
        answer((path, authorization) -> {
            seen.add(authorization);
            return Answer.of(401);
        });
        Registry elsewhere =
                Registry.at("localhost:" + registry.getAddress().getPort()).plainHttp();

        assertThat(withToken(TOKEN, elsewhere)).hasSize(1);
        assertThat(seen).containsOnly("");
    }

    @Test
    void problems_registryOfNoCluster_areNamedByItsHost() {
        answer((path, authorization) -> Answer.of(authorization.isEmpty() ? 401 : 200));

        assertThat(RegistryProbe.problems(atRegistry().credentials("mtc", Secret.of("right"))))
                .isEmpty();
        assertThat(RegistryProbe.problems(atRegistry())).singleElement().satisfies(problem -> {
            assertThat(problem.where()).isEqualTo("registries[" + atRegistry().host() + "]");
            assertThat(problem.message()).contains("refuses anonymous use");
        });
    }

    private List<Problem> withToken(String token) {
        return withToken(token, atRegistry());
    }

    private List<Problem> withToken(String token, Registry at) {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl(cluster.url())
                        .withOauthToken(token)
                        .build())
                .build()) {
            return ClusterCheck.of(Clusters.of("one", client).registry(at)).problems();
        }
    }
}
