package dev.mtc.api;

/**
 * A run ended failed, or with warnings where none were accepted; carries its result.
 *
 * @since 0.1
 */
public final class MigrationFailedException extends MtcException {

    private static final long serialVersionUID = 1;

    private final transient MigrationResult result;

    /**
     * Makes one.
     *
     * @param remedy {@link Remedy#ROLL_BACK} or {@link Remedy#RESUME}
     * @param message which run, why, and what to do
     * @param result the whole result
     */
    public MigrationFailedException(Remedy remedy, String message, MigrationResult result) {
        super(remedy, message, null);
        this.result = result;
    }

    /** {@return the whole result} */
    public MigrationResult result() {
        return result;
    }
}
