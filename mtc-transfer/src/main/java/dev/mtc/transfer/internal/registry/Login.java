package dev.mtc.transfer.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import dev.mtc.transfer.internal.registry.Wire.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The login to one registry: nothing until the registry asks, then basic, or bearer tokens that are fetched once per set of
 * scopes, for a password or an identity token, and again before they expire. Thread-safe.
 */
final class Login {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** What the token protocol says if a token service says nothing. */
    private static final long DEFAULT_SECONDS = 60;

    private static final Duration LEEWAY = Duration.ofSeconds(10);
    private static final int LARGEST_TOKEN = 256 * 1024;

    private final Registry registry;
    private final Wire wire;
    private final Clock clock;
    private final Map<List<String>, Token> tokens = new ConcurrentHashMap<>();
    private volatile @Nullable Challenge challenge;

    private record Token(String header, Instant expires) {
        @Override
        public String toString() {
            return "Token[until " + expires + "]";
        }
    }

    Login(Registry registry, Wire wire, Clock clock) {
        this.registry = registry;
        this.wire = wire;
        this.clock = clock;
    }

    /** {@return the header to send for some scopes, null for none} */
    @Nullable
    String header(List<String> scopes, Halt halt) throws IOException {
        Challenge known = challenge;
        if (known == null) {
            return null;
        }
        return known.isBearer() ? token(known, scopes, halt) : basic();
    }

    /**
     * Takes note of a refusal.
     *
     * @param answer what the registry said
     * @param scopes what was to be allowed
     * @param used the refused header, if one was sent
     * @return whether another try makes sense
     */
    boolean refused(Answer answer, List<String> scopes, @Nullable String used) {
        Challenge asked = Challenge.best(answer.headers("WWW-Authenticate"));
        if (asked == null || (!asked.isBearer() && (basic() == null || basic().equals(used)))) {
            return false;
        }
        challenge = asked;
        Token known = tokens.get(scopes);
        if (known != null && known.header().equals(used)) {
            tokens.remove(scopes, known);
        }
        return true;
    }

    private @Nullable String basic() {
        String user = registry.user().orElse(null);
        if (user == null || registry.usesIdentityToken()) {
            return null;
        }
        String password = registry.password().map(Secret::reveal).orElse("");
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private synchronized String token(Challenge bearer, List<String> scopes, Halt halt) throws IOException {
        Token known = tokens.get(scopes);
        if (known != null && clock.instant().isBefore(known.expires())) {
            return known.header();
        }
        Token token = fetch(bearer, scopes, halt);
        tokens.put(scopes, token);
        return token.header();
    }

    private Token fetch(Challenge bearer, List<String> scopes, Halt halt) throws IOException {
        String realm = realm(bearer);
        Tried tried = new Tried("get a token from " + URI.create(realm).getHost(), "registry " + registry.host());
        Wire.Request request =
                registry.usesIdentityToken() ? refresh(realm, bearer, scopes) : get(realm, bearer, scopes);
        String basic = basic();
        Credential credential = basic == null ? null : new Credential(basic, Origin.of(request.uri()));
        try (Answer answer = wire.send(request, credential, halt)) {
            if (answer.status() != 200) {
                throw Refusals.ofStatus(tried, answer, "TokenServiceNotFound", registry);
            }
            return read(JSON.readTree(answer.beginning(LARGEST_TOKEN)), tried);
        } catch (IOException e) {
            throw Refusals.ofFailure(tried, e);
        }
    }

    private String realm(Challenge bearer) throws IOException {
        Tried tried = new Tried("log in", "registry " + registry.host());
        String realm = bearer.parameter("realm");
        if (realm == null || !realm.matches("https?://.+")) {
            throw RegistryException.of(
                    Kind.PERMANENT,
                    "Unauthorized",
                    tried.but("it names no address for tokens", "correct the registry's token settings"));
        }
        if (registry.transport() != Registry.Transport.PLAIN_HTTP && realm.startsWith("http:")) {
            throw RegistryException.of(
                    Kind.PERMANENT,
                    "Unauthorized",
                    tried.but(
                            "it wants the password sent over plain HTTP",
                            "correct the registry's token realm to https, or give the registry as plainHttp()"));
        }
        return realm;
    }

    /** Asks as docker's token specification says. */
    private static Wire.Request get(String realm, Challenge bearer, List<String> scopes) {
        StringBuilder query = new StringBuilder(realm);
        char separator = realm.indexOf('?') < 0 ? '?' : '&';
        String service = bearer.parameter("service");
        if (service != null) {
            query.append(separator).append("service=").append(encode(service));
            separator = '&';
        }
        for (String scope : scopes) {
            query.append(separator).append("scope=").append(encode(scope));
            separator = '&';
        }
        return new Wire.Request("GET", URI.create(query.toString()), Map.of(), null);
    }

    /** Asks as docker's OAuth 2 token specification says. */
    private Wire.Request refresh(String realm, Challenge bearer, List<String> scopes) {
        String service = bearer.parameter("service");
        String identity = registry.password().map(Secret::reveal).orElse("");
        String form = "grant_type=refresh_token&client_id=mtc&service=" + encode(service == null ? "" : service)
                + "&scope=" + encode(String.join(" ", scopes)) + "&refresh_token=" + encode(identity);
        return new Wire.Request(
                "POST",
                URI.create(realm),
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                Body.of(form.getBytes(StandardCharsets.UTF_8)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Token read(JsonNode json, Tried tried) throws RegistryException {
        String text = json.path("token").asText(json.path("access_token").asText(""));
        if (text.isEmpty()) {
            throw RegistryException.of(
                    Kind.PERMANENT,
                    "Unauthorized",
                    tried.but("the answer holds none", "look at the log of the token service"));
        }
        Duration life = Duration.ofSeconds(json.path("expires_in").asLong(DEFAULT_SECONDS));
        Duration usable = life.compareTo(LEEWAY.multipliedBy(2)) > 0 ? life.minus(LEEWAY) : life.dividedBy(2);
        return new Token("Bearer " + text, clock.instant().plus(usable));
    }
}
