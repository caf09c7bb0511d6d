package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * An image for hooks in registry A: the shop's busybox with a script as its entry point, at the place where MTC's hook runner
 * has its own.
 */
final class HookImage implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String BASE = "shop/busybox";
    private static final String REPOSITORY = "mtc-hooks-it/hook";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String registry = RealClusters.env("MTC_REGISTRY_A");
    private final String manifestDigest;

    private HookImage(String script) throws IOException, InterruptedException {
        ObjectNode manifest = json(get(BASE + "/manifests/1"));
        String layer = manifest.at("/layers/0/digest").asText();
        ObjectNode config =
                json(get(BASE + "/blobs/" + manifest.at("/config/digest").asText()));
        mount(layer);
        byte[] tar = tar(script);
        upload(tar);
        config.withObjectProperty("config").putArray("Entrypoint").add("/bin/entrypoint");
        config.withObjectProperty("rootfs").withArray("diff_ids").add(digest(tar));
        config.remove("history");
        byte[] configBytes = JSON.writeValueAsBytes(config);
        upload(configBytes);
        manifest.withObjectProperty("config").put("digest", digest(configBytes)).put("size", configBytes.length);
        manifest.withArray("layers")
                .addObject()
                .put("mediaType", "application/vnd.oci.image.layer.v1.tar")
                .put("digest", digest(tar))
                .put("size", tar.length);
        byte[] bytes = JSON.writeValueAsBytes(manifest);
        manifestDigest = digest(bytes);
        HttpResponse<byte[]> put = send(request(REPOSITORY + "/manifests/" + manifestDigest)
                .header("Content-Type", MANIFEST)
                .PUT(BodyPublishers.ofByteArray(bytes)));
        assertThat(put.statusCode()).isEqualTo(201);
    }

    static HookImage push(String script) throws IOException, InterruptedException {
        return new HookImage(script);
    }

    String reference() {
        return registry + "/" + REPOSITORY + "@" + manifestDigest;
    }

    private static byte[] tar(String script) throws IOException {
        byte[] content = script.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry("bin/entrypoint");
            entry.setMode(0100755);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private void mount(String digest) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                send(request(REPOSITORY + "/blobs/uploads/?mount=" + digest + "&from=" + BASE.replace("/", "%2F"))
                        .POST(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(201);
    }

    private void upload(byte[] blob) throws IOException, InterruptedException {
        HttpResponse<byte[]> begun =
                send(request(REPOSITORY + "/blobs/uploads/").POST(BodyPublishers.noBody()));
        String location = begun.headers().firstValue("Location").orElseThrow();
        String digest = URLEncoder.encode(digest(blob), StandardCharsets.UTF_8);
        URI uri = URI.create("http://" + registry + "/")
                .resolve(location + (location.contains("?") ? "&" : "?") + "digest=" + digest);
        HttpResponse<byte[]> done = send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(blob)));
        assertThat(done.statusCode()).isEqualTo(201);
    }

    private byte[] get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                send(request(path).header("Accept", MANIFEST).GET());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + registry + "/v2/" + path));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static ObjectNode json(byte[] bytes) throws IOException {
        return (ObjectNode) JSON.readTree(bytes);
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes the image; its repository stays empty. */
    @Override
    public void close() throws IOException {
        try {
            send(request(REPOSITORY + "/manifests/" + manifestDigest).DELETE());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
