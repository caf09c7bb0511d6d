package dev.mtc.transfer.internal.objectstore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Stands before a real S3 server and spoils a part of what goes through it, by chance that repeats itself. */
final class FaultyProxy implements AutoCloseable {

    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "transfer-encoding", "expect", "keep-alive", "date");

    private final String server;
    private final HttpServer front;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final OkHttpClient client = new OkHttpClient.Builder()
            .followRedirects(false)
            .readTimeout(Duration.ofMinutes(1))
            .build();
    private final Random chance = new Random(3);
    private final AtomicInteger faults = new AtomicInteger();
    private volatile int busyPercent;
    private volatile int truncatedPercent;

    FaultyProxy(String server) throws IOException {
        this.server = server;
        front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.setExecutor(threads);
        front.createContext("/", this::answer);
        front.start();
    }

    /** Answers that many of a hundred requests with 503 SlowDown. */
    FaultyProxy busy(int percent) {
        busyPercent = percent;
        return this;
    }

    /** Hangs up in the middle of the body of that many of a hundred answers to GET. */
    FaultyProxy truncating(int percent) {
        truncatedPercent = percent;
        return this;
    }

    String endpoint() {
        return "http://127.0.0.1:" + front.getAddress().getPort();
    }

    /** {@return how many requests were spoilt} */
    int faults() {
        return faults.get();
    }

    private boolean happens(int percent) {
        synchronized (chance) {
            boolean happens = chance.nextInt(100) < percent;
            if (happens) {
                faults.incrementAndGet();
            }
            return happens;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (happens(busyPercent)) {
                exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
                byte[] refusal = "<Error><Code>SlowDown</Code><Message>no</Message></Error>".getBytes();
                boolean isHead = exchange.getRequestMethod().equals("HEAD");
                exchange.sendResponseHeaders(503, isHead ? -1 : refusal.length);
                if (!isHead) {
                    exchange.getResponseBody().write(refusal);
                }
                return;
            }
            try (Response response = client.newCall(request(exchange)).execute()) {
                pass(response, exchange);
            }
        }
    }

    private Request request(HttpExchange exchange) {
        Request.Builder request = new Request.Builder().url(server + exchange.getRequestURI());
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase())) {
                values.forEach(value -> request.addHeader(name, value));
            }
        });
        String method = exchange.getRequestMethod();
        return request.method(method, method.startsWith("P") ? body(exchange) : null)
                .build();
    }

    private static RequestBody body(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        return new RequestBody() {
            @Override
            public @Nullable MediaType contentType() {
                return null;
            }

            @Override
            public long contentLength() {
                return length == null ? 0 : Long.parseLong(length);
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeAll(Okio.source(exchange.getRequestBody()));
            }
        };
    }

    private void pass(Response response, HttpExchange exchange) throws IOException {
        response.headers().forEach(header -> {
            if (!OF_THE_CONNECTION.contains(header.getFirst().toLowerCase())) {
                exchange.getResponseHeaders().add(header.getFirst(), header.getSecond());
            }
        });
        long length = response.body().contentLength();
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(response.header("Content-Length", "0")));
            exchange.sendResponseHeaders(response.code(), -1);
            return;
        }
        exchange.sendResponseHeaders(response.code(), length < 0 ? 0 : length == 0 ? -1 : length);
        boolean isTruncated = exchange.getRequestMethod().equals("GET")
                && length > 1
                && response.code() < 300
                && happens(truncatedPercent);
        InputStream in = response.body().byteStream();
        if (isTruncated) {
            exchange.getResponseBody().write(in.readNBytes((int) Math.min(length / 2, 1 << 20)));
            exchange.getResponseBody().flush();
            throw new UncheckedIOException(new IOException("hung up"));
        }
        if (length != 0) {
            in.transferTo(exchange.getResponseBody());
        }
    }

    @Override
    public void close() {
        front.stop(0);
        threads.shutdownNow();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
