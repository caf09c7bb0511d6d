package dev.mtc.api;

/**
 * Waiting for a run ended, by time or interrupt; the run itself goes on.
 *
 * @since 0.1
 */
public final class AwaitEndedException extends MtcException {

    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param message which run, where it is, and how to go on waiting or cancel it
     */
    public AwaitEndedException(String message) {
        super(Remedy.RETRY, message, null);
    }
}
