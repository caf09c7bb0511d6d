package dev.mtc.engine.internal.plan;

/**
 * How large a plan may be. MTC limits plans because one worker does everything in memory; this engine streams, so nothing is
 * limited unless an installation says so.
 *
 * @param namespaces how many namespaces; more are critical
 * @param pods how many running pods; more are worth a warning
 * @param volumes how many volumes; more are worth a warning
 */
public record PlanLimits(int namespaces, int pods, int volumes) {

    /** {@return no limits} */
    public static PlanLimits none() {
        return new PlanLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** {@return the limits that an MTC controller has if nobody sets others} */
    public static PlanLimits ofMtc() {
        return new PlanLimits(10, 100, 100);
    }
}
