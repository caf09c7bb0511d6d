package dev.mtc.transfer.testing;

import com.sun.net.httpserver.HttpExchange;
import dev.mtc.transfer.testing.FakeRegistry.Names;
import dev.mtc.transfer.testing.FakeRegistry.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers requests to a fake registry as the distribution specification says. */
final class RegistryRoutes {

    private static final Pattern PATH = Pattern.compile(
            "/v2/(?<repository>.+?)/(?<kind>manifests|blobs/uploads|blobs|tags|referrers)/(?<rest>[^/]*)");

    private final RegistryContent content;
    private final RegistryFaults faults;
    private final RegistryLog log;
    private final RegistryGuard guard;
    private final String host;
    private final String objectHost;
    private final ManifestRules rules;

    RegistryRoutes(
            RegistryContent content,
            RegistryFaults faults,
            RegistryLog log,
            RegistryGuard guard,
            String host,
            String objectHost) {
        this.content = content;
        this.faults = faults;
        this.log = log;
        this.guard = guard;
        this.host = host;
        this.objectHost = objectHost;
        this.rules = new ManifestRules(content);
    }

    /**
     * What a path is about.
     *
     * @param repository its repository
     * @param kind {@code manifests}, {@code blobs}, {@code blobs/uploads}, {@code tags} or {@code referrers}
     * @param rest tag, digest or upload
     */
    private record Route(String repository, String kind, String rest) {}

    void handle(HttpExchange exchange) throws IOException {
        Matcher matcher = PATH.matcher(exchange.getRequestURI().getPath());
        Route route = matcher.matches()
                ? new Route(matcher.group("repository"), matcher.group("kind"), matcher.group("rest"))
                : new Route("", "", "");
        RegistryCall call = new RegistryCall(exchange, log, operation(exchange, route));
        try {
            if (call.operation() != Operation.TOKEN && isRefused(call, route)) {
                return;
            }
            RegistryFaults.Fault fault = faults.next(call.operation(), size(call, route));
            if (fault instanceof RegistryFaults.Refuse refuse) {
                refuse(call, refuse);
            } else {
                dispatch(call, route, (RegistryFaults.Cut) fault);
            }
        } finally {
            exchange.close();
        }
    }

    private long size(RegistryCall call, Route route) {
        if (call.operation() == Operation.BLOB_GET) {
            byte[] blob = content.blob(route.repository(), route.rest());
            return blob == null ? 0 : blob.length;
        }
        String length = call.header("Content-Length");
        return call.operation() == Operation.UPLOAD_WRITE && length != null ? Long.parseLong(length) : Long.MAX_VALUE;
    }

    /** Serves blobs as the object store behind a registry. */
    void handleObject(HttpExchange exchange) throws IOException {
        RegistryCall call = new RegistryCall(exchange, log, Operation.OBJECT_GET);
        try {
            String[] parts = call.path().substring(1).split("@", -1);
            byte[] blob = content.blob(parts[0], parts[1]);
            RegistryFaults.Fault fault = faults.next(Operation.OBJECT_GET, blob == null ? 0 : blob.length);
            if (fault instanceof RegistryFaults.Refuse refuse) {
                refuse(call, refuse);
            } else {
                sendBlob(call, blob, (RegistryFaults.Cut) fault);
            }
        } finally {
            exchange.close();
        }
    }

    private static Operation operation(HttpExchange exchange, Route route) {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
        return switch (route.kind() + " " + method) {
            case "manifests HEAD" -> Operation.MANIFEST_HEAD;
            case "manifests GET" -> Operation.MANIFEST_GET;
            case "manifests PUT" -> Operation.MANIFEST_PUT;
            case "blobs HEAD" -> Operation.BLOB_HEAD;
            case "blobs GET" -> Operation.BLOB_GET;
            case "blobs/uploads POST", "blobs/uploads PATCH", "blobs/uploads PUT", "blobs/uploads GET" ->
                uploading(method, query, route.repository());
            case "tags GET" -> Operation.TAGS;
            case "referrers GET" -> Operation.REFERRERS;
            case " GET" -> other(path);
            case " POST" -> path.equals("/token") ? Operation.TOKEN : Operation.OTHER;
            default -> Operation.OTHER;
        };
    }

    private static Operation uploading(String method, String query, String repository) {
        boolean isMount = query.contains("mount=") && !query.endsWith("from=" + repository);
        return switch (method) {
            case "POST" -> isMount ? Operation.MOUNT : Operation.UPLOAD_START;
            case "GET" -> Operation.UPLOAD_STATUS;
            default -> Operation.UPLOAD_WRITE;
        };
    }

    private static Operation other(String path) {
        if (path.equals("/token")) {
            return Operation.TOKEN;
        }
        return path.equals("/v2/") ? Operation.PING : Operation.OTHER;
    }

    private boolean isRefused(RegistryCall call, Route route) throws IOException {
        boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
        String scope = route.repository().isEmpty() ? "" : "repository:" + route.repository() + ":";
        String needed = scope.isEmpty() ? "" : scope + (reads ? "pull" : "push");
        if (guard.admits(call.header("Authorization"), needed)) {
            return false;
        }
        call.body();
        call.set("WWW-Authenticate", guard.challenge(host, scope + (reads ? "pull" : "pull,push")));
        call.refuse(401, "UNAUTHORIZED", "authentication required");
        return true;
    }

    private static void refuse(RegistryCall call, RegistryFaults.Refuse refuse) throws IOException {
        call.body();
        if (refuse.retryAfter() != null) {
            call.set("Retry-After", "" + refuse.retryAfter().toSeconds());
        }
        call.refuse(refuse.status(), refuse.body());
    }

    private void dispatch(RegistryCall call, Route route, RegistryFaults.@Nullable Cut cut) throws IOException {
        Operation operation = call.operation();
        boolean cutsBody = operation == Operation.BLOB_GET || operation == Operation.UPLOAD_WRITE;
        if (cut != null && !cutsBody) {
            call.cut();
            return;
        }
        switch (operation) {
            case PING -> call.answer(200, "{}".getBytes(StandardCharsets.UTF_8));
            case TOKEN -> giveToken(call);
            case MANIFEST_HEAD, MANIFEST_GET -> sendManifest(call, route);
            case MANIFEST_PUT -> takeManifest(call, route);
            case BLOB_HEAD -> sendBlob(call, content.blob(route.repository(), route.rest()), null);
            case BLOB_GET -> getBlob(call, route, cut);
            case UPLOAD_START, MOUNT -> mountOrStartUpload(call, route);
            case UPLOAD_WRITE, UPLOAD_STATUS -> goOnWithUpload(call, route, cut);
            default -> others(call, route);
        }
    }

    /** For a GET as docker's token specification says, for a POST as its OAuth 2 token specification does. */
    private void giveToken(RegistryCall call) throws IOException {
        boolean isForm = call.method().equals("POST");
        Map<String, String> form = isForm ? call.form() : Map.of();
        if (isForm ? !guard.isGranted(form) : !guard.isPassword(call.header("Authorization"))) {
            call.refuse(401, "UNAUTHORIZED", "wrong login");
            return;
        }
        List<String> scopes = isForm ? List.of(form.getOrDefault("scope", "").split(" ", -1)) : call.queries("scope");
        String json = "{\"" + (isForm ? "access_token" : "token") + "\":\"" + guard.grant(scopes) + "\",\"expires_in\":"
                + RegistryGuard.TOKEN_SECONDS + "}";
        call.answer(200, json.getBytes(StandardCharsets.UTF_8));
    }

    private void sendManifest(RegistryCall call, Route route) throws IOException {
        RegistryContent.Manifest found = content.manifest(new Names(route.repository(), route.rest()));
        if (found == null) {
            call.refuse(404, "MANIFEST_UNKNOWN", "manifest unknown");
            return;
        }
        if (!faults.digestsOmitted()) {
            call.set("Docker-Content-Digest", found.digest());
        }
        call.set("Content-Type", found.mediaType()).answer(200, found.bytes());
    }

    private void takeManifest(RegistryCall call, Route route) throws IOException {
        byte[] bytes = call.body();
        String problem = rules.problem(route.repository(), route.rest(), bytes);
        if (problem != null) {
            call.refuse(400, "MANIFEST_INVALID", problem);
            return;
        }
        String type = Objects.requireNonNullElse(call.header("Content-Type"), "");
        String digest = content.putManifest(new Names(route.repository(), route.rest()), type, bytes);
        call.set("Location", call.path());
        call.set("Docker-Content-Digest", digest).answer(201);
    }

    private void getBlob(RegistryCall call, Route route, RegistryFaults.@Nullable Cut cut) throws IOException {
        byte[] blob = content.blob(route.repository(), route.rest());
        if (faults.redirectedForever()) {
            call.set("Location", call.path()).answer(307);
            return;
        }
        if (blob != null && faults.blobsRedirected()) {
            call.set("Location", "http://" + objectHost + "/" + route.repository() + "@" + route.rest())
                    .answer(307);
            return;
        }
        sendBlob(call, blob, cut);
    }

    private void sendBlob(RegistryCall call, byte @Nullable [] blob, RegistryFaults.@Nullable Cut cut)
            throws IOException {
        if (blob == null) {
            call.refuse(404, "BLOB_UNKNOWN", "blob unknown to registry");
            return;
        }
        long sent = cut == null ? Long.MAX_VALUE : cut.afterBytes();
        String range = call.header("Range");
        call.set("Content-Type", "application/octet-stream");
        if (range == null || faults.rangesIgnored() || !range.matches("bytes=[0-9]+-")) {
            call.answer(200, blob, sent);
            return;
        }
        int offset = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (offset >= blob.length) {
            call.refuse(416, "RANGE_INVALID", "range beyond the end");
            return;
        }
        call.set("Content-Range", "bytes " + offset + "-" + (blob.length - 1) + "/" + blob.length);
        call.answer(206, Arrays.copyOfRange(blob, offset, blob.length), sent);
    }

    private void startUpload(RegistryCall call, Route route) throws IOException {
        call.body();
        String id = content.startUpload();
        call.set("Location", "/v2/" + route.repository() + "/blobs/uploads/" + id + "?state=fake");
        call.set("Range", "0-0").answer(202);
    }

    private void mountOrStartUpload(RegistryCall call, Route route) throws IOException {
        String digest = call.query("mount");
        if (digest == null || !mount(call, route, digest)) {
            startUpload(call, route);
            return;
        }
        call.set("Location", "/v2/" + route.repository() + "/blobs/" + digest).answer(201);
    }

    private boolean mount(RegistryCall call, Route route, String digest) {
        String from = Objects.requireNonNullElse(call.query("from"), "");
        boolean allowed = guard.alsoAllows(call.header("Authorization"), "repository:" + from + ":pull");
        return allowed && !faults.mountsRefused() && content.mount(route.repository(), digest, from);
    }

    private void goOnWithUpload(RegistryCall call, Route route, RegistryFaults.@Nullable Cut cut) throws IOException {
        ByteArrayOutputStream upload = content.upload(route.rest());
        if (upload == null) {
            call.body();
            call.refuse(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
        } else if (call.operation() == Operation.UPLOAD_STATUS) {
            tellReached(call, upload).answer(204);
        } else if (cut == null) {
            takePart(call, route, upload);
        } else {
            upload.write(call.body(cut.afterBytes()));
            if (faults.cutUploadsLost()) {
                content.endUpload(route.rest());
            }
            call.cut();
        }
    }

    private static RegistryCall tellReached(RegistryCall call, ByteArrayOutputStream upload) {
        call.set("Location", call.path() + "?state=fake");
        return call.set("Range", "0-" + Math.max(0, upload.size() - 1));
    }

    private void takePart(RegistryCall call, Route route, ByteArrayOutputStream upload) throws IOException {
        String range = call.header("Content-Range");
        if (range != null && !range.startsWith(upload.size() + "-")) {
            call.body();
            tellReached(call, upload).refuse(416, "RANGE_INVALID", "the upload has " + upload.size() + " bytes");
            return;
        }
        byte[] part = call.body();
        if (call.method().equals("PATCH") && faults.partsRefused() > 0) {
            call.refuse(faults.partsRefused(), "UNSUPPORTED", "parts of blobs are not taken");
            return;
        }
        upload.write(part);
        if (call.method().equals("PATCH")) {
            tellReached(call, upload).answer(202);
            return;
        }
        finish(call, route, upload.toByteArray());
    }

    private void finish(RegistryCall call, Route route, byte[] blob) throws IOException {
        content.endUpload(route.rest());
        String digest = RegistryContent.digestOf(blob);
        if (!digest.equals(call.query("digest"))) {
            call.refuse(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
            return;
        }
        content.putBlob(route.repository(), blob);
        call.set("Location", "/v2/" + route.repository() + "/blobs/" + digest);
        call.set("Docker-Content-Digest", digest).answer(201);
    }

    /** Answers page by page, as asked. */
    private void sendTags(RegistryCall call, Route route) throws IOException {
        List<String> all = content.tags(route.repository());
        String last = call.query("last");
        List<String> tags = all.stream()
                .filter(tag -> last == null || tag.compareTo(last) > 0)
                .toList();
        String limit = call.query("n");
        if (limit != null && tags.size() > Integer.parseInt(limit)) {
            tags = tags.subList(0, Integer.parseInt(limit));
            call.set(
                    "Link",
                    "<" + call.path() + "?n=" + limit + "&last=" + tags.get(tags.size() - 1) + ">; rel=\"next\"");
        }
        String list = tags.isEmpty() ? "" : "\"" + String.join("\",\"", tags) + "\"";
        String json = "{\"name\":\"" + route.repository() + "\",\"tags\":[" + list + "]}";
        call.answer(200, json.getBytes(StandardCharsets.UTF_8));
    }

    private void sendReferrers(RegistryCall call, Route route) throws IOException {
        if (!faults.referrersKnown()) {
            call.refuse(404, "UNSUPPORTED", "page not found");
            return;
        }
        call.set("Content-Type", "application/vnd.oci.image.index.v1+json")
                .answer(200, content.referrers(route.repository(), route.rest()));
    }

    private void others(RegistryCall call, Route route) throws IOException {
        call.body();
        if (call.operation() == Operation.TAGS) {
            sendTags(call, route);
        } else if (call.operation() == Operation.REFERRERS) {
            sendReferrers(call, route);
        } else if (route.kind().equals("blobs/uploads") && call.method().equals("DELETE")) {
            content.endUpload(route.rest());
            call.answer(204);
        } else {
            call.refuse(404, "UNSUPPORTED", "the fake registry does not know this");
        }
    }
}
