package dev.mtc.engine.internal.itinerary;

import static dev.mtc.engine.internal.itinerary.Deviations.What.ADDED;
import static dev.mtc.engine.internal.itinerary.Deviations.What.LEFT_OUT;
import static dev.mtc.engine.internal.itinerary.Deviations.What.MOVED;
import static dev.mtc.engine.internal.itinerary.Deviations.What.OTHER_FLAGS;

import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import java.util.ArrayList;
import java.util.List;

/** In what the itineraries differ from those of MTC 1.8, and why. A test keeps it complete, the documentation prints it. */
public final class Deviations {

    private static final String NOTHING_INSTALLED =
            "tends Velero or its node agents; nothing is installed on the clusters, so there is nothing to tend";
    private static final String NO_REGISTRY =
            "MTC runs a registry on each cluster for images that go through the repository; here they are copied by the engine";
    private static final String NO_SYNC =
            "MTC waits until Velero has made a backup known to the other cluster; the engine itself holds what it captured";
    private static final String INDIRECT =
            "makes pods that mount volumes for Velero to find them by; mover pods mount them by themselves";
    private static final String STAGE_BACKUP =
            "runs if there are images that go through the repository, first into it and then out of it, as in MTC's stage"
                    + " backup and restore; MTC's HasStageBackup holds for volumes too, which have a DirectVolumeMigration"
                    + " here whichever way they take";
    private static final String BEFORE_STOPPING =
            "images go through the repository before the applications are stopped, which shortens the time they are down;"
                    + " until then there is no step StageBackup, so the way into the repository is part of Backup";
    private static final String ANNOTATIONS =
            "MTC marks objects for its stage backup and removes the marks; no object is marked for that here";
    private static final String NEVER_FINAL =
            "storage conversion is a state migration, which has the itinerary Stage, so no run would enter it";
    private static final String SWAPPED_BACK =
            "a run that ends before workloads were started on converted claims lets them use those before again";
    private static final String LIVE = "belongs to live migration of virtual machines, which is refused";
    private static final String VELERO_OBJECTS =
            "deletes Velero's Backups and Restores; there are none, and what was captured is the run's own";
    private static final String NO_STEP =
            "its step is CleanupHelpers, as the step CleanupVelero would have no other phase";
    private static final String ALWAYS =
            "runs always: what a broken-off run left is to be removed even if the plan has changed since";
    private static final String TARGET_STOPS_FIRST =
            "the target's applications are stopped before the source's are started, so that never both run";
    private static final String HELPER_PODS =
            "waits for the pods of copies, so it runs if volumes are copied, not if there are stage pods";
    private static final String CLEANED_UP =
            "MTC leaves everything as it is after a failure; here a failed run removes what helped it";

    private static final List<Deviation> STAGE = new Rows()
            .with(LEFT_OUT, ANNOTATIONS, "CleanStaleAnnotations", "AnnotateResources", "EnsureAnnotationsDeleted")
            .with(LEFT_OUT, NOTHING_INSTALLED, "CleanStaleResticCRs", "CleanStaleVeleroCRs", "RestartVelero")
            .with(LEFT_OUT, NOTHING_INSTALLED, "RestartRestic", "WaitForVeleroReady", "WaitForResticReady")
            .with(LEFT_OUT, NOTHING_INSTALLED, "EnsureCloudSecretPropagated")
            .with(LEFT_OUT, NO_REGISTRY, "CreateRegistries", "WaitForRegistriesReady", "DeleteRegistries")
            .with(LEFT_OUT, INDIRECT, "EnsureStagePodsFromRunning", "EnsureStagePodsFromTemplates")
            .with(LEFT_OUT, INDIRECT, "EnsureStagePodsFromOrphanedPVCs", "StagePodsCreated", "EnsureStagePodsDeleted")
            .with(OTHER_FLAGS, STAGE_BACKUP, "EnsureStageBackup", "StageBackupCreated")
            .with(OTHER_FLAGS, STAGE_BACKUP, "EnsureStageRestore", "StageRestoreCreated")
            .with(LEFT_OUT, NO_SYNC, "EnsureStageBackupReplicated")
            .with(OTHER_FLAGS, HELPER_PODS, "EnsureStagePodsTerminated")
            .list();

    private static final List<Deviation> FINAL = new Rows()
            .with(STAGE)
            .with(LEFT_OUT, NO_SYNC, "EnsureInitialBackupReplicated")
            .with(LEFT_OUT, NEVER_FINAL, "SwapPVCReferences")
            .with(
                    OTHER_FLAGS,
                    "MTC starts copying before the applications are stopped and never copies again; here a cut-over copies"
                            + " after they have stopped, and before that only if it is asked to. What fails then is a"
                            + " warning, and the phase ends with the copy",
                    "CreateDirectVolumeMigrationStage")
            .with(
                    MOVED,
                    "it is the last thing before the applications are stopped, which leaves least for the copy after that",
                    "CreateDirectVolumeMigrationStage")
            .with(
                    MOVED,
                    "images are waited for before the applications are stopped, which shortens the time they are down",
                    "WaitForDirectImageMigrationToComplete")
            .with(MOVED, BEFORE_STOPPING, "EnsureStageBackup", "StageBackupCreated")
            .with(MOVED, BEFORE_STOPPING, "EnsureStageRestore", "StageRestoreCreated")
            .with(
                    MOVED,
                    "helper pods end on their own while objects are applied; the applications need not wait for that",
                    "EnsureStagePodsTerminated")
            .with(ADDED, "MTC leaves the Jobs of hooks behind; their outcome is in the result", "DeleteHookJobs")
            .list();

    private static final List<Deviation> CANCEL = new Rows()
            .with(MOVED, NO_STEP, "Canceling")
            .with(LEFT_OUT, VELERO_OBJECTS, "DeleteBackups", "DeleteRestores")
            .with(LEFT_OUT, NO_REGISTRY, "DeleteRegistries")
            .with(OTHER_FLAGS, "runs if the plan has hooks that are Jobs", "DeleteHookJobs")
            .with(LEFT_OUT, ANNOTATIONS, "EnsureAnnotationsDeleted")
            .with(OTHER_FLAGS, ALWAYS, "DeleteDirectVolumeMigrationResources", "DeleteDirectImageMigrationResources")
            .with(OTHER_FLAGS, ALWAYS, "EnsureStagePodsDeleted")
            .with(ADDED, TARGET_STOPS_FIRST, "QuiesceDestinationApplications", "EnsureDestQuiesced")
            .with(ADDED, SWAPPED_BACK, "SwapPVCReferences")
            .with(
                    OTHER_FLAGS,
                    "runs if this run had begun to stop the applications; others stay as they were found",
                    "UnQuiesceSrcApplications")
            .list();

    private static final List<Deviation> FAILED = new Rows()
            .with(LEFT_OUT, NO_REGISTRY, "DeleteRegistries")
            .with(LEFT_OUT, ANNOTATIONS, "EnsureAnnotationsDeleted")
            .with(ADDED, CLEANED_UP, "DeleteDirectVolumeMigrationResources", "DeleteDirectImageMigrationResources")
            .with(ADDED, CLEANED_UP, "EnsureStagePodsDeleted", "DeleteHookJobs")
            .with(ADDED, TARGET_STOPS_FIRST, "QuiesceDestinationApplications", "EnsureDestQuiesced")
            .with(ADDED, SWAPPED_BACK, "SwapPVCReferences")
            .with(ADDED, "a run may be told to roll back when it fails", "DeleteMigrated", "EnsureMigratedDeleted")
            .with(ADDED, "a failed run starts the source's applications again", "UnQuiesceSrcApplications")
            .list();

    private static final List<Deviation> ROLLBACK = new Rows()
            .with(MOVED, NO_STEP, "Rollback")
            .with(LEFT_OUT, VELERO_OBJECTS, "DeleteBackups", "DeleteRestores")
            .with(LEFT_OUT, NO_REGISTRY, "DeleteRegistries")
            .with(LEFT_OUT, ANNOTATIONS, "EnsureAnnotationsDeleted")
            .with(
                    OTHER_FLAGS,
                    "runs with and without volumes: no application may write or make objects anew while they are deleted",
                    "QuiesceDestinationApplications",
                    "EnsureDestQuiesced")
            .with(
                    LEFT_OUT,
                    LIVE,
                    "CreateDirectVolumeMigrationRollback",
                    "WaitForDirectVolumeMigrationToRollbackComplete")
            .list();

    private static final List<String> GENERAL = List.of(
            "`status.phase` never shows a marker such as `InitialBackupFailed`, which MTC shows for one look: it stays at the"
                    + " phase that failed, as MTC leaves it after an unexpected error, until the itinerary Failed is entered."
                    + " The condition Failed, with the phase as its reason, and `status.errors` say the same.",
            "Every phase has a time limit; MTC waits without end.",
            "DirectVolume holds if there are volumes to copy, straight or through the repository, DirectImage if there are images"
                    + " to copy straight; they contain MTC's EnableVolume and EnableImage. IndirectImage holds if there are images and they go through the repository.",
            "Volumes that go through the repository are rows of a DirectVolumeMigration, too, so they have its phases and steps."
                    + " Each goes into the repository and out of it by itself: one is restored while another is backed up.",
            "SwapPVCReferences changes and starts only workloads that mount converted claims; MTC visits all of the namespaces. A"
                    + " StatefulSet is made anew under its name without a temporary one beside it: a Secret keeps it meanwhile.",
            "MTC has no DirectImageMigration for images that go through the repository, so there is none; a run that is"
                    + " resumed looks at each of them again and goes on with what is in the repository.");

    private Deviations() {}

    /** How a row differs. */
    public enum What {
        /** MTC has it, this engine does not. */
        LEFT_OUT("left out"),
        /** It has another place or belongs to another step. */
        MOVED("moved"),
        /** It is entered under other flags. */
        OTHER_FLAGS("other flags"),
        /** This engine has it, MTC does not. */
        ADDED("added");

        private final String words;

        What(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * A row that differs.
     *
     * @param phase MTC's name of its phase
     * @param what how it differs
     * @param reason why
     */
    public record Deviation(String phase, What what, String reason) {}

    /** {@return the rows of an itinerary that differ from MTC's} */
    public static List<Deviation> of(Kind kind) {
        return switch (kind) {
            case STAGE -> STAGE;
            case FINAL -> FINAL;
            case CANCEL -> CANCEL;
            case FAILED -> FAILED;
            case ROLLBACK -> ROLLBACK;
        };
    }

    /** {@return differences that concern all itineraries} */
    public static List<String> general() {
        return GENERAL;
    }

    private static final class Rows {
        private final List<Deviation> rows = new ArrayList<>();

        Rows with(List<Deviation> others) {
            rows.addAll(others);
            return this;
        }

        Rows with(What what, String reason, String... phases) {
            for (String phase : phases) {
                rows.add(new Deviation(phase, what, reason));
            }
            return this;
        }

        List<Deviation> list() {
            return List.copyOf(rows);
        }
    }
}
