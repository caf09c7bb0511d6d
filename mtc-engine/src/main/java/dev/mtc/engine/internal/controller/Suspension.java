package dev.mtc.engine.internal.controller;

import dev.mtc.api.model.v1alpha1.Condition;
import dev.mtc.api.model.v1alpha1.MigMigration;
import java.util.Comparator;
import java.util.List;

/**
 * Whether a plan is suspended: one of its migrations runs, or it was cut over and not rolled back since (MTC specification
 * 2.4, Suspended).
 */
final class Suspension {

    private Suspension() {}

    static boolean of(List<MigMigration> migrations) {
        if (migrations.stream().anyMatch(migration -> holds(migration, "Running"))) {
            return true;
        }
        return migrations.stream()
                .filter(migration -> !migration.getSpec().isStage()
                        && !migration.getSpec().isCanceled()
                        && holds(migration, "Succeeded"))
                .max(Comparator.comparing((MigMigration migration) ->
                        String.valueOf(migration.getMetadata().getCreationTimestamp())))
                .filter(latest -> !latest.getSpec().isRollback())
                .isPresent();
    }

    private static boolean holds(MigMigration migration, String type) {
        return migration.getStatus().getConditions().stream()
                .filter(Condition::holds)
                .anyMatch(condition -> condition.getType().equals(type));
    }
}
