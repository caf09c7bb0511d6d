package dev.mtc.api;

import org.jspecify.annotations.Nullable;

/**
 * A call to an API server failed for good.
 *
 * @since 0.1
 */
public final class ClusterAccessException extends MtcException {

    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * Makes one.
     *
     * @param remedy {@link Remedy#FIX_INPUT} or {@link Remedy#RETRY}
     * @param message cluster, verb, resource, namespace and name, why, and what to do
     * @param status HTTP status, 0 if there was no answer
     * @param cause the client's exception, if any
     */
    public ClusterAccessException(Remedy remedy, String message, int status, @Nullable Throwable cause) {
        super(remedy, message, cause);
        this.status = status;
    }

    /** {@return the HTTP status, 0 if there was no answer} */
    public int status() {
        return status;
    }
}
