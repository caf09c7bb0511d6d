package dev.mtc.engine.internal.run;

/**
 * What a plan is called in its repository. Plans of the same name between other clusters may use the same repository, so a
 * piece of the plan's uid follows its name there.
 */
public final class StoredPlan {

    private static final int DISTINCT = 8;

    private StoredPlan() {}

    /** {@return the name of a run's plan} */
    public static String name(RunContext context) {
        return name(context.plan().name(), context.planUid());
    }

    /** {@return the name of a plan} */
    public static String name(String plan, String uid) {
        return plan + "-" + piece(uid);
    }

    /** {@return the piece of a uid, which is all that is known of plans whose captures do not tell their names} */
    public static String piece(String uid) {
        String digits = uid.replace("-", "");
        return digits.substring(0, Math.min(DISTINCT, digits.length()));
    }
}
