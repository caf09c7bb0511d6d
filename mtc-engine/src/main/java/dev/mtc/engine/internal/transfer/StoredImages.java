package dev.mtc.engine.internal.transfer;

import dev.mtc.api.spi.RepositoryImage;
import dev.mtc.engine.internal.run.RunContext;

/**
 * Where a plan's images are in its repository. Plans of the same name between other clusters may use the same repository, so
 * a piece of the plan's uid follows its name there.
 */
final class StoredImages {

    private static final int DISTINCT = 8;

    private StoredImages() {}

    static String of(String source, RunContext context) {
        String uid = context.planUid().replace("-", "");
        String plan = context.plan().name() + "-" + uid.substring(0, Math.min(DISTINCT, uid.length()));
        return new RepositoryImage(plan, source).toString();
    }
}
