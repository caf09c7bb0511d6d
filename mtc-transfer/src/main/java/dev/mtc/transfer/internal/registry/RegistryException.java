package dev.mtc.transfer.internal.registry;

import dev.mtc.api.spi.TransferStatus;
import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A registry call that failed, with all that the user is told and whether another try may help. */
final class RegistryException extends IOException {

    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final String reason;
    private final String fix;
    private final transient @Nullable Duration wait;

    private RegistryException(
            Kind kind, String reason, Tried.Trouble trouble, @Nullable Duration wait, @Nullable Throwable cause) {
        super(trouble.text(), cause);
        this.kind = kind;
        this.reason = reason;
        this.fix = trouble.fix();
        this.wait = wait;
    }

    /** {@return a failure; one that is {@link Kind#TRANSIENT} is tried again} */
    static RegistryException of(Kind kind, String reason, Tried.Trouble trouble) {
        return new RegistryException(kind, reason, trouble, null, null);
    }

    RegistryException causedBy(Throwable cause) {
        return new RegistryException(kind, reason, new Tried.Trouble(message(), fix), wait, cause);
    }

    /** {@return the same, with the time that the registry asks to wait} */
    RegistryException waiting(@Nullable Duration asked) {
        return new RegistryException(kind, reason, new Tried.Trouble(message(), fix), asked, getCause());
    }

    /** {@return the same, but worth another try} */
    RegistryException passing() {
        return new RegistryException(Kind.TRANSIENT, reason, new Tried.Trouble(message(), fix), wait, getCause());
    }

    boolean isTransient() {
        return kind == Kind.TRANSIENT;
    }

    /** {@return how long the registry asks to wait, null if it does not} */
    @Nullable
    Duration requestedWait() {
        return wait;
    }

    String reason() {
        return reason;
    }

    TransferStatus.Failed toStatus() {
        return new TransferStatus.Failed(kind, reason, message(), fix);
    }

    private String message() {
        return String.valueOf(getMessage());
    }
}
