package dev.mtc.engine.internal.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Cluster;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.OutcomeUnknownException;
import dev.mtc.api.Remedy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One cluster's API as JSON over paths. Retries what may be retried, in this one place, and turns every failure into a
 * {@link ClusterAccessException} that names cluster, verb and object. Thread-safe.
 */
public final class ApiServer implements AutoCloseable {

    /** The field manager of everything that mtc applies. */
    public static final String FIELD_MANAGER = "mtc";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ATTEMPTS = 6;
    private static final int PAGE = 500;

    enum Ownership {
        OURS,
        CALLER
    }

    private final String role;
    private final Cluster cluster;
    private final KubernetesClient client;
    private final Ownership ownership;
    private final String base;
    private final Retry retry;
    private volatile boolean givingUpEarly;
    private volatile @Nullable Failure unreachable;

    ApiServer(String role, Cluster cluster, KubernetesClient client, Ownership ownership) {
        this.role = role;
        this.cluster = cluster;
        this.client = client;
        this.ownership = ownership;
        this.base = client.getMasterUrl().toString().replaceFirst("/+$", "");
        this.retry = Retry.of(
                "api-server",
                RetryConfig.custom()
                        .maxAttempts(MAX_ATTEMPTS)
                        .retryOnException(
                                e -> e instanceof Failure failure && failure.mayPass() && !isHopeless(failure))
                        .intervalBiFunction(
                                (attempt, outcome) -> outcome.isLeft() && outcome.getLeft() instanceof Failure failure
                                        ? failure.pauseMillis(attempt)
                                        : 0L)
                        .build());
    }

    /** {@return what it is to a migration: source, target or host} */
    public String role() {
        return role;
    }

    /** {@return the cluster's description} */
    public Cluster cluster() {
        return cluster;
    }

    /** {@return the client beneath, for streams and typed calls; closed with this} */
    public KubernetesClient client() {
        return client;
    }

    /**
     * From here on a server that does not answer is not waited for again and again: once it was tried in vain, every call
     * fails at once until {@link #tryAnew}.
     */
    public void giveUpEarly() {
        givingUpEarly = true;
    }

    /** Forgets that the server did not answer. */
    public void tryAnew() {
        unreachable = null;
    }

    /** {@return whether the server is given up} */
    public boolean isGivenUp() {
        return unreachable != null;
    }

    private boolean isHopeless(Failure failure) {
        return givingUpEarly && failure.tookLong();
    }

    /** {@return what is at a path, empty if there is nothing} */
    public Optional<ObjectNode> find(String path) {
        try {
            return Optional.of(get(path));
        } catch (ClusterAccessException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** {@return what is at a path} */
    public ObjectNode get(String path) {
        return send("GET", path, null, null);
    }

    /** {@return whether it serves a kind in that very version, by what it lists now} */
    public boolean serves(ResourceType type) {
        return find(type.versionPath())
                .map(list -> list.path("resources").findValuesAsText("name").contains(type.plural()))
                .orElse(false);
    }

    /**
     * {@return what is at a path, read within a time, however often it is tried until then}
     *
     * @param path the path
     * @param limit how long to wait for the answer
     */
    public ObjectNode get(String path, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        LongSupplier left = () -> TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        Retry within = Retry.of(
                "api-server-within",
                RetryConfig.custom()
                        .maxAttempts(MAX_ATTEMPTS)
                        .retryOnException(
                                e -> e instanceof Failure failure && failure.mayPass() && left.getAsLong() > 0)
                        .intervalBiFunction((attempt, outcome) -> Math.min(
                                Math.max(0, left.getAsLong()),
                                outcome.isLeft() && outcome.getLeft() instanceof Failure failure
                                        ? failure.pauseMillis(attempt)
                                        : 0L))
                        .build());
        try {
            return within.executeSupplier(() -> attempt("GET", path, null, null, Math.max(1, left.getAsLong())));
        } catch (Failure failure) {
            throw failure.toException(this, "GET", path);
        }
    }

    /** {@return all objects of a collection that match a label selector (empty for all), read in pages} */
    public List<ObjectNode> list(String collection, String labelSelector) {
        List<ObjectNode> all = new ArrayList<>();
        String next = "";
        do {
            ObjectNode page = page(collection, labelSelector, next, PAGE);
            page.path("items").forEach(item -> all.add((ObjectNode) item));
            next = page.path("metadata").path("continue").asText("");
        } while (!next.isEmpty());
        return all;
    }

    /**
     * {@return one page of a collection, a List object}
     *
     * @param collection its path
     * @param labelSelector which objects; all if empty
     * @param continueToken of the page before, empty for the first
     * @param limit how many objects at most
     */
    public ObjectNode page(String collection, String labelSelector, String continueToken, int limit) {
        StringBuilder path = new StringBuilder(collection).append("?limit=").append(limit);
        if (!labelSelector.isEmpty()) {
            path.append("&labelSelector=").append(URLEncoder.encode(labelSelector, StandardCharsets.UTF_8));
        }
        if (!continueToken.isEmpty()) {
            path.append("&continue=").append(URLEncoder.encode(continueToken, StandardCharsets.UTF_8));
        }
        return get(path.toString());
    }

    /** Creates an object in a collection. */
    public ObjectNode create(String collection, ObjectNode object) {
        return send("POST", collection + "?fieldManager=" + FIELD_MANAGER, "application/json", object.toString());
    }

    /**
     * Replaces an object; fails with 409 if it carries another resourceVersion than the newest. That may be the one that an
     * earlier try made whose answer was lost.
     */
    public ObjectNode replace(String path, ObjectNode object) {
        return send("PUT", path, "application/json", object.toString());
    }

    /** Makes or changes an object by server-side apply, taking over fields of other managers. */
    public ObjectNode apply(String path, ObjectNode object) {
        return send(
                "PATCH",
                path + "?fieldManager=" + FIELD_MANAGER + "&force=true",
                "application/apply-patch+yaml",
                object.toString());
    }

    /** Changes an object by a JSON merge patch (RFC 7386). */
    public ObjectNode merge(String path, ObjectNode patch) {
        return send("PATCH", path + "?fieldManager=" + FIELD_MANAGER, "application/merge-patch+json", patch.toString());
    }

    /** Deletes an object if there is one, and what it owns in the background. */
    public void delete(String path) {
        delete(path, "Background");
    }

    /** Deletes an object if there is one; it is gone when what it owns is. */
    public void deleteLast(String path) {
        delete(path, "Foreground");
    }

    private void delete(String path, String propagation) {
        try {
            send("DELETE", path + "?propagationPolicy=" + propagation, null, null);
        } catch (ClusterAccessException e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }

    private ObjectNode send(String verb, String path, @Nullable String contentType, @Nullable String body) {
        Failure known = unreachable;
        if (known != null) {
            throw known.stillThere().toException(this, verb, path);
        }
        try {
            return retry.executeSupplier(() -> attempt(verb, path, contentType, body, Long.MAX_VALUE));
        } catch (Failure failure) {
            if (givingUpEarly && failure.isNoAnswer()) {
                unreachable = failure;
            }
            throw failure.toException(this, verb, path);
        }
    }

    private ObjectNode attempt(
            String verb, String path, @Nullable String contentType, @Nullable String body, long limitMillis) {
        HttpRequest.Builder request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(base + path))
                .header("Accept", "application/json");
        if (body != null && contentType != null) {
            request.method(verb, contentType, body);
        } else if (verb.equals("DELETE")) {
            request.delete("application/json", "");
        }
        HttpResponse<byte[]> response = answer(verb, request.build(), limitMillis);
        byte[] answer = response.body() == null ? new byte[0] : response.body();
        if (!response.isSuccessful()) {
            throw Failure.answer(verb, response.code(), response.header("Retry-After"), answer);
        }
        return parse(verb, answer);
    }

    private HttpResponse<byte[]> answer(String verb, HttpRequest request, long limitMillis) {
        CompletableFuture<HttpResponse<byte[]>> asked = client.getHttpClient().sendAsync(request, byte[].class);
        CompletableFuture<HttpResponse<byte[]>> answer =
                limitMillis == Long.MAX_VALUE ? asked : asked.orTimeout(limitMillis, TimeUnit.MILLISECONDS);
        long begin = System.nanoTime();
        try {
            return answer.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw Failure.noAnswer(
                    verb,
                    cause instanceof TimeoutException
                            ? new SocketTimeoutException("no answer within " + limitMillis + " ms")
                            : cause,
                    Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private static ObjectNode parse(String verb, byte[] answer) {
        try {
            if (JSON.readTree(new String(answer, StandardCharsets.UTF_8)) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw Failure.garbled(verb, e);
        }
        throw Failure.garbled(verb, null);
    }

    @Override
    public void close() {
        if (ownership == Ownership.OURS) {
            client.close();
        }
    }

    @Override
    public String toString() {
        return role + " cluster " + cluster.name() + " (" + base + ")";
    }

    /** One failed attempt. */
    private static final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1;
        private static final Map<String, String> FIXES = Map.of(
                "401", "check the token or certificate of the cluster, it is not accepted",
                "403", "give the account that right, or use another account",
                "404", "check that the object, its namespace and its kind exist there",
                "409", "someone else changed or made it meanwhile; look at it and run again",
                "422", "the object is not valid there; change it with a transform or exclude it");

        private static final Duration LONG = Duration.ofSeconds(1);

        private final boolean safeToRepeat;
        private final int status;
        private final long retryAfterSeconds;
        private @Nullable Duration silence;

        private Failure(
                boolean safeToRepeat, int status, long retryAfterSeconds, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.safeToRepeat = safeToRepeat;
            this.status = status;
            this.retryAfterSeconds = retryAfterSeconds;
        }

        static Failure noAnswer(String verb, Throwable cause, Duration took) {
            boolean neverSent = cause instanceof ConnectException || cause instanceof UnknownHostException;
            Failure failure = new Failure(neverSent || !verb.equals("POST"), 0, 0, Connections.firstLine(cause), cause);
            failure.silence = took;
            return failure;
        }

        /** {@return the failure of a call that was not sent because of this one} */
        Failure stillThere() {
            return new Failure(true, 0, 0, "it did not answer before: " + getMessage(), getCause());
        }

        boolean isNoAnswer() {
            return silence != null;
        }

        /** {@return whether trying again would take long and hardly help} */
        boolean tookLong() {
            return silence != null && silence.compareTo(LONG) > 0;
        }

        static Failure answer(String verb, int status, @Nullable String retryAfter, byte[] body) {
            long pause = retryAfter != null && retryAfter.matches("[0-9]{1,4}") ? Long.parseLong(retryAfter) : 0;
            boolean refusedUntouched = status == 429 || status == 503;
            return new Failure(refusedUntouched || !verb.equals("POST"), status, pause, reason(status, body), null);
        }

        static Failure garbled(String verb, @Nullable Throwable cause) {
            return new Failure(!verb.equals("POST"), 0, 0, "the answer is not a JSON object", cause);
        }

        private static String reason(int status, byte[] body) {
            String text = new String(body, StandardCharsets.UTF_8);
            try {
                String message = JSON.readTree(text).path("message").asText("");
                return message.isEmpty() ? "HTTP " + status : message;
            } catch (JsonProcessingException e) {
                return "HTTP " + status + " " + text.lines().findFirst().orElse("");
            }
        }

        boolean mayPass() {
            boolean transientStatus =
                    status == 429 || (status == 500 && !isUntyped()) || status == 502 || status == 503 || status == 504;
            return safeToRepeat && (status == 0 ? !isPermanent(getCause()) : transientStatus);
        }

        /** Servers before 1.21 answer 500 to an applied list that repeats or lacks its key; that never passes. */
        private boolean isUntyped() {
            return String.valueOf(getMessage()).contains("failed to create typed patch");
        }

        private static boolean isPermanent(@Nullable Throwable cause) {
            for (Throwable t = cause; t != null; t = t.getCause()) {
                if (t instanceof UnknownHostException || t instanceof javax.net.ssl.SSLHandshakeException) {
                    return true;
                }
            }
            return false;
        }

        long pauseMillis(int attempt) {
            return retryAfterSeconds > 0 ? retryAfterSeconds * 1000 : Math.min(2_000L, 50L << Math.min(attempt, 10));
        }

        RuntimeException toException(ApiServer server, String verb, String path) {
            String what = "Tried to " + verb + " " + path.replaceFirst("\\?.*", "") + " on the " + server + ", but "
                    + getMessage();
            if (status == 0 && !safeToRepeat) {
                return new OutcomeUnknownException(what + "; the answer was lost, so look whether it happened", this);
            }
            if (status == 0) {
                String fix = isPermanent(getCause())
                        ? "check the cluster's URL and certificate authority"
                        : "check that the API server runs and can be reached from here";
                Remedy remedy = isPermanent(getCause()) ? Remedy.FIX_INPUT : Remedy.RETRY;
                return new ClusterAccessException(remedy, what + "; " + fix, 0, this);
            }
            String fix = FIXES.get(String.valueOf(status));
            Remedy remedy = fix == null ? Remedy.RETRY : Remedy.FIX_INPUT;
            return new ClusterAccessException(
                    remedy, what + "; " + (fix == null ? "try again later" : fix), status, this);
        }
    }
}
