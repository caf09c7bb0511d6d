package dev.mtc.engine.internal.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.OutcomeUnknownException;
import dev.mtc.api.Remedy;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** One request that failed, once. */
final class RequestFailure extends RuntimeException {

    static final int TOO_MANY = 429;

    private static final long serialVersionUID = 1;
    private static final ObjectMapper JSON = new ObjectMapper();
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

    private RequestFailure(
            boolean safeToRepeat, int status, long retryAfterSeconds, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.safeToRepeat = safeToRepeat;
        this.status = status;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static RequestFailure noAnswer(String verb, Throwable cause, Duration took) {
        boolean neverSent = cause instanceof ConnectException || cause instanceof UnknownHostException;
        RequestFailure failure =
                new RequestFailure(neverSent || !verb.equals("POST"), 0, 0, Connections.firstLine(cause), cause);
        failure.silence = took;
        return failure;
    }

    /** {@return the failure of a call that was not sent because of this one} */
    RequestFailure stillThere() {
        return new RequestFailure(true, 0, 0, "it did not answer before: " + getMessage(), getCause());
    }

    boolean isNoAnswer() {
        return silence != null;
    }

    /** {@return whether trying again would take long and hardly help} */
    boolean tookLong() {
        return silence != null && silence.compareTo(LONG) > 0;
    }

    static RequestFailure answer(String verb, int status, @Nullable String retryAfter, byte[] body) {
        long pause = retryAfter != null && retryAfter.matches("[0-9]{1,4}") ? Long.parseLong(retryAfter) : 0;
        boolean refusedUntouched = status == TOO_MANY || status == 503;
        return new RequestFailure(refusedUntouched || !verb.equals("POST"), status, pause, reason(status, body), null);
    }

    static RequestFailure garbled(String verb, @Nullable Throwable cause) {
        return new RequestFailure(!verb.equals("POST"), 0, 0, "the answer is not a JSON object", cause);
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
        boolean transientStatus = status == TOO_MANY
                || (status == 500 && !isUntyped())
                || status == 502
                || status == 503
                || status == 504;
        return safeToRepeat && (status == 0 ? !isPermanent(getCause()) : transientStatus);
    }

    /** {@return whether the server has too many requests} That passes, and it says when. */
    boolean isBusy() {
        return status == TOO_MANY;
    }

    /** {@return whether an admission webhook could not be asked} Its pods may run a moment later. */
    boolean isOfAdmission() {
        return isAdmissionOutage(status, getMessage());
    }

    static boolean isAdmissionOutage(int status, @Nullable String message) {
        String text = String.valueOf(message);
        return status >= 500
                && (text.contains("failed calling webhook") || text.contains("failed calling admission webhook"));
    }

    /** Servers before 1.21 answer 500 to an applied list that repeats or lacks its key; that never passes. */
    private boolean isUntyped() {
        return String.valueOf(getMessage()).contains("failed to create typed patch");
    }

    private static boolean isPermanent(@Nullable Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UnknownHostException || t instanceof SSLHandshakeException) {
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
        return new ClusterAccessException(remedy, what + "; " + (fix == null ? "try again later" : fix), status, this);
    }
}
