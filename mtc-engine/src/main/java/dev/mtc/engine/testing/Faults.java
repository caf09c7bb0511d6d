package dev.mtc.engine.testing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The switches that make an {@link EmbeddedCluster} fail. A verb is an HTTP method in upper case ({@code PATCH}), a
 * Kubernetes verb in lower case ({@code deletecollection}), or {@code *} for all; a resource is named in the plural, or
 * {@code *} for all. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class Faults {

    /** What a fault asks of the request. */
    record Request(String method, String verb, String resource) {

        private boolean matches(String wantedVerb, String wantedResource) {
            boolean named = wantedVerb.equals("*") || wantedVerb.equals(method) || wantedVerb.equals(verb);
            return named && (wantedResource.equals("*") || wantedResource.equals(resource));
        }
    }

    /** What happens to a request. */
    enum Fate {
        SERVED,
        CUT,
        ANSWER_LOST
    }

    private record Failure(String verb, String resource, int status, Duration retryAfter, AtomicInteger left) {}

    private record Delay(String verb, String resource, Duration length) {}

    private record Outage(String resource, long endNanos) {}

    private record Loss(String verb, String resource, AtomicInteger left) {}

    private final List<Failure> failures = new CopyOnWriteArrayList<>();
    private final List<Delay> delays = new CopyOnWriteArrayList<>();
    private final List<Loss> losses = new CopyOnWriteArrayList<>();
    private final List<Outage> outages = new CopyOnWriteArrayList<>();
    private final Set<String> groupsDown = ConcurrentHashMap.newKeySet();
    private final AtomicInteger untilCut = new AtomicInteger(-1);
    private final CountDownLatch closed;

    Faults(CountDownLatch closed) {
        this.closed = closed;
    }

    /**
     * Lets the next matching requests fail without effect.
     *
     * @param verb the verb
     * @param resource the resource
     * @param times how many requests
     * @param httpStatus the status to answer, 400 to 599
     * @return this
     */
    public Faults failNext(String verb, String resource, int times, int httpStatus) {
        if (httpStatus < 400 || httpStatus > 599) {
            throw new IllegalArgumentException("A failure's status is between 400 and 599, not " + httpStatus);
        }
        failures.add(new Failure(
                Objects.requireNonNull(verb),
                Objects.requireNonNull(resource),
                httpStatus,
                Duration.ZERO,
                new AtomicInteger(times)));
        return this;
    }

    /**
     * Lets all matching requests wait before they are served.
     *
     * @param verb the verb
     * @param resource the resource
     * @param delay how long
     * @return this
     */
    public Faults delay(String verb, String resource, Duration delay) {
        delays.add(new Delay(Objects.requireNonNull(verb), Objects.requireNonNull(resource), delay));
        return this;
    }

    /**
     * Serves some requests more, then cuts the connection of the next one, once, without effect or answer.
     *
     * @param requests how many are served before
     * @return this
     */
    public Faults dropConnectionAfter(int requests) {
        untilCut.set(requests);
        return this;
    }

    /**
     * Does what the next matching requests ask for and cuts their connections instead of an answer.
     *
     * @param verb the verb
     * @param resource the resource
     * @param times how many requests
     * @return this
     */
    public Faults loseAnswer(String verb, String resource, int times) {
        losses.add(new Loss(Objects.requireNonNull(verb), Objects.requireNonNull(resource), new AtomicInteger(times)));
        return this;
    }

    /**
     * Answers the next requests, whatever they are for, with 429.
     *
     * @param times how many requests
     * @param retryAfter what the client is told to wait, in whole seconds
     * @return this
     */
    public Faults throttleNext(int times, Duration retryAfter) {
        failures.add(new Failure("*", "*", 429, retryAfter, new AtomicInteger(times)));
        return this;
    }

    /**
     * Refuses writes for a time as if an admission webhook's pod could not be reached.
     *
     * @param resource the resource
     * @param length from now on
     * @return this
     */
    public Faults webhookDown(String resource, Duration length) {
        outages.add(new Outage(Objects.requireNonNull(resource), System.nanoTime() + length.toNanos()));
        return this;
    }

    /**
     * Answers 503 to everything in an API group, as if its aggregated server were down.
     *
     * @param group the group's name
     * @return this
     */
    public Faults groupDown(String group) {
        groupsDown.add(Objects.requireNonNull(group));
        return this;
    }

    /** Takes all faults back. */
    public void clear() {
        outages.clear();
        groupsDown.clear();
        failures.clear();
        delays.clear();
        losses.clear();
        untilCut.set(-1);
    }

    /** Waits as long as the request shall, and decides whether it is served. */
    Fate meet(Request request) throws InterruptedException {
        for (Delay delay : delays) {
            if (request.matches(delay.verb(), delay.resource())) {
                closed.await(delay.length().toNanos(), TimeUnit.NANOSECONDS);
            }
        }
        if (untilCut.get() >= 0 && untilCut.getAndDecrement() == 0) {
            return Fate.CUT;
        }
        boolean lost = losses.stream().anyMatch(l -> request.matches(l.verb(), l.resource()) && take(l.left()));
        return lost ? Fate.ANSWER_LOST : Fate.SERVED;
    }

    /** {@return the failure of a path's API group, if it is down} */
    @Nullable
    HttpResponse failure(List<String> steps) {
        boolean inGroup = steps.size() >= 3 && steps.get(0).equals("apis");
        if (inGroup && groupsDown.contains(steps.get(1))) {
            return answer(503, ApiError.of(503, "ServiceUnavailable", "error trying to reach service: no endpoints"));
        }
        return null;
    }

    /** {@return the failure that the request meets, if any} */
    @Nullable
    HttpResponse failure(Request request) {
        boolean write = Set.of("POST", "PUT", "PATCH").contains(request.method());
        for (Outage outage : outages) {
            if (write && request.matches("*", outage.resource()) && System.nanoTime() - outage.endNanos() < 0) {
                String message = "Internal error occurred: failed calling webhook \"check.example.com\": "
                        + "connect: connection refused";
                return answer(500, ApiError.of(500, "InternalError", message));
            }
        }
        for (Failure failure : failures) {
            if (request.matches(failure.verb(), failure.resource()) && take(failure.left())) {
                return answer(failure);
            }
        }
        return null;
    }

    private static boolean take(AtomicInteger left) {
        return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    private static HttpResponse answer(int status, ApiError error) {
        return new HttpResponse.Whole(status, "application/json", HttpResponse.bytes(error.status()), Duration.ZERO);
    }

    private static HttpResponse answer(Failure failure) {
        String reason =
                switch (failure.status()) {
                    case 401 -> "Unauthorized";
                    case 403 -> "Forbidden";
                    case 404 -> "NotFound";
                    case 409 -> "Conflict";
                    case 410 -> "Expired";
                    case 422 -> "Invalid";
                    case 429 -> "TooManyRequests";
                    case 503 -> "ServiceUnavailable";
                    case 504 -> "Timeout";
                    default -> failure.status() < 500 ? "BadRequest" : "InternalError";
                };
        ApiError error = ApiError.of(failure.status(), reason, "a fault switch of the embedded cluster is on");
        if (!failure.retryAfter().isZero()) {
            error.retryAfterSeconds(failure.retryAfter().toSeconds());
        }
        byte[] body = HttpResponse.bytes(error.status());
        return new HttpResponse.Whole(failure.status(), "application/json", body, failure.retryAfter());
    }
}
