package dev.mtc.engine.internal.objects;

import dev.mtc.engine.internal.run.Labels;

/** Leaves out what only serves this migration or another: mover pods with what they need, Jobs that are hooks. */
final class MigrationTools implements BuiltInTransform {

    @Override
    public String name() {
        return "migration tools";
    }

    @Override
    public void apply(Draft draft) {
        if (Labels.isTool(draft.object())) {
            draft.skip("it only serves a migration");
        }
    }
}
