package dev.mtc.engine.internal.controller;

import dev.mtc.api.StateStore;
import dev.mtc.api.model.v1alpha1.MigMigration;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a migration that runs from vanishing when it is deleted: a finalizer holds it until it has been canceled, so that its
 * helpers are removed and the source is started again. MTC leaves both behind. Thread-safe.
 */
final class Retention {

    static final String FINALIZER = "mtc.dev/running";

    private final StateStore store;

    Retention(StateStore store) {
        this.store = store;
    }

    /** {@return whether someone deleted it} */
    static boolean isLeaving(MigMigration migration) {
        return migration.getMetadata().getDeletionTimestamp() != null;
    }

    /** {@return whether someone deleted it and it has done nothing that is to be undone} */
    static boolean canLeave(MigMigration migration) {
        return isLeaving(migration) && migration.getStatus().getItinerary() == null;
    }

    /** Holds a migration that is about to run; what is being deleted takes no finalizers. */
    static void retain(MigMigration migration) {
        ObjectMeta metadata = migration.getMetadata();
        if (!isLeaving(migration) && !metadata.getFinalizers().contains(FINALIZER)) {
            List<String> finalizers = new ArrayList<>(metadata.getFinalizers());
            finalizers.add(FINALIZER);
            metadata.setFinalizers(finalizers);
        }
    }

    /** Lets a migration go. */
    void release(MigMigration migration) {
        ObjectMeta metadata = migration.getMetadata();
        if (metadata.getFinalizers().contains(FINALIZER)) {
            metadata.setFinalizers(metadata.getFinalizers().stream()
                    .filter(finalizer -> !finalizer.equals(FINALIZER))
                    .toList());
            store.update(migration);
        }
    }
}
