package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Raw requests to an embedded cluster, to see what goes over the wire. */
final class Http {

    record Answer(int code, HttpResponse<String> raw) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(raw.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String message() {
            return json().path("message").asText();
        }
    }

    private final EmbeddedCluster cluster;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Http(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    Answer get(String path) {
        return send("GET", path, "application/json", "");
    }

    Answer getAs(String path, String accept) {
        return send(request(path).header("Accept", accept).GET().build());
    }

    Answer post(String path, String body) {
        return send("POST", path, "application/json", body);
    }

    Answer put(String path, String body) {
        return send("PUT", path, "application/json", body);
    }

    Answer patch(String path, String kind, String body) {
        return send("PATCH", path, "application/" + kind, body);
    }

    Answer apply(String path, String manager, String body) {
        String separator = path.contains("?") ? "&" : "?";
        return patch(path + separator + "fieldManager=" + manager, "apply-patch+yaml", body);
    }

    Answer delete(String path) {
        return delete(path, "");
    }

    Answer delete(String path, String body) {
        return send("DELETE", path, "application/json", body);
    }

    private Answer send(String method, String path, String contentType, String body) {
        return send(request(path)
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(cluster.url() + path)).header("User-Agent", "raw/1");
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
