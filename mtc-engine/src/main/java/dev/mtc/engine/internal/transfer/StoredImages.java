package dev.mtc.engine.internal.transfer;

import dev.mtc.api.spi.RepositoryImage;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.run.StoredPlan;

/** Where a plan's images are in its repository. */
final class StoredImages {

    private StoredImages() {}

    static String of(String source, RunContext context) {
        return new RepositoryImage(StoredPlan.name(context), source).toString();
    }
}
