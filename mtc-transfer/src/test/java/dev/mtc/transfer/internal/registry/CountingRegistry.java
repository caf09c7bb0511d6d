package dev.mtc.transfer.internal.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mtc.api.Registry;
import dev.mtc.transfer.internal.MadeUpBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A registry for images too large to be kept: blobs are made up as they are read, and counted and hashed as they arrive.
 * Uploads go on where they were cut, as the distribution specification wants it.
 */
final class CountingRegistry implements AutoCloseable {

    private static final int LARGE = 1024 * 1024;
    private static final byte[] CONFIGURATION =
            "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8);

    /** What of a blob has arrived. */
    private static final class Upload {
        private final MessageDigest hash = Digest.of(new byte[0]).newHash();
        private long bytes;

        void add(byte[] buffer, int count) {
            hash.update(buffer, 0, count);
            bytes += count;
        }
    }

    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private final Map<String, Long> blobs = new ConcurrentHashMap<>();
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "counting-registry");
        thread.setDaemon(true);
        return thread;
    });
    private final int port;
    private HttpServer server;
    private volatile long faultAt = Long.MAX_VALUE;
    private volatile Runnable fault = () -> {};
    private volatile boolean swallowsNextAnswer;

    CountingRegistry() {
        server = serve(0);
        port = server.getAddress().getPort();
    }

    private HttpServer serve(int wanted) {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            made.setExecutor(threads);
            made.createContext("/", this::handle);
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    Registry connection() {
        return Registry.at(host()).plainHttp();
    }

    /** Stops and starts it; what it had stays. */
    void restart() {
        server.stop(0);
        server = serve(port);
    }

    /** Does something once, when so many bytes of uploads have arrived; what throws breaks the connection. */
    void when(long bytes, Runnable action) {
        fault = action;
        faultAt = bytes;
    }

    /** Breaks the connection after the next large blob is stored, instead of answering. */
    void swallowNextAnswer() {
        swallowsNextAnswer = true;
    }

    void loseUploads() {
        uploads.clear();
    }

    /** {@return the path of an upload that has so many bytes that nobody wants} */
    String beginWrongUpload(String repository, int bytes) {
        Upload upload = new Upload();
        upload.add(new byte[bytes], bytes);
        uploads.put("wrong", upload);
        return "http://" + host() + "/v2/" + repository + "/blobs/uploads/wrong";
    }

    /** {@return how many bytes of blobs were received in all} */
    long received() {
        return received.get();
    }

    /** {@return how many bytes of blobs were read in all} */
    long read() {
        return reads.get();
    }

    boolean hasBlob(Digest digest) {
        return blobs.containsKey("" + digest);
    }

    boolean hasManifest(String name) {
        return manifests.containsKey(name);
    }

    /** Puts an image with one layer; {@return the layer's digest} */
    Digest putImage(String name, long layerBytes) {
        Digest layer = digest(layerBytes);
        Digest configuration = Digest.of(CONFIGURATION);
        blobs.put("" + layer, layerBytes);
        blobs.put("" + configuration, (long) CONFIGURATION.length);
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + descriptor("application/vnd.oci.image.config.v1+json", configuration, CONFIGURATION.length)
                + ",\"layers\":[" + descriptor("application/vnd.oci.image.layer.v1.tar", layer, layerBytes) + "]}";
        put(name, json.getBytes(StandardCharsets.UTF_8));
        return layer;
    }

    private void put(String name, byte[] manifest) {
        manifests.put(name, manifest);
        manifests.put("" + Digest.of(manifest), manifest);
    }

    private static String descriptor(String type, Digest digest, long bytes) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + bytes + "}";
    }

    private static Digest digest(long bytes) {
        Upload all = new Upload();
        try (InputStream in = new MadeUpBytes(0, bytes)) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                all.add(buffer, count);
            }
            return Digest.parse(digest(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(Upload upload) {
        try {
            MessageDigest hash = (MessageDigest) upload.hash.clone();
            return "sha256:" + HexFormat.of().formatHex(hash.digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String last = path.substring(path.lastIndexOf('/') + 1);
            if (path.contains("/manifests/")) {
                handleManifest(exchange, last);
            } else if (path.contains("/blobs/uploads/")) {
                handleUpload(exchange, last);
            } else if (path.contains("/blobs/")) {
                sendBlob(exchange, last);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void handleManifest(HttpExchange exchange, String name) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            put(name, exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(201, -1);
            return;
        }
        byte[] manifest = manifests.get(name);
        if (manifest == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("Docker-Content-Digest", "" + Digest.of(manifest));
        exchange.getResponseHeaders().set("Content-Type", MediaTypes.OCI_MANIFEST);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", "" + manifest.length);
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, manifest.length);
        exchange.getResponseBody().write(manifest);
    }

    private void sendBlob(HttpExchange exchange, String digest) throws IOException {
        Long bytes = blobs.get(digest);
        if (bytes == null || exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", "" + (bytes == null ? 0 : bytes));
            exchange.sendResponseHeaders(bytes == null ? 404 : 200, -1);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        long offset = range == null ? 0 : Long.parseLong(range.replaceAll("bytes=(\\d+)-.*", "$1"));
        exchange.sendResponseHeaders(range == null ? 200 : 206, bytes - offset);
        boolean large = bytes >= LARGE;
        try (InputStream in = large ? new MadeUpBytes(offset, bytes) : new ByteArrayInputStream(CONFIGURATION);
                OutputStream out = exchange.getResponseBody()) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                reads.addAndGet(count);
            }
        }
    }

    private void handleUpload(HttpExchange exchange, String id) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            String made = "u" + System.nanoTime();
            uploads.put(made, new Upload());
            exchange.getResponseHeaders()
                    .set("Location", exchange.getRequestURI().getPath() + made);
            exchange.sendResponseHeaders(202, -1);
            return;
        }
        Upload upload = uploads.get(id);
        if (upload == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("Location", exchange.getRequestURI().getPath());
        exchange.getResponseHeaders().set("Range", "0-" + Math.max(0, upload.bytes - 1));
        if (exchange.getRequestMethod().equals("GET")) {
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Content-Range");
        if (range != null && !range.startsWith(upload.bytes + "-")) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        receive(exchange, upload, id);
    }

    private void receive(HttpExchange exchange, Upload upload, String id) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                upload.add(buffer, count);
                if (received.addAndGet(count) >= faultAt) {
                    faultAt = Long.MAX_VALUE;
                    fault.run();
                }
            }
        } catch (Refusal e) {
            exchange.sendResponseHeaders(e.status, -1);
            return;
        }
        if (exchange.getRequestMethod().equals("PATCH")) {
            exchange.getResponseHeaders().set("Range", "0-" + (upload.bytes - 1));
            exchange.sendResponseHeaders(202, -1);
            return;
        }
        finish(exchange, upload, id);
    }

    private void finish(HttpExchange exchange, Upload upload, String id) throws IOException {
        uploads.remove(id);
        String digest = digest(upload);
        if (!exchange.getRequestURI().getQuery().contains("digest=" + digest)) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        blobs.put(digest, upload.bytes);
        if (swallowsNextAnswer && upload.bytes >= LARGE) {
            swallowsNextAnswer = false;
            return;
        }
        exchange.sendResponseHeaders(201, -1);
    }

    /** Refuses the rest of an upload. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        Refusal(int status) {
            this.status = status;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
