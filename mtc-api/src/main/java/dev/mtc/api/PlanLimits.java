package dev.mtc.api;

/**
 * How large the plans of an installation may be. MTC limits plans because one worker does everything in memory; this engine
 * streams, so that a plan made in Java is not limited. A {@link Controller} has MTC's limits unless it is given others. MTC's
 * conditions reference, MigPlan, and its settings.
 *
 * @param namespaces how many namespaces; a plan with more is not Ready ({@code NamespaceLimitExceeded}, Critical)
 * @param pods how many running pods; more are worth a warning ({@code PodLimitExceeded})
 * @param volumes how many volumes; more are worth a warning ({@code PvLimitExceeded})
 * @since 0.1
 */
public record PlanLimits(int namespaces, int pods, int volumes) {

    /**
     * Makes limits.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public PlanLimits {
        require("Namespace limit", namespaces);
        require("Pod limit", pods);
        require("Volume limit", volumes);
    }

    private static void require(String what, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException(what + " " + limit + " is negative; give the largest number allowed");
        }
    }

    /** {@return no limits} */
    public static PlanLimits none() {
        return new PlanLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** {@return the limits that an MTC controller has if nobody sets others: 10 namespaces, 100 pods, 100 volumes} */
    public static PlanLimits ofMtc() {
        return new PlanLimits(10, 100, 100);
    }
}
