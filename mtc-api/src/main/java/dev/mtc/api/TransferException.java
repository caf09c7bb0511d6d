package dev.mtc.api;

import org.jspecify.annotations.Nullable;

/**
 * Moving an image or a volume failed. The only exception that authors of movers may extend.
 *
 * @since 0.1
 */
public non-sealed class TransferException extends MtcException {

    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param remedy what the caller may do next
     * @param message what was moved, from where to where, why it failed, and what to do
     * @param cause the cause, if any
     */
    public TransferException(Remedy remedy, String message, @Nullable Throwable cause) {
        super(remedy, message, cause);
    }
}
