package dev.mtc.transfer.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who may do what on a fake registry. Thread-safe. */
final class RegistryGuard {

    /** How users prove who they are. */
    enum Kind {
        OPEN,
        BASIC,
        BEARER
    }

    /** Long enough for a test; expiry is what {@link #revoke()} is for. */
    static final int TOKEN_SECONDS = 300;

    private final Kind kind;
    private final String user;
    private final String password;
    private final Map<String, Set<String>> tokens = new ConcurrentHashMap<>();

    RegistryGuard(Kind kind, String user, String password) {
        this.kind = kind;
        this.user = user;
        this.password = password;
    }

    boolean isOpen() {
        return kind == Kind.OPEN;
    }

    String user() {
        return user;
    }

    String password() {
        return password;
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
            case BEARER -> header != null && header.startsWith("Bearer ") && allows(header.substring(7), scope);
        };
    }

    private boolean allows(String token, String scope) {
        Set<String> granted = tokens.get(token);
        return granted != null && (scope.isEmpty() || granted.contains(scope));
    }

    boolean isPassword(@Nullable String header) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return ("Basic " + Base64.getEncoder().encodeToString(pair)).equals(header);
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
        tokens.put(token, granted);
        return token;
    }

    void revoke() {
        tokens.clear();
    }
}
