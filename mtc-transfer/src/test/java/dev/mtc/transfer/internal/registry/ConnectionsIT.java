package dev.mtc.transfer.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.mtc.api.Registry;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.TransferStatus;
import dev.mtc.transfer.testing.FakeRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How registries are reached: with a certificate of one's own, through a proxy. */
class ConnectionsIT {

    private static final String PASSWORD = "changeit";
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final FakeRegistry target = FakeRegistry.open();
    private final RegistryImageMover mover = new RegistryImageMover(new Limits(4, 4, Duration.ofMillis(1)));

    private int runs;

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        target.close();
    }

    private TransferStatus.Failed failed(Registry source) {
        try (RunContext context = new RunContext("run-" + runs++, source, target.connection())) {
            return Copying.failed(
                    mover, new ImageMove("k", source.host() + "/shop/web:1", target.host() + "/eu/web:1"), context);
        }
    }

    /** A key with a certificate that is its own authority, as PKCS 12 and PEM. */
    private KeyStore keys(String name) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate("key").getEncoded());
        pem(
                name + ".key",
                "PRIVATE KEY",
                keys.getKey("key", PASSWORD.toCharArray()).getEncoded());
        return keys;
    }

    private void pem(String file, String what, byte[] content) throws IOException {
        Files.writeString(
                directory.resolve(file),
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + what + "-----\n");
    }

    /** A registry without content that wants to see the given certificate. */
    private HttpsServer strict(KeyStore own, KeyStore client) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", client.getCertificate("key"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(ANY_PORT, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = tls.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        empty(server);
        return server;
    }

    private static void empty(HttpServer server) {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @Test
    void clientCertificate_isShown() throws IOException, InterruptedException, GeneralSecurityException {
        HttpsServer server = strict(keys("server"), keys("client"));
        keys("stranger");
        try {
            Registry nobody =
                    Registry.at("127.0.0.1:" + server.getAddress().getPort()).caBundle(directory.resolve("server.crt"));

            assertThat(failed(with(nobody, "client")).reason()).isEqualTo("ManifestNotFound");
            assertThat(failed(with(nobody, "client").insecure()).reason()).isEqualTo("ManifestNotFound");
            assertThat(failed(with(nobody, "stranger")).reason()).isNotEqualTo("ManifestNotFound");
            assertThat(failed(nobody).reason()).isNotEqualTo("ManifestNotFound");
        } finally {
            server.stop(0);
        }
    }

    private Registry with(Registry registry, String name) {
        return registry.clientCertificate(directory.resolve(name + ".crt"), directory.resolve(name + ".key"));
    }

    @Test
    void proxy_isAskedForTheRegistry() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer proxy = HttpServer.create(ANY_PORT, 0);
        proxy.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        proxy.start();
        try {
            Registry behind = Registry.at("registry.invalid")
                    .plainHttp()
                    .proxy("http://127.0.0.1:" + proxy.getAddress().getPort());

            assertThat(failed(behind).reason()).isEqualTo("ManifestNotFound");
            assertThat(asked).contains("http://registry.invalid/v2/shop/web/manifests/1");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void proxy_ofARegistryWithTls_isAskedForATunnel()
            throws IOException, InterruptedException, GeneralSecurityException {
        HttpsServer server = strict(keys("server"), keys("client"));
        try (TunnelingProxy proxy = new TunnelingProxy()) {
            String host = "127.0.0.1:" + server.getAddress().getPort();
            Registry behind = with(Registry.at(host).caBundle(directory.resolve("server.crt")), "client")
                    .proxy("http://" + proxy.address());

            assertThat(failed(behind).reason()).isEqualTo("ManifestNotFound");
            assertThat(proxy.asked()).isNotEmpty().containsOnly("CONNECT " + host);
        } finally {
            server.stop(0);
        }
    }

    /** It cannot be sent in parts that way. */
    @Test
    void proxy_beforeTheTarget_takesALargeLayerInOnePiece() throws IOException {
        try (FakeRegistry source = FakeRegistry.open();
                TunnelingProxy proxy = new TunnelingProxy()) {
            source.putImage("shop/web:1", 20 * 1024 * 1024);
            Registry behind = target.connection().proxy("http://" + proxy.address());
            try (RunContext context = new RunContext("behind", source.connection(), behind)) {
                Copying.copied(
                        mover, new ImageMove("k", source.host() + "/shop/web:1", target.host() + "/eu/web:1"), context);
            }

            assertThat(target.digest("eu/web:1")).isEqualTo(source.digest("shop/web:1"));
            assertThat(target.requests()).noneMatch(request -> request.method().equals("PATCH"));
            assertThat(proxy.asked()).contains("HEAD http://" + target.host() + "/v2/eu/web/manifests/1");
        }
    }

    @Test
    void rateLimits_ofARefusal_areTold() throws IOException {
        HttpServer busy = HttpServer.create(ANY_PORT, 0);
        busy.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("RateLimit-Limit", "100;w=21600");
            exchange.getResponseHeaders().add("RateLimit-Remaining", "0;w=21600");
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
        });
        busy.start();
        try {
            Registry registry =
                    Registry.at("127.0.0.1:" + busy.getAddress().getPort()).plainHttp();

            TransferStatus.Failed end = failed(registry);

            assertThat(end.reason()).isEqualTo("TooManyRequests");
            assertThat(end.message()).contains("RateLimit-Limit: 100;w=21600", "RateLimit-Remaining: 0;w=21600");
        } finally {
            busy.stop(0);
        }
    }
}
