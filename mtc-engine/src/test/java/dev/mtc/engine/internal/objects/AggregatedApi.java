package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API of another server than Kubernetes' own, with one namespaced kind, Memo, kept in memory. As small ones do, it knows neither
 * watches nor server-side apply.
 */
final class AggregatedApi implements HttpHandler {

    static final String GROUP = "memos.mtc-round-trip.example";
    static final String VERSION = "/apis/" + GROUP + "/v1";

    private static final Pattern PLACE = Pattern.compile(VERSION + "(?:/namespaces/([^/]+))?/memos(?:/([^/]+))?");

    private final Map<String, ObjectNode> memos = new ConcurrentSkipListMap<>();
    private final AtomicLong versions = new AtomicLong();

    /** {@return the object that makes it known to an API server} */
    static String registration(String namespace, String service, ExtensionServer server) {
        return """
                apiVersion: apiregistration.k8s.io/v1
                kind: APIService
                metadata: {name: v1.%s}
                spec:
                  group: %s
                  version: v1
                  groupPriorityMinimum: 100
                  versionPriority: 10
                  caBundle: %s
                  service: {namespace: %s, name: %s, port: %d}
                """
                .formatted(GROUP, GROUP, server.authority(), namespace, service, server.port());
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Matcher place = PLACE.matcher(path);
            if (path.equals(VERSION)) {
                ExtensionServer.answer(exchange, 200, resources());
            } else if (!place.matches()) {
                refuse(exchange, 404, "NotFound");
            } else if (place.group(2) == null) {
                collection(exchange, place.group(1));
            } else {
                single(exchange, place.group(1) + "/" + place.group(2));
            }
        }
    }

    private static ObjectNode resources() {
        return Yaml.object(
                """
                apiVersion: v1
                kind: APIResourceList
                groupVersion: %s/v1
                resources:
                - {name: memos, singularName: memo, kind: Memo, namespaced: true, verbs: [create, delete, deletecollection, get, list, patch]}
                """
                        .formatted(GROUP));
    }

    private void collection(HttpExchange exchange, String namespace) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            ObjectNode memo = ExtensionServer.body(exchange);
            memo.withObjectProperty("metadata")
                    .put("namespace", namespace)
                    .put("uid", UUID.randomUUID().toString())
                    .put("creationTimestamp", Instant.now().toString());
            boolean taken =
                    memos.putIfAbsent(namespace + "/" + Json.text(memo, "metadata", "name"), touched(memo)) != null;
            if (taken) {
                refuse(exchange, 409, "AlreadyExists");
            } else {
                ExtensionServer.answer(exchange, 201, memo);
            }
            return;
        }
        if (exchange.getRequestMethod().equals("DELETE")) {
            memos.keySet().removeIf(key -> key.startsWith(namespace + "/"));
        }
        ObjectNode list = Json.newObject().put("apiVersion", GROUP + "/v1").put("kind", "MemoList");
        list.putObject("metadata").put("resourceVersion", String.valueOf(versions.get()));
        list.putArray("items");
        memos.forEach((key, memo) -> {
            if (namespace == null || key.startsWith(namespace + "/")) {
                list.withArray("items").add(memo);
            }
        });
        ExtensionServer.answer(exchange, 200, list);
    }

    private void single(HttpExchange exchange, String key) throws IOException {
        ObjectNode memo = exchange.getRequestMethod().equals("DELETE") ? memos.remove(key) : memos.get(key);
        if (memo == null) {
            refuse(exchange, 404, "NotFound");
        } else if (exchange.getRequestMethod().equals("PATCH")) {
            patch(exchange, key, memo.deepCopy());
        } else {
            ExtensionServer.answer(exchange, 200, memo);
        }
    }

    private void patch(HttpExchange exchange, String key, ObjectNode memo) throws IOException {
        if (!exchange.getRequestHeaders().getFirst("Content-Type").equals("application/merge-patch+json")) {
            refuse(exchange, 415, "UnsupportedMediaType");
            return;
        }
        merge(memo, ExtensionServer.body(exchange));
        memos.put(key, touched(memo));
        ExtensionServer.answer(exchange, 200, memo);
    }

    private static void merge(ObjectNode into, ObjectNode patch) {
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                into.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode part && into.get(field.getKey()) instanceof ObjectNode) {
                merge(into.withObjectProperty(field.getKey()), part);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    private ObjectNode touched(ObjectNode memo) {
        memo.withObjectProperty("metadata").put("resourceVersion", String.valueOf(versions.incrementAndGet()));
        return memo;
    }

    private static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
        ObjectNode answer = Json.newObject()
                .put("apiVersion", "v1")
                .put("kind", "Status")
                .put("status", "Failure")
                .put("reason", reason)
                .put("message", exchange.getRequestURI() + ": " + reason)
                .put("code", status);
        ExtensionServer.answer(exchange, status, answer);
    }
}
