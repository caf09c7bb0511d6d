package dev.mtc.transfer.internal.objectstore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mtc.api.S3Storage;
import dev.mtc.api.Secret;
import dev.mtc.api.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An S3 server on loopback that answers what a test tells it. */
final class ScriptedS3 implements AutoCloseable {

    static final String SECRET = "do-not-show-me";

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]+)");

    interface Script {
        void answer(Call call) throws IOException;
    }

    /** One request. */
    static final class Call {
        private final HttpExchange exchange;
        private final int number;

        private Call(HttpExchange exchange, int number) {
            this.exchange = exchange;
            this.number = number;
        }

        /** {@return how many requests came before} */
        int number() {
            return number;
        }

        boolean is(String method, String query) {
            String given = exchange.getRequestURI().getQuery();
            return exchange.getRequestMethod().equals(method)
                    && (query.isEmpty() ? given == null : given != null && given.startsWith(query));
        }

        String path() {
            return exchange.getRequestURI().getPath();
        }

        String header(String name) {
            return String.valueOf(exchange.getRequestHeaders().getFirst(name));
        }

        void say(int status, String body, String... headers) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
            if (!none) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        }

        void refuse(int status, String code) throws IOException {
            say(
                    status,
                    "<Error><Code>" + code + "</Code><Message>no</Message></Error>",
                    "Content-Type",
                    "application/xml");
        }

        /** Promises a body and sends its start only. */
        void breakOff(int status, String sent, int promised, String... headers) throws IOException {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, promised);
            exchange.getResponseBody().write(sent.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            hangUp();
        }

        /** Answers a GET with the range of the content that it asks for. */
        void sayRange(byte[] content, String etag) throws IOException {
            Matcher range = RANGE.matcher(header("Range"));
            if (!range.matches() || Integer.parseInt(range.group(1)) >= content.length) {
                refuse(416, "InvalidRange");
                return;
            }
            int from = Integer.parseInt(range.group(1));
            int to = Math.min(Integer.parseInt(range.group(2)) + 1, content.length);
            exchange.getResponseHeaders().add("ETag", etag);
            exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
            exchange.sendResponseHeaders(206, to - from);
            exchange.getResponseBody().write(content, from, to - from);
            exchange.close();
        }

        /** Closes the connection. */
        void hangUp() {
            throw new UncheckedIOException(new IOException("hung up"));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private ScriptedS3(Script script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            Call call;
            synchronized (requests) {
                call = new Call(exchange, requests.size());
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            }
            exchange.getRequestBody().readAllBytes();
            script.answer(call);
        });
        server.start();
    }

    static ScriptedS3 answering(Script script) throws IOException {
        return new ScriptedS3(script);
    }

    S3Storage storage() {
        return storage(server.getAddress().getPort());
    }

    static S3Storage storage(int port) {
        return Storage.s3("bucket", "http://127.0.0.1:" + port)
                .pathStyleAccess()
                .prefix("p/")
                .credentials("id", Secret.of(SECRET));
    }

    /** {@return the store, with retries that hardly wait} */
    S3ObjectStore store() {
        return S3ObjectStore.open(storage(), S3Retries.waiting(Duration.ofMillis(1), Duration.ofMillis(5)));
    }

    /** {@return all requests so far, as method and URI} */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
