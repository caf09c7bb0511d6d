package dev.mtc.engine.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SafeHttpClientsIT {

    private static final int WATCHES = 300;
    private static final byte[] LINE = "one more\n".getBytes(StandardCharsets.UTF_8);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private Thread.UncaughtExceptionHandler before;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", SafeHttpClientsIT::goOn);
        server.start();
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
    }

    @AfterEach
    void stop() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        server.stop(0);
        threads.shutdownNow();
    }

    /** Answers as a watch does, without end. */
    private static void goOn(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                out.write(LINE);
                out.flush();
            }
        }
    }

    @Test
    void cancel_whileAnotherThreadReads_isSafe() throws Exception {
        Config config = Config.empty();
        config.setMasterUrl("http://127.0.0.1:" + server.getAddress().getPort());
        HttpClient.Factory clients = new SafeHttpClients();
        try (HttpClient client = clients.newBuilder(config).build()) {
            for (int i = 0; i < WATCHES; i++) {
                watchAndCancel(client, config.getMasterUrl());
            }
        }

        assertThat(uncaught).isEmpty();
    }

    private static void watchAndCancel(HttpClient client, String url) throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<HttpResponse<AsyncBody>> answer =
                client.consumeBytes(client.newHttpRequestBuilder().uri(url).build(), (bytes, body) -> {
                    begun.complete(null);
                    body.consume();
                });
        AsyncBody body = answer.get(10, TimeUnit.SECONDS).body();
        body.consume();
        begun.get(10, TimeUnit.SECONDS);

        body.cancel();

        assertThat(body.done()).failsWithin(10, TimeUnit.SECONDS);
    }
}
