package dev.mtc.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An image for two platforms in registry A, made of the test bed's busybox: one runs, the other only says that it is for arm64. */
final class TwoPlatformImage {

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFESTS =
            "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";
    private static final String BASE = "shop/busybox";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String registry = "http://" + RealClusters.env("MTC_REGISTRY_A") + "/v2/";
    private final String repository;
    private String amd64 = "";
    private String index = "";

    private TwoPlatformImage(String repository) {
        this.repository = repository;
    }

    /** Pushes it with tag 1. */
    static TwoPlatformImage push(String repository) {
        TwoPlatformImage image = new TwoPlatformImage(repository);
        image.pushAll();
        return image;
    }

    /** {@return the digest of the manifest that runs} */
    String amd64() {
        return amd64;
    }

    /** {@return the digest of all of it} */
    String index() {
        return index;
    }

    private void pushAll() {
        byte[] base = get(BASE + "/manifests/1");
        ObjectNode manifest = (ObjectNode) parse(base);
        String type = manifest.path("mediaType").asText();
        for (JsonNode layer : manifest.path("layers")) {
            mount(layer.path("digest").asText());
        }
        String config = manifest.path("config").path("digest").asText();
        mount(config);
        amd64 = putManifest(digest(base), type, base);
        String arm = new String(get(BASE + "/blobs/" + config), StandardCharsets.UTF_8).replace("amd64", "arm64");
        byte[] armConfig = arm.getBytes(StandardCharsets.UTF_8);
        upload(armConfig);
        ((ObjectNode) manifest.path("config")).put("digest", digest(armConfig)).put("size", armConfig.length);
        byte[] armManifest = manifest.toString().getBytes(StandardCharsets.UTF_8);
        putManifest(digest(armManifest), type, armManifest);
        ObjectNode list = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX);
        entry(list, type, base, "amd64");
        entry(list, type, armManifest, "arm64");
        index = putManifest("1", INDEX, list.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void entry(ObjectNode list, String type, byte[] manifest, String architecture) {
        list.withArray("manifests")
                .addObject()
                .put("mediaType", type)
                .put("digest", digest(manifest))
                .put("size", manifest.length)
                .putObject("platform")
                .put("os", "linux")
                .put("architecture", architecture);
    }

    /** Attaches what cosign calls a signature. */
    void sign() {
        byte[] base = get(BASE + "/manifests/1");
        putManifest(
                index.replace(':', '-') + ".sig", parse(base).path("mediaType").asText(), base);
    }

    private void mount(String digest) {
        send(
                "POST",
                repository + "/blobs/uploads/?mount=" + digest + "&from=" + BASE,
                "",
                BodyPublishers.noBody(),
                201);
    }

    private void upload(byte[] blob) {
        HttpResponse<byte[]> begun = send("POST", repository + "/blobs/uploads/", "", BodyPublishers.noBody(), 202);
        String location = begun.headers().firstValue("Location").orElseThrow();
        URI place = URI.create(registry).resolve(location);
        URI end = URI.create(place + (place.getQuery() == null ? "?" : "&") + "digest=" + digest(blob));
        send(end, "PUT", "application/octet-stream", BodyPublishers.ofByteArray(blob), 201);
    }

    private String putManifest(String reference, String type, byte[] manifest) {
        send("PUT", repository + "/manifests/" + reference, type, BodyPublishers.ofByteArray(manifest), 201);
        return digest(manifest);
    }

    private byte[] get(String path) {
        return send("GET", path, "", BodyPublishers.noBody(), 200).body();
    }

    private HttpResponse<byte[]> send(String method, String path, String type, BodyPublisher body, int expected) {
        return send(URI.create(registry + path), method, type, body, expected);
    }

    private HttpResponse<byte[]> send(URI uri, String method, String type, BodyPublisher body, int expected) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(method, body).header("Accept", MANIFESTS);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).as(method + " " + uri).isEqualTo(expected);
            return response;
        } catch (IOException e) {
            throw new AssertionError(method + " " + uri + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
