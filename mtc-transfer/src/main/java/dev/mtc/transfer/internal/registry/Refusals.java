package dev.mtc.transfer.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.Registry;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what a refusal or a broken connection means, whether another try may help, and what the user can do. */
final class Refusals {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final int LONGEST_QUOTE = 300;
    private static final List<String> LIMITS = List.of("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset");
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
    /** Where a quota is of requests, or hides that the repository is not for this user. */
    private static final Set<Integer> NOT_OF_SPACE = Set.of(401, 404, 429);
    /** In words, or as the error numbers of Linux that the Go programs among registries pass on. */
    private static final Pattern FULL = Pattern.compile(
            "no space left|ENOSPC|quota.{0,60}exceed|exceed.{0,60}quota|\"Err\":(28|122)\\b", Pattern.CASE_INSENSITIVE);

    private Refusals() {}

    /**
     * {@return what a status means}
     *
     * @param tried what was tried
     * @param answer what came back
     * @param missing the reason if it was 404
     * @param registry who said it
     */
    static RegistryException ofStatus(Tried tried, Answer answer, String missing, Registry registry) {
        String said = quote(answer);
        int status = answer.status();
        String why = "the answer was " + status + (said.isEmpty() ? "" : " (" + said + ")");
        if (isFull(status, said)) {
            return fixable("NoSpaceLeft", tried.but(why, "make room in the registry or raise its quota, then resume"));
        }
        if (PASSING.contains(status)) {
            return passing(tried, answer, why);
        }
        return switch (status) {
            case 401 ->
                fixable(
                        "Unauthorized",
                        tried.but(
                                why,
                                registry.user().isPresent()
                                        ? "check user and password given to Registry.at(\"" + registry.host()
                                                + "\"), and that the user may use this repository"
                                        : "give credentials with Registry.at(\"" + registry.host()
                                                + "\").credentials(…)"));
            case 403 -> fixable("Denied", tried.but(why, "give the user the right to do this, or use another user"));
            case 404 ->
                fixable(missing, tried.but(why, "check host, repository and tag, and that the repository exists"));
            case 413 ->
                fixable("TooLarge", tried.but(why, "raise the size limit of the registry or the proxy before it"));
            case 400 ->
                RegistryException.of(
                        Kind.PERMANENT,
                        "RegistryRefused",
                        tried.but(
                                why,
                                registry.transport() == Registry.Transport.PLAIN_HTTP
                                        ? "leave out plainHttp() if the registry speaks HTTPS, or look at its log"
                                        : "look at the log of the registry"));
            default ->
                RegistryException.of(
                        Kind.PERMANENT, "RegistryRefused", tried.but(why, "look at the log of the registry"));
        };
    }

    private static boolean isFull(int status, String said) {
        return status == 507 || (FULL.matcher(said).find() && !NOT_OF_SPACE.contains(status));
    }

    private static RegistryException passing(Tried tried, Answer answer, String why) {
        boolean limited = answer.status() == 429;
        String limits = limited ? limits(answer) : "";
        return RegistryException.of(
                        Kind.TRANSIENT,
                        limited ? "TooManyRequests" : "RegistryError",
                        tried.but(
                                why + limits,
                                limited
                                        ? "wait, or use an account with a higher limit"
                                        : "look at the log of the registry, then resume"))
                .waiting(requestedWait(answer.header("Retry-After")));
    }

    /** {@return what the registry says of its limits, as Docker Hub does} */
    private static String limits(Answer answer) {
        List<String> told = new ArrayList<>();
        for (String name : LIMITS) {
            String value = answer.header(name);
            if (value != null) {
                told.add(name + ": " + value);
            }
        }
        return told.isEmpty() ? "" : " [" + String.join(", ", told) + "]";
    }

    /** {@return what a broken connection means; a failure that is known already stays as it is} */
    static IOException ofFailure(Tried tried, IOException failure) {
        if (failure instanceof RegistryException || failure instanceof StoppedException) {
            return failure;
        }
        return describe(tried, failure).causedBy(failure);
    }

    private static RegistryException describe(Tried tried, IOException failure) {
        String why = String.valueOf(failure.getMessage());
        if (failure instanceof UnknownHostException) {
            return fixable(
                    "RegistryUnreachable",
                    tried.but("the host name " + why + " is not known", "correct the host or the name service"));
        }
        if (failure instanceof Trust.Unusable) {
            return fixable("TlsFailure", tried.but(why, "correct what caBundle(…) or clientCertificate(…) names"));
        }
        if (failure instanceof ProtocolException) {
            return RegistryException.of(
                    Kind.PERMANENT,
                    "ProtocolViolated",
                    tried.but(why, "look at the log of the registry and of what stands before it"));
        }
        if (failure instanceof SSLException && !isCut(failure)) {
            return fixable(
                    "TlsFailure",
                    tried.but(
                            "no secure connection came about: " + why,
                            "give the registry's authority with caBundle(…), or plainHttp() if it speaks no TLS"));
        }
        if (failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof SocketTimeoutException) {
            return RegistryException.of(
                    Kind.TRANSIENT,
                    "RegistryUnreachable",
                    tried.but("it does not answer: " + why, "check that the registry runs and can be reached"));
        }
        return RegistryException.of(
                Kind.TRANSIENT,
                "ConnectionLost",
                tried.but("the connection broke: " + why, "check the network and the registry, then resume"));
    }

    private static boolean isCut(IOException failure) {
        return failure.getCause() instanceof EOFException || failure.getCause() instanceof SocketException;
    }

    private static RegistryException fixable(String reason, Tried.Trouble trouble) {
        return RegistryException.of(Kind.USER_FIXABLE, reason, trouble);
    }

    private static String quote(Answer answer) {
        try {
            byte[] body = answer.beginning(LONGEST_ANSWER);
            String text = String.join("; ", errors(body));
            return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> errors(byte[] body) {
        List<String> texts = new ArrayList<>();
        try {
            for (JsonNode error : JSON.readTree(body).path("errors")) {
                texts.add(error.path("code").asText() + ": "
                        + error.path("message").asText() + detail(error));
            }
        } catch (IOException e) {
            texts.add(new String(body, StandardCharsets.UTF_8)
                    .replaceAll("\\s+", " ")
                    .strip());
        }
        return texts;
    }

    /** {@return what an error that says nothing else is about} */
    private static String detail(JsonNode error) {
        JsonNode detail = error.path("detail");
        if (detail.isTextual()) {
            return " " + detail.asText();
        }
        boolean isAll = error.path("code").asText().equals("UNKNOWN") && !detail.isEmpty();
        return isAll ? " " + detail : "";
    }

    private static @Nullable Duration requestedWait(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            if (header.strip().matches("[0-9]{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(header.strip()));
            }
            Instant until = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.now(), until);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
