package dev.mtc.api;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A phase of a migration with MTC 1.8's name and a description for people.
 *
 * @since 0.1
 */
public enum Phase {
    /** Nothing was done yet; its name on the wire is empty. */
    CREATED("", "Waiting to start."),
    /** The migration has begun. */
    STARTED("Started", "Migration started."),
    /** The plan is checked again. */
    START_REFRESH("StartRefresh", "Checking clusters, storage and plan."),
    /** The plan's check goes on. */
    WAIT_FOR_REFRESH("WaitForRefresh", "Waiting for the check of the plan."),
    /** Mover pods of earlier runs are removed. */
    CLEAN_STALE_STAGE_PODS("CleanStaleStagePods", "Removing pods that earlier runs left."),
    /** Mover pods of earlier runs are gone. */
    WAIT_FOR_STALE_STAGE_PODS_TERMINATED(
            "WaitForStaleStagePodsTerminated", "Waiting for pods of earlier runs to terminate."),
    /** Hooks before anything is copied. */
    PRE_BACKUP_HOOKS("PreBackupHooks", "Running PreBackup hooks."),
    /** Image copies start. */
    CREATE_DIRECT_IMAGE_MIGRATION("CreateDirectImageMigration", "Starting to copy images."),
    /** Volume copies start while applications run. */
    CREATE_DIRECT_VOLUME_MIGRATION_STAGE(
            "CreateDirectVolumeMigrationStage", "Starting to copy volumes while applications run."),
    /** The objects are being captured. */
    ENSURE_INITIAL_BACKUP("EnsureInitialBackup", "Starting to capture objects."),
    /** The objects are captured. */
    INITIAL_BACKUP_CREATED("InitialBackupCreated", "Capturing objects."),
    /** Images start to go into the repository. */
    ENSURE_STAGE_BACKUP("EnsureStageBackup", "Starting to copy images into the repository."),
    /** The images are in the repository. */
    STAGE_BACKUP_CREATED("StageBackupCreated", "Copying images into the repository."),
    /** Images start to come out of the repository. */
    ENSURE_STAGE_RESTORE("EnsureStageRestore", "Starting to copy images from the repository to the target."),
    /** The images of the repository are on the target. */
    STAGE_RESTORE_CREATED("StageRestoreCreated", "Copying images from the repository to the target."),
    /** All images are copied. */
    WAIT_FOR_DIRECT_IMAGE_MIGRATION("WaitForDirectImageMigrationToComplete", "Copying images."),
    /** Applications of the source are scaled down. */
    QUIESCE_SOURCE_APPLICATIONS("QuiesceSourceApplications", "Scaling down applications on the source."),
    /** Applications of the source are down. */
    ENSURE_SRC_QUIESCED("EnsureSrcQuiesced", "Waiting for applications on the source to stop."),
    /** The last volume copies start. */
    CREATE_DIRECT_VOLUME_MIGRATION_FINAL("CreateDirectVolumeMigrationFinal", "Starting the last copy of volumes."),
    /** All volumes are copied. */
    WAIT_FOR_DIRECT_VOLUME_MIGRATION("WaitForDirectVolumeMigrationToComplete", "Copying volumes."),
    /** Hooks after all data is copied. */
    POST_BACKUP_HOOKS("PostBackupHooks", "Running PostBackup hooks."),
    /** Hooks before objects are applied. */
    PRE_RESTORE_HOOKS("PreRestoreHooks", "Running PreRestore hooks."),
    /** The objects are being applied. */
    ENSURE_FINAL_RESTORE("EnsureFinalRestore", "Starting to apply objects on the target."),
    /** The objects are applied. */
    FINAL_RESTORE_CREATED("FinalRestoreCreated", "Applying objects on the target."),
    /** Applications of the target are scaled up. */
    UNQUIESCE_DEST_APPLICATIONS("UnQuiesceDestApplications", "Scaling up applications on the target."),
    /** Hooks after the applications of the target were started. */
    POST_RESTORE_HOOKS("PostRestoreHooks", "Running PostRestore hooks."),
    /** The applications of the target become ready. */
    VERIFICATION("Verification", "Waiting for applications on the target to become ready."),
    /** Cancelling has begun. */
    CANCELING("Canceling", "Canceling."),
    /** Cancelling is done. */
    CANCELED("Canceled", "Canceled."),
    /** Jobs of hooks are removed. */
    DELETE_HOOK_JOBS("DeleteHookJobs", "Removing Jobs of hooks."),
    /** Helpers of volume copies are removed. */
    DELETE_DIRECT_VOLUME_MIGRATION_RESOURCES(
            "DeleteDirectVolumeMigrationResources", "Removing what copying volumes needed."),
    /** Image copies are stopped. */
    DELETE_DIRECT_IMAGE_MIGRATION_RESOURCES("DeleteDirectImageMigrationResources", "Stopping image copies."),
    /** Workloads mount other claims, those that were converted or the ones before. */
    SWAP_PVC_REFERENCES("SwapPVCReferences", "Letting workloads use other claims."),
    /** Mover pods are removed. */
    ENSURE_STAGE_PODS_DELETED("EnsureStagePodsDeleted", "Removing helper pods."),
    /** Mover pods are gone. */
    ENSURE_STAGE_PODS_TERMINATED("EnsureStagePodsTerminated", "Waiting for helper pods to terminate."),
    /** Applications of the source are scaled up again. */
    UNQUIESCE_SRC_APPLICATIONS("UnQuiesceSrcApplications", "Scaling up applications on the source."),
    /** A failure is being dealt with. */
    MIGRATION_FAILED("MigrationFailed", "The migration has failed, cleaning up."),
    /** A rollback has begun. */
    ROLLBACK("Rollback", "Starting to roll back."),
    /** Applications of the target are scaled down. */
    QUIESCE_DEST_APPLICATIONS("QuiesceDestinationApplications", "Scaling down applications on the target."),
    /** Applications of the target are down. */
    ENSURE_DEST_QUIESCED("EnsureDestQuiesced", "Waiting for applications on the target to stop."),
    /** What the plan made on the target is being deleted. */
    DELETE_MIGRATED("DeleteMigrated", "Deleting migrated objects from the target."),
    /** What the plan made on the target is gone. */
    ENSURE_MIGRATED_DELETED("EnsureMigratedDeleted", "Waiting for migrated objects to be gone from the target."),
    /** The migration has ended. */
    COMPLETED("Completed", "Complete.");

    private static final Map<String, Phase> BY_WIRE_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Phase::wireName, Function.identity()));

    private final String wireName;
    private final String description;

    Phase(String wireName, String description) {
        this.wireName = wireName;
        this.description = description;
    }

    /** {@return MTC's name of it, as in {@code status.phase}} */
    public String wireName() {
        return wireName;
    }

    /** {@return what it does, for people} */
    public String description() {
        return description;
    }

    /**
     * {@return the phase of a name}
     *
     * @param wireName MTC's name of it
     * @throws IllegalArgumentException if there is none
     */
    public static Phase ofWireName(String wireName) {
        Phase phase = BY_WIRE_NAME.get(wireName);
        if (phase == null) {
            throw new IllegalArgumentException("Phase '" + wireName
                    + "' is unknown to this version of mtc; use the version that wrote it, or a newer one");
        }
        return phase;
    }

    @Override
    public String toString() {
        return this == CREATED ? "Created" : wireName;
    }
}
