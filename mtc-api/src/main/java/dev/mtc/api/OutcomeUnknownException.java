package dev.mtc.api;

import org.jspecify.annotations.Nullable;

/**
 * A write was sent and its answer lost: it may have happened.
 *
 * @since 0.1
 */
public final class OutcomeUnknownException extends MtcException {

    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param message what was sent where
     * @param cause how the answer was lost
     */
    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(Remedy.INSPECT, message, cause);
    }
}
