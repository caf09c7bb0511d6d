package dev.mtc.api;

/**
 * A hook and when it runs.
 *
 * @param point when
 * @param hook what
 * @since 0.1
 */
public record PlannedHook(HookPoint point, Hook hook) {

    @Override
    public String toString() {
        return "PlannedHook[" + point + ": " + hook + "]";
    }
}
