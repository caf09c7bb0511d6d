package dev.mtc.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that mtc throws on purpose. Its message says what, where, why and what to do.
 *
 * @since 0.1
 */
public abstract sealed class MtcException extends RuntimeException
        permits PlanInvalidException,
                ClusterAccessException,
                StorageAccessException,
                TransferException,
                MigrationFailedException,
                MigrationCanceledException,
                AwaitEndedException,
                OutcomeUnknownException {

    private static final long serialVersionUID = 1;

    private final Remedy remedy;

    MtcException(Remedy remedy, String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.remedy = remedy;
    }

    /** {@return what the caller may do next} */
    public Remedy remedy() {
        return remedy;
    }
}
