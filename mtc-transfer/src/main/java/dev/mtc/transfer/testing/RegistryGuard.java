package dev.mtc.transfer.testing;

import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Who may do what on a fake registry. Thread-safe. */
final class RegistryGuard {

    /** How users prove who they are. */
    enum Kind {
        OPEN,
        BASIC,
        BEARER,
        /** Bearer tokens too, which are given for an identity token. */
        IDENTITY
    }

    /**
     * What a token is good for.
     *
     * @param scopes what may be done
     * @param left how often
     */
    private record Grant(Set<String> scopes, AtomicInteger left) {}

    private static final Grant NOTHING = new Grant(Set.of(), new AtomicInteger());

    /** Long enough for a test; expiry is what {@link #revoke()} and {@link #endAfter(int)} are for. */
    static final int TOKEN_SECONDS = 300;

    private final Kind kind;
    private final String user;
    private final String password;
    private final Map<String, Grant> tokens = new ConcurrentHashMap<>();
    private volatile int uses = Integer.MAX_VALUE;

    RegistryGuard(Kind kind, String user, String password) {
        this.kind = kind;
        this.user = user;
        this.password = password;
    }

    boolean isOpen() {
        return kind == Kind.OPEN;
    }

    /** {@return a registry with the login that is accepted here} */
    Registry login(Registry registry) {
        return kind == Kind.IDENTITY
                ? registry.identityToken(Secret.of(password))
                : registry.credentials(user, Secret.of(password));
    }

    /**
     * {@return whether a request may go on}
     *
     * @param header its {@code Authorization} header
     * @param scope what it needs, such as {@code repository:shop/web:push}; empty for nothing but a valid login
     */
    boolean admits(@Nullable String header, String scope) {
        return switch (kind) {
            case OPEN -> true;
            case BASIC -> isPassword(header);
            case BEARER, IDENTITY ->
                allows(header, scope) && grant(header).left().getAndDecrement() > 0;
        };
    }

    /** {@return whether a request that goes on may do something besides} */
    boolean alsoAllows(@Nullable String header, String scope) {
        return kind == Kind.OPEN || kind == Kind.BASIC || allows(header, scope);
    }

    private boolean allows(@Nullable String header, String scope) {
        return scope.isEmpty()
                ? tokens.containsKey(token(header))
                : grant(header).scopes().contains(scope);
    }

    private Grant grant(@Nullable String header) {
        return tokens.getOrDefault(token(header), NOTHING);
    }

    private static String token(@Nullable String header) {
        return header != null && header.startsWith("Bearer ") ? header.substring(7) : "";
    }

    /** {@return whether a token may be given for an {@code Authorization} header} */
    boolean isPassword(@Nullable String header) {
        if (kind == Kind.IDENTITY) {
            return false;
        }
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return ("Basic " + Base64.getEncoder().encodeToString(pair)).equals(header);
    }

    /** {@return whether a token may be given for what a form of OAuth 2 says} */
    boolean isGranted(Map<String, String> form) {
        String secret = kind == Kind.IDENTITY ? form.get("refresh_token") : form.get("password");
        String wanted = kind == Kind.IDENTITY ? "refresh_token" : "password";
        boolean isUser = kind == Kind.IDENTITY || user.equals(form.get("username"));
        return wanted.equals(form.get("grant_type"))
                && form.containsKey("client_id")
                && form.containsKey("service")
                && isUser
                && password.equals(secret);
    }

    String challenge(String host, String scope) {
        return kind == Kind.BASIC
                ? "Basic realm=\"fake\""
                : "Bearer realm=\"http://" + host + "/token\",service=\"fake\",scope=\"" + scope + "\"";
    }

    /**
     * {@return a new token}
     *
     * @param scopes as asked for, such as {@code repository:shop/web:pull,push}
     */
    String grant(List<String> scopes) {
        Set<String> granted = ConcurrentHashMap.newKeySet();
        for (String scope : scopes) {
            int colon = scope.lastIndexOf(':');
            for (String action : scope.substring(colon + 1).split(",", -1)) {
                granted.add(scope.substring(0, colon + 1) + action);
            }
        }
        String token = UUID.randomUUID().toString();
        tokens.put(token, new Grant(granted, new AtomicInteger(uses)));
        return token;
    }

    void endAfter(int requests) {
        uses = requests;
    }

    void revoke() {
        tokens.clear();
    }
}
