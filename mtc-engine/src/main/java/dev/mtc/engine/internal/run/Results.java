package dev.mtc.engine.internal.run;

import dev.mtc.api.MigrationResult;
import dev.mtc.api.MigrationResult.Status;
import dev.mtc.api.Problem;
import dev.mtc.api.model.v1alpha1.Conditions;
import dev.mtc.api.model.v1alpha1.MigMigration;
import dev.mtc.api.model.v1alpha1.MigMigrationSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The result of a run, from its state and what its phases noted. */
final class Results {

    private Results() {}

    static MigrationResult of(RunContext context, RunWatch watch, boolean broken) {
        MigMigration migration = context.migration();
        Conditions conditions = Conditions.of(migration.getStatus(), context.clock());
        Instant ended = context.clock().instant();
        List<Problem> errors = new ArrayList<>(context.journal().errors());
        if (errors.isEmpty()) {
            // A run that ended in an earlier process: its state still has the texts.
            migration
                    .getStatus()
                    .getErrors()
                    .forEach(text -> errors.add(Advice.written("run " + context.runId(), text)));
        }
        return new MigrationResult(
                context.runId(),
                context.plan().name(),
                first(migration),
                broken ? Status.FAILED : status(conditions),
                context.journal().items(),
                context.journal().warnings(),
                errors,
                context.startedAt(),
                ended,
                context.outage().stoppedAt(),
                watch.phases(migration.getStatus().getPipeline(), ended),
                context.outage().downtime().orElse(null));
    }

    private static Status status(Conditions conditions) {
        if (conditions.has("Failed")) {
            return Status.FAILED;
        } else if (conditions.has("Canceled")) {
            return Status.CANCELED;
        }
        return conditions.has("SucceededWithWarnings") ? Status.SUCCEEDED_WITH_WARNINGS : Status.SUCCEEDED;
    }

    private static String first(MigMigration migration) {
        MigMigrationSpec spec = migration.getSpec();
        if (spec.isRollback()) {
            return "Rollback";
        }
        return spec.isStage() || spec.isMigrateState() ? "Stage" : "Final";
    }
}
