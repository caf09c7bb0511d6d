package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What extends API servers from outside, in this process over TLS, with a certificate that is its own authority. */
final class ExtensionServer implements AutoCloseable {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ALIAS = "extension";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String address;
    private final KeyStore keys;

    private ExtensionServer(HttpsServer server, String address, KeyStore keys) {
        this.server = server;
        this.address = address;
        this.keys = keys;
        server.setExecutor(threads);
        server.start();
    }

    /**
     * {@return a server that answers 404 to everything}
     *
     * @param cluster who shall reach it; decides on which of this machine's addresses it listens
     * @param services as which services it is called, such as {@code hook.shop}
     */
    static ExtensionServer near(CountedCluster cluster, List<String> services) {
        try {
            String address = addressNear(cluster.client().getMasterUrl().getHost());
            KeyStore keys = keys(address, services);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(managers.getKeyManagers(), null, null);
            HttpsServer server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return new ExtensionServer(server, address, keys);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no server for API servers to call: " + e, e);
        }
    }

    /** {@return the address of this machine in the network of another} */
    private static String addressNear(String host) throws IOException {
        InetAddress other = InetAddress.getByName(host);
        return NetworkInterface.networkInterfaces()
                .flatMap(network -> network.getInterfaceAddresses().stream())
                .filter(own -> own.getAddress().getAddress().length == other.getAddress().length
                        && isSameNetwork(
                                own.getAddress().getAddress(), other.getAddress(), own.getNetworkPrefixLength()))
                .map(own -> own.getAddress().getHostAddress())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This machine has no address in the network of " + host));
    }

    private static boolean isSameNetwork(byte[] one, byte[] other, int prefix) {
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static KeyStore keys(String address, List<String> services) throws IOException, GeneralSecurityException {
        Path directory = Files.createTempDirectory("extension");
        Path file = directory.resolve("keys.p12");
        String names =
                services.stream().map(service -> ",dns:" + service + ".svc").collect(Collectors.joining());
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + ALIAS,
                "-validity",
                "2",
                "-ext",
                "san=ip:" + address + names,
                "-ext",
                "bc:critical=ca:true",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD));
        try {
            Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (made.waitFor() != 0) {
                throw new IOException("keytool said: " + said);
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream content = Files.newInputStream(file)) {
                keys.load(content, PASSWORD);
            }
            return keys;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    /** Answers what comes below a path. */
    void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    String address() {
        return address;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** {@return the authority that clients trust, as a {@code caBundle}} */
    String authority() {
        try {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(keys.getCertificate(ALIAS).getEncoded());
            String pem = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
            return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return a service by which API servers reach this one, without a pod or endpoints} */
    String serviceYaml(String name) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %s}
                spec: {type: ExternalName, externalName: %s, ports: [{port: %d, protocol: TCP}]}
                """
                .formatted(name, address, port());
    }

    /** {@return the JSON that was sent} */
    static ObjectNode body(HttpExchange exchange) throws IOException {
        return Json.read(exchange.getRequestBody().readAllBytes());
    }

    /** Answers with JSON. */
    static void answer(HttpExchange exchange, int status, ObjectNode content) throws IOException {
        byte[] bytes = Json.write(content);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
