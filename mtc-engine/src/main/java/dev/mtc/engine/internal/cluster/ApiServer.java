package dev.mtc.engine.internal.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Cluster;
import dev.mtc.api.ClusterAccessException;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
    private static final int MAX_ATTEMPTS_BUSY = 40;
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
    private final Pace pace = Pace.unknown();
    private final Retry retry;
    private final Retry retryUnlessAdmissionFails;
    private final Retry retryWhileBusy;
    private volatile boolean givingUpEarly;
    private volatile @Nullable RequestFailure unreachable;

    ApiServer(String role, Cluster cluster, KubernetesClient client, Ownership ownership) {
        this.role = role;
        this.cluster = cluster;
        this.client = client;
        this.ownership = ownership;
        this.base = client.getMasterUrl().toString().replaceFirst("/+$", "");
        this.retry = retry(MAX_ATTEMPTS, failure -> failure.mayPass() && !failure.isBusy());
        this.retryUnlessAdmissionFails =
                retry(MAX_ATTEMPTS, failure -> failure.mayPass() && !failure.isBusy() && !failure.isOfAdmission());
        this.retryWhileBusy = retry(MAX_ATTEMPTS_BUSY, failure -> failure.isBusy() && !givingUpEarly);
    }

    private Retry retry(int attempts, Predicate<RequestFailure> mayPass) {
        return Retry.of(
                "api-server",
                RetryConfig.custom()
                        .maxAttempts(attempts)
                        .retryOnException(e ->
                                e instanceof RequestFailure failure && mayPass.test(failure) && !isHopeless(failure))
                        .intervalBiFunction((attempt, outcome) ->
                                outcome.isLeft() && outcome.getLeft() instanceof RequestFailure failure
                                        ? failure.pauseMillis(attempt)
                                        : 0L)
                        .build());
    }

    /** {@return how many writes at a time the server bears, as seen so far} */
    public Pace pace() {
        return pace;
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

    private boolean isHopeless(RequestFailure failure) {
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
                                e -> e instanceof RequestFailure failure && failure.mayPass() && left.getAsLong() > 0)
                        .intervalBiFunction((attempt, outcome) -> Math.min(
                                Math.max(0, left.getAsLong()),
                                outcome.isLeft() && outcome.getLeft() instanceof RequestFailure failure
                                        ? failure.pauseMillis(attempt)
                                        : 0L))
                        .build());
        try {
            return within.executeSupplier(
                    () -> parse("GET", attempt("GET", path, null, null, Math.max(1, left.getAsLong()))));
        } catch (RequestFailure failure) {
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

    /** Has the server say whether it would create an object in a collection; none is made. */
    public void tryCreate(String collection, ObjectNode object) {
        send("POST", collection + "?dryRun=All&fieldManager=" + FIELD_MANAGER, "application/json", object.toString());
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

    /**
     * Makes one of many objects; fails with 409 if it is there. The answer is not read, and where an admission webhook cannot be
     * reached it fails at once, since there is other work to do meanwhile.
     *
     * @param collection where
     * @param object the object
     */
    public void createOneOfMany(String collection, ObjectNode object) {
        sendOneOfMany("POST", collection + "?fieldManager=" + FIELD_MANAGER, "application/json", object);
    }

    /**
     * Changes one of many objects by server-side apply, taking over fields of other managers, under the same terms as
     * {@link #createOneOfMany}.
     *
     * @param path which object
     * @param object what it shall have
     */
    public void applyOneOfMany(String path, ObjectNode object) {
        String query = "?fieldManager=" + FIELD_MANAGER + "&force=true";
        sendOneOfMany("PATCH", path + query, "application/apply-patch+yaml", object);
    }

    /** Changes one of many objects by a JSON merge patch, under the same terms as {@link #createOneOfMany}. */
    public void mergeOneOfMany(String path, ObjectNode patch) {
        sendOneOfMany("PATCH", path + "?fieldManager=" + FIELD_MANAGER, "application/merge-patch+json", patch);
    }

    private void sendOneOfMany(String verb, String path, String contentType, ObjectNode object) {
        guarded(
                verb,
                path,
                () -> retryUnlessAdmissionFails.executeSupplier(
                        () -> attempt(verb, path, contentType, object.toString(), Long.MAX_VALUE)));
    }

    /** {@return whether a call failed only because an admission webhook could not be asked} */
    public static boolean isAdmissionOutage(ClusterAccessException failure) {
        return RequestFailure.isAdmissionOutage(failure.status(), failure.getMessage());
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

    /** Deletes a pod if there is one, and gives it this time to end, whatever it asks for. Never none: it would run on unseen. */
    public void deleteWithin(String path, Duration grace) {
        delete(path, "Background&gracePeriodSeconds=" + Math.max(1, grace.toSeconds()));
    }

    /**
     * Deletes an object if it is still as it was read; fails with 409 if it is not.
     *
     * @param path which object
     * @param read the object as it was read
     * @param propagation what becomes of what it owns
     */
    public void deleteAsRead(String path, ObjectNode read, DeletionPropagation propagation) {
        JsonNode metadata = read.path("metadata");
        ObjectNode options = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "DeleteOptions");
        options.put("propagationPolicy", propagation.toString());
        ObjectNode preconditions = options.putObject("preconditions");
        preconditions.set("uid", metadata.path("uid"));
        preconditions.set("resourceVersion", metadata.path("resourceVersion"));
        unlessGone(() -> send("DELETE", path, "application/json", options.toString()));
    }

    private void delete(String path, String propagation) {
        unlessGone(() -> send("DELETE", path + "?propagationPolicy=" + propagation, null, null));
    }

    private static void unlessGone(Runnable deletion) {
        try {
            deletion.run();
        } catch (ClusterAccessException e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }

    private ObjectNode send(String verb, String path, @Nullable String contentType, @Nullable String body) {
        return guarded(
                verb,
                path,
                () -> retry.executeSupplier(() -> parse(verb, attempt(verb, path, contentType, body, Long.MAX_VALUE))));
    }

    private <T> T guarded(String verb, String path, Supplier<T> call) {
        RequestFailure known = unreachable;
        if (known != null) {
            throw known.stillThere().toException(this, verb, path);
        }
        try {
            return retryWhileBusy.executeSupplier(call);
        } catch (RequestFailure failure) {
            if (givingUpEarly && failure.isNoAnswer()) {
                unreachable = failure;
            }
            throw failure.toException(this, verb, path);
        }
    }

    private byte[] attempt(
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
        long sent = pace.sent();
        HttpResponse<byte[]> response = answer(verb, request.build(), limitMillis);
        byte[] answer = response.body() == null ? new byte[0] : response.body();
        if (response.code() == RequestFailure.TOO_MANY) {
            pace.refused(sent);
        } else if (body != null) {
            pace.answered(sent);
        }
        if (!response.isSuccessful()) {
            throw RequestFailure.answer(verb, response.code(), response.header("Retry-After"), answer);
        }
        return answer;
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
            throw RequestFailure.noAnswer(
                    verb,
                    cause instanceof TimeoutException
                            ? new SocketTimeoutException("no answer within " + limitMillis + " ms")
                            : cause,
                    Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private static ObjectNode parse(String verb, byte[] answer) {
        try {
            if (JSON.readTree(answer) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw RequestFailure.garbled(verb, e);
        }
        throw RequestFailure.garbled(verb, null);
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
}
