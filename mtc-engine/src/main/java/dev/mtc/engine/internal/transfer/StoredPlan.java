package dev.mtc.engine.internal.transfer;

import dev.mtc.engine.internal.run.RunContext;

/**
 * What a plan is called in its repository. Plans of the same name between other clusters may use the same repository, so a
 * piece of the plan's uid follows its name there.
 */
final class StoredPlan {

    private static final int DISTINCT = 8;

    private StoredPlan() {}

    static String name(RunContext context) {
        String uid = context.planUid().replace("-", "");
        return context.plan().name() + "-" + uid.substring(0, Math.min(DISTINCT, uid.length()));
    }
}
