package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.transfer.testing.FakeRegistry;
import dev.mtc.transfer.testing.FakeRegistry.Operation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sees a login, and in which form. */
class LoginIT {

    private static final String USER = "mover";
    private static final Secret PASSWORD = Secret.of("secret");
    private static final int LARGE = 30 * 1024 * 1024;

    private final FakeRegistry source = FakeRegistry.open();
    private final RegistryImageMover mover = new RegistryImageMover(new Limits(4, 4, Duration.ofMillis(1)));
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    @BeforeEach
    void putImage() {
        source.putImage("shop/web:1", 1000);
    }

    @AfterEach
    void close() {
        source.close();
        servers.forEach(server -> server.stop(0));
    }

    private interface Handler {
        void answer(HttpExchange exchange) throws IOException;
    }

    private String serve(Handler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                handler.answer(exchange);
            }
        });
        server.start();
        servers.add(server);
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void wantTokens(HttpExchange exchange, String service) throws IOException {
        exchange.getResponseHeaders()
                .add("WWW-Authenticate", "Bearer realm=\"http://" + service + "/token\",service=\"fake\"");
        answer(exchange, 401, "");
    }

    private TransferStatus.Failed failed(Registry target) {
        try (RunContext context = new RunContext("run", source.connection(), target)) {
            return Copying.failed(mover, move(target.host()), context);
        }
    }

    private ImageMove move(String target) {
        return new ImageMove("k", source.host() + "/shop/web:1", target + "/eu/web:1");
    }

    @Test
    void password_isKeptFromWhereTheTokenServiceRedirects() throws IOException {
        List<Headers> elsewhere = new CopyOnWriteArrayList<>();
        List<Headers> service = new CopyOnWriteArrayList<>();
        String other = serve(exchange -> {
            elsewhere.add(exchange.getRequestHeaders());
            answer(exchange, 200, "{\"token\":\"stolen\"}");
        });
        String tokens = serve(exchange -> {
            service.add(exchange.getRequestHeaders());
            exchange.getResponseHeaders().add("Location", "http://" + other + "/token");
            answer(exchange, 302, "");
        });
        String registry = serve(exchange -> wantTokens(exchange, tokens));

        TransferStatus.Failed end = failed(Registry.at(registry).plainHttp().credentials(USER, PASSWORD));

        assertThat(end.reason()).isEqualTo("Unauthorized");
        assertThat(service).isNotEmpty().allMatch(headers -> headers.containsKey("Authorization"));
        assertThat(elsewhere).isNotEmpty().noneMatch(headers -> headers.containsKey("Authorization"));
    }

    @Test
    void password_isKeptFromWhereUploadsGo() throws IOException {
        List<Headers> store = new CopyOnWriteArrayList<>();
        List<Headers> registry = new CopyOnWriteArrayList<>();
        String other = serve(exchange -> {
            exchange.getRequestBody().readAllBytes();
            store.add(exchange.getRequestHeaders());
            answer(exchange, 201, "");
        });
        String host = serve(exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (!exchange.getRequestHeaders().containsKey("Authorization")) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"any\"");
                answer(exchange, 401, "");
                return;
            }
            registry.add(exchange.getRequestHeaders());
            boolean isUpload = exchange.getRequestMethod().equals("POST");
            exchange.getResponseHeaders().add("Location", "http://" + other + "/upload");
            answer(exchange, isUpload ? 202 : 404, "");
        });

        failed(Registry.at(host).plainHttp().credentials(USER, PASSWORD));

        assertThat(registry).isNotEmpty();
        assertThat(store).isNotEmpty().noneMatch(headers -> headers.containsKey("Authorization"));
    }

    @Test
    void identityToken_givesAccessForEachScope() {
        try (FakeRegistry registry = FakeRegistry.withIdentityToken("of-docker");
                RunContext context = new RunContext("run", source.connection(), registry.connection())) {
            Copying.copied(mover, move(registry.host()), context);

            assertThat(registry.digest("eu/web:1")).isEqualTo(source.digest("shop/web:1"));
            assertThat(registry.requests())
                    .filteredOn(request -> request.operation() == Operation.TOKEN)
                    .isNotEmpty()
                    .allMatch(request -> request.method().equals("POST"))
                    .as("it goes into the form alone")
                    .noneMatch(FakeRegistry.Request::authorized);
        }
    }

    @Test
    void identityToken_thatIsNotAccepted_isNotShown() {
        try (FakeRegistry registry = FakeRegistry.withIdentityToken("of-docker")) {
            TransferStatus.Failed end =
                    failed(Registry.at(registry.host()).plainHttp().identityToken(Secret.of("outdated")));

            assertThat(end.reason()).isEqualTo("Unauthorized");
            assertThat(end.kind()).isEqualTo(TransferStatus.Failed.Kind.USER_FIXABLE);
            assertThat(end.toString()).doesNotContain("outdated");
        }
    }

    private static String request(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        return exchange.getRequestHeaders().entrySet() + new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void identityToken_isKeptFromWhereTheTokenServiceRedirects() throws IOException {
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        List<String> service = new CopyOnWriteArrayList<>();
        String other = serve(exchange -> {
            elsewhere.add(request(exchange));
            answer(exchange, 200, "{\"access_token\":\"stolen\"}");
        });
        String tokens = serve(exchange -> {
            service.add(request(exchange));
            exchange.getResponseHeaders().add("Location", "http://" + other + "/token");
            answer(exchange, 307, "");
        });
        String registry = serve(exchange -> wantTokens(exchange, tokens));

        TransferStatus.Failed end = failed(Registry.at(registry).plainHttp().identityToken(PASSWORD));

        assertThat(end.message()).contains("get a token").contains("307");
        assertThat(service).isNotEmpty().allMatch(request -> request.contains("refresh_token=secret"));
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void identityToken_isKeptFromARegistryThatWantsAPassword() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        String registry = serve(exchange -> {
            seen.add(request(exchange));
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"any\"");
            answer(exchange, 401, "");
        });

        TransferStatus.Failed end = failed(Registry.at(registry).plainHttp().identityToken(PASSWORD));

        assertThat(end.reason()).isEqualTo("Unauthorized");
        assertThat(seen).isNotEmpty().noneMatch(request -> request.contains("Authorization"));
    }

    @Test
    void tokens_thatEndAfterTwoRequests_areGotAnew() {
        try (FakeRegistry registry = FakeRegistry.withTokens(USER, PASSWORD.reveal());
                RunContext context = new RunContext("run", source.connection(), registry.connection())) {
            registry.endTokensAfter(2);
            source.putImage("shop/web:1", LARGE);
            RegistryImageMover oneByOne = new RegistryImageMover(new Limits(1, 1, Duration.ofMillis(1)));

            TransferStatus.Succeeded end = Copying.copied(oneByOne, move(registry.host()), context);

            assertThat(registry.digest("eu/web:1")).isEqualTo(source.digest("shop/web:1"));
            assertThat(end.warnings()).isEmpty();
            assertThat(registry.requests())
                    .filteredOn(request -> request.status() == 401)
                    .as("in the middle of parts, too")
                    .anyMatch(request -> request.method().equals("PATCH"))
                    .hasSizeGreaterThan(3);
            assertThat(registry.requests())
                    .filteredOn(request -> request.method().equals("PATCH") && request.status() == 202)
                    .as("parts of 8, 8, 8 and 6 MiB, none sent again after it was taken")
                    .hasSize(4);
        }
    }
}
