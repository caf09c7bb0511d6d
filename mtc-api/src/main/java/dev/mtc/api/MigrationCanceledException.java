package dev.mtc.api;

/**
 * A run ended because it was canceled.
 *
 * @since 0.1
 */
public final class MigrationCanceledException extends MtcException {

    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param message which run and what state it left
     */
    public MigrationCanceledException(String message) {
        super(Remedy.RESUME, message, null);
    }
}
