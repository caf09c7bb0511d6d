package dev.mtc.api;

import java.util.Objects;

/**
 * Something that is wrong, or worth a warning, with what to do about it.
 *
 * @param severity how bad it is
 * @param where the field, object or item, for example {@code namespaces[shop]} or {@code target PVC shop/files}
 * @param code a stable word, MTC's condition type where there is one
 * @param reason MTC's reason of that condition type, one word such as {@code NotFound}; empty if it has none
 * @param message what is wrong, with the offending value
 * @param fix what to do about it
 * @since 0.1
 */
public record Problem(Severity severity, String where, String code, String reason, String message, String fix) {

    /** How bad a problem is; the words are MTC's condition categories. */
    public enum Severity {
        /** Nothing further can be checked or done. */
        CRITICAL,
        /** The migration cannot start. */
        ERROR,
        /** The migration can run but the result may not be what is wanted. */
        WARN,
        /** Nothing is wrong. */
        ADVISORY
    }

    public Problem {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(fix, "fix");
    }

    /**
     * Makes a problem with the reason that MTC has for its condition type, if it has just one.
     *
     * @param severity how bad it is
     * @param where the field, object or item
     * @param code a stable word
     * @param message what is wrong
     * @param fix what to do
     */
    public Problem(Severity severity, String where, String code, String message, String fix) {
        this(severity, where, code, ConditionReasons.of(code), message, fix);
    }

    /**
     * {@return a problem that keeps anything further from being checked or done}
     *
     * @param where the field, object or item
     * @param code a stable word
     * @param message what is wrong
     * @param fix what to do
     */
    public static Problem critical(String where, String code, String message, String fix) {
        return new Problem(Severity.CRITICAL, where, code, message, fix);
    }

    /**
     * {@return a problem that keeps the migration from starting}
     *
     * @param where the field, object or item
     * @param code a stable word
     * @param message what is wrong
     * @param fix what to do
     */
    public static Problem error(String where, String code, String message, String fix) {
        return new Problem(Severity.ERROR, where, code, message, fix);
    }

    /**
     * {@return a warning}
     *
     * @param where the field, object or item
     * @param code a stable word
     * @param message what to know
     * @param fix what to do
     */
    public static Problem warning(String where, String code, String message, String fix) {
        return new Problem(Severity.WARN, where, code, message, fix);
    }

    /**
     * {@return a copy with another reason}
     *
     * @param reason MTC's reason, one word such as {@code NotFound}
     */
    public Problem because(String reason) {
        return new Problem(severity, where, code, reason, message, fix);
    }

    /** {@return whether it keeps the migration from starting} */
    public boolean blocks() {
        return severity == Severity.CRITICAL || severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return where + ": " + code + ": " + message + (fix.isEmpty() ? "" : "; " + fix);
    }
}
