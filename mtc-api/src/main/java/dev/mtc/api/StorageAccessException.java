package dev.mtc.api;

import org.jspecify.annotations.Nullable;

/**
 * A call to an object store failed for good.
 *
 * @since 0.1
 */
public final class StorageAccessException extends MtcException {

    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param remedy {@link Remedy#FIX_INPUT} or {@link Remedy#RETRY}
     * @param message operation, store and key, why, and what to do
     * @param cause the client's exception, if any
     */
    public StorageAccessException(Remedy remedy, String message, @Nullable Throwable cause) {
        super(remedy, message, cause);
    }
}
