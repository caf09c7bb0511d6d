package dev.mtc.api.spi;

import java.util.Objects;

/**
 * A transfer that may outlive the process; kept in the migration's state.
 *
 * @param moverId {@link dev.mtc.api.Provider#id()} of the mover that started it
 * @param token what the mover finds it by; opaque to others, free of secrets
 * @since 0.1
 */
public record TransferRef(String moverId, String token) {

    public TransferRef {
        Objects.requireNonNull(moverId, "moverId");
        Objects.requireNonNull(token, "token");
    }
}
