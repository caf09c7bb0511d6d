package dev.mtc.api.spi;

import dev.mtc.api.Phase;
import dev.mtc.api.Provider;

/**
 * Asked before each phase of a run whether it may begin; found on the class path or given by hand with
 * {@link dev.mtc.api.Migration#provider(Provider)}: a change freeze, a quota, a fault of a test. It is asked again when a run
 * is resumed. It is not asked by what cleans up after a failure or a cancel: that always may.
 *
 * @since 0.1
 */
public interface PhaseGuard extends Provider {

    /**
     * Lets a phase begin by returning. What it throws fails the run in that phase, with its message; an
     * {@link dev.mtc.api.MtcException} whose remedy is {@link dev.mtc.api.Remedy#RETRY} is tried again first. Called by the
     * thread that drives the run, which waits for it.
     *
     * @param runId the run
     * @param phase what would begin
     */
    void enter(String runId, Phase phase);
}
