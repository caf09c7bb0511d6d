package dev.mtc.engine.internal.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a real API server, with its credentials, and refuses some of what goes through. */
final class FaultyApiProxy implements AutoCloseable {

    private final CountedCluster cluster;
    private final String server;
    private final HttpServer front;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger forgotten = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();

    FaultyApiProxy(CountedCluster cluster) {
        this.cluster = cluster;
        this.server = cluster.client().getMasterUrl().toString().replaceFirst("/+$", "");
        try {
            front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no port for a proxy: " + e, e);
        }
        front.setExecutor(threads);
        front.createContext("/", this::answer);
        front.start();
    }

    String url() {
        return "http://127.0.0.1:" + front.getAddress().getPort();
    }

    /** Answers 429 to the next writes. */
    void refuseWrites(int times) {
        busy.set(times);
    }

    /** Answers 410 to the next requests for the rest of a list. */
    void forgetLists(int times) {
        forgotten.set(times);
    }

    /** {@return how many requests were refused} */
    int faults() {
        return faults.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            boolean isRead = exchange.getRequestMethod().equals("GET");
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            if (!isRead && happens(busy)) {
                refuse(exchange, 429, "TooManyRequests");
            } else if (isRead && query.contains("continue=") && happens(forgotten)) {
                refuse(exchange, 410, "Expired");
            } else {
                pass(exchange, sent);
            }
        }
    }

    private boolean happens(AtomicInteger left) {
        boolean happens = left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        if (happens) {
            faults.incrementAndGet();
        }
        return happens;
    }

    private void refuse(HttpExchange exchange, int status, String reason) throws IOException {
        byte[] content = Json.write(Json.newObject()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("reason", reason)
                .put("message", reason + " by the proxy")
                .put("code", status));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
    }

    private void pass(HttpExchange exchange, byte[] sent) throws IOException {
        HttpClient client = cluster.client().getHttpClient();
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        HttpRequest request = client.newHttpRequestBuilder()
                .uri(URI.create(server + exchange.getRequestURI()))
                .header("Accept", "application/json")
                .method(exchange.getRequestMethod(), type, sent.length == 0 ? null : new String(sent, UTF_8))
                .build();
        HttpResponse<byte[]> response = client.sendAsync(request, byte[].class).join();
        byte[] content = response.body() == null ? new byte[0] : response.body();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(response.code(), content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
    }

    @Override
    public void close() {
        front.stop(0);
        threads.shutdownNow();
    }
}
