package dev.mtc.engine.internal.controller;

import dev.mtc.api.RunRequest;
import dev.mtc.api.model.v1alpha1.ConditionedStatus;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigrationResource;
import dev.mtc.engine.internal.run.DrivenRun;
import java.util.function.Consumer;

/** Drives a MigMigration. */
@FunctionalInterface
public interface RunDriver {

    /**
     * Becomes the driver of a migration that the store knows, from the phase that it is in.
     *
     * @param request its plan, and where its state is
     * @param migration the migration
     * @param planUid the uid of its MigPlan
     * @param saved told what was written of the migration and of what it owns, each time that something was
     * @return the run, already going
     */
    DrivenRun drive(
            RunRequest request,
            MigMigration migration,
            String planUid,
            Consumer<MigrationResource<?, ? extends ConditionedStatus>> saved);
}
