package dev.mtc.engine.internal.itinerary;

import static dev.mtc.engine.internal.itinerary.Flag.CLEAN_UP;
import static dev.mtc.engine.internal.itinerary.Flag.DIRECT_IMAGE;
import static dev.mtc.engine.internal.itinerary.Flag.DIRECT_VOLUME;
import static dev.mtc.engine.internal.itinerary.Flag.HAS_HOOK_JOBS;
import static dev.mtc.engine.internal.itinerary.Flag.HAS_POST_BACKUP_HOOKS;
import static dev.mtc.engine.internal.itinerary.Flag.HAS_POST_RESTORE_HOOKS;
import static dev.mtc.engine.internal.itinerary.Flag.HAS_PRE_BACKUP_HOOKS;
import static dev.mtc.engine.internal.itinerary.Flag.HAS_PRE_RESTORE_HOOKS;
import static dev.mtc.engine.internal.itinerary.Flag.INDIRECT_IMAGE;
import static dev.mtc.engine.internal.itinerary.Flag.QUIESCE;
import static dev.mtc.engine.internal.itinerary.Flag.QUIESCE_BEGUN;
import static dev.mtc.engine.internal.itinerary.Flag.RESTORE_BEGUN;
import static dev.mtc.engine.internal.itinerary.Flag.ROLL_BACK;
import static dev.mtc.engine.internal.itinerary.Flag.STORAGE_CONVERSION;
import static dev.mtc.engine.internal.itinerary.Flag.VERIFY;
import static dev.mtc.engine.internal.itinerary.Flag.WARM;

import dev.mtc.api.Phase;
import dev.mtc.engine.internal.itinerary.Itinerary.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * MTC 1.8's itineraries without the phases that only tend Velero and restic daemons. The last copy of volumes comes
 * after the applications are quiesced, a failed migration cleans up, and Jobs of hooks do not outlive a successful one.
 */
public final class Itineraries {

    private static final Duration MINUTES = Duration.ofMinutes(10);
    private static final Duration DAYS = Duration.ofDays(2);

    private static final Itinerary STAGE = new Itinerary(
            Kind.STAGE,
            List.of(
                    leg(Phase.CREATED, "Prepare", DAYS),
                    leg(Phase.STARTED, "Prepare"),
                    leg(Phase.START_REFRESH, "Prepare"),
                    leg(Phase.WAIT_FOR_REFRESH, "Prepare"),
                    leg(Phase.CLEAN_STALE_STAGE_PODS, "Prepare"),
                    leg(Phase.WAIT_FOR_STALE_STAGE_PODS_TERMINATED, "Prepare"),
                    leg(Phase.CREATE_DIRECT_IMAGE_MIGRATION, "StageBackup", DIRECT_IMAGE),
                    leg(Phase.QUIESCE_SOURCE_APPLICATIONS, "StageBackup", QUIESCE),
                    leg(Phase.ENSURE_SRC_QUIESCED, "StageBackup", QUIESCE),
                    leg(Phase.CREATE_DIRECT_VOLUME_MIGRATION_STAGE, "StageBackup", DIRECT_VOLUME),
                    leg(Phase.ENSURE_STAGE_BACKUP, "StageBackup", INDIRECT_IMAGE),
                    leg(Phase.STAGE_BACKUP_CREATED, "StageBackup", DAYS, INDIRECT_IMAGE),
                    leg(Phase.ENSURE_STAGE_RESTORE, "StageRestore", INDIRECT_IMAGE),
                    leg(Phase.STAGE_RESTORE_CREATED, "StageRestore", DAYS, INDIRECT_IMAGE),
                    leg(Phase.WAIT_FOR_DIRECT_IMAGE_MIGRATION, "DirectImage", DAYS, DIRECT_IMAGE),
                    leg(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION, "DirectVolume", DAYS, DIRECT_VOLUME),
                    leg(Phase.SWAP_PVC_REFERENCES, "Cleanup", STORAGE_CONVERSION, QUIESCE),
                    leg(Phase.ENSURE_STAGE_PODS_TERMINATED, "Cleanup", DIRECT_VOLUME),
                    leg(Phase.COMPLETED, "Cleanup")));

    private static final Itinerary FINAL = new Itinerary(
            Kind.FINAL,
            List.of(
                    leg(Phase.CREATED, "Prepare", DAYS),
                    leg(Phase.STARTED, "Prepare"),
                    leg(Phase.START_REFRESH, "Prepare"),
                    leg(Phase.WAIT_FOR_REFRESH, "Prepare"),
                    leg(Phase.CLEAN_STALE_STAGE_PODS, "Prepare"),
                    leg(Phase.WAIT_FOR_STALE_STAGE_PODS_TERMINATED, "Prepare"),
                    leg(Phase.PRE_BACKUP_HOOKS, "PreBackupHooks", DAYS, HAS_PRE_BACKUP_HOOKS),
                    leg(Phase.CREATE_DIRECT_IMAGE_MIGRATION, "Backup", DIRECT_IMAGE),
                    leg(Phase.ENSURE_INITIAL_BACKUP, "Backup"),
                    leg(Phase.INITIAL_BACKUP_CREATED, "Backup", DAYS),
                    leg(Phase.ENSURE_STAGE_BACKUP, "Backup", INDIRECT_IMAGE),
                    leg(Phase.STAGE_BACKUP_CREATED, "Backup", DAYS, INDIRECT_IMAGE),
                    leg(Phase.ENSURE_STAGE_RESTORE, "StageRestore", INDIRECT_IMAGE),
                    leg(Phase.STAGE_RESTORE_CREATED, "StageRestore", DAYS, INDIRECT_IMAGE),
                    leg(Phase.WAIT_FOR_DIRECT_IMAGE_MIGRATION, "DirectImage", DAYS, DIRECT_IMAGE),
                    leg(Phase.CREATE_DIRECT_VOLUME_MIGRATION_STAGE, "StageBackup", DAYS, DIRECT_VOLUME, WARM),
                    leg(Phase.QUIESCE_SOURCE_APPLICATIONS, "StageBackup", QUIESCE),
                    leg(Phase.ENSURE_SRC_QUIESCED, "StageBackup", QUIESCE),
                    leg(Phase.CREATE_DIRECT_VOLUME_MIGRATION_FINAL, "StageBackup", DIRECT_VOLUME),
                    leg(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION, "DirectVolume", DAYS, DIRECT_VOLUME),
                    leg(Phase.POST_BACKUP_HOOKS, "PostBackupHooks", DAYS, HAS_POST_BACKUP_HOOKS),
                    leg(Phase.PRE_RESTORE_HOOKS, "PreRestoreHooks", DAYS, HAS_PRE_RESTORE_HOOKS),
                    leg(Phase.ENSURE_FINAL_RESTORE, "Restore"),
                    leg(Phase.FINAL_RESTORE_CREATED, "Restore", DAYS),
                    leg(Phase.UNQUIESCE_DEST_APPLICATIONS, "Restore"),
                    leg(Phase.POST_RESTORE_HOOKS, "PostRestoreHooks", DAYS, HAS_POST_RESTORE_HOOKS),
                    leg(Phase.ENSURE_STAGE_PODS_TERMINATED, "Cleanup", DIRECT_VOLUME),
                    leg(Phase.DELETE_HOOK_JOBS, "Cleanup", HAS_HOOK_JOBS),
                    leg(Phase.VERIFICATION, "Cleanup", VERIFY),
                    leg(Phase.COMPLETED, "Cleanup")));

    private static final Itinerary CANCEL = new Itinerary(
            Kind.CANCEL,
            List.of(
                    leg(Phase.CANCELING, "CleanupHelpers"),
                    leg(Phase.DELETE_HOOK_JOBS, "CleanupHelpers", HAS_HOOK_JOBS),
                    leg(Phase.DELETE_DIRECT_VOLUME_MIGRATION_RESOURCES, "CleanupHelpers"),
                    leg(Phase.DELETE_DIRECT_IMAGE_MIGRATION_RESOURCES, "CleanupHelpers"),
                    leg(Phase.ENSURE_STAGE_PODS_DELETED, "CleanupHelpers"),
                    leg(Phase.QUIESCE_DEST_APPLICATIONS, "CleanupUnquiesce", RESTORE_BEGUN, QUIESCE),
                    leg(Phase.ENSURE_DEST_QUIESCED, "CleanupUnquiesce", RESTORE_BEGUN, QUIESCE),
                    leg(Phase.SWAP_PVC_REFERENCES, "CleanupUnquiesce", STORAGE_CONVERSION, QUIESCE, QUIESCE_BEGUN),
                    leg(Phase.UNQUIESCE_SRC_APPLICATIONS, "CleanupUnquiesce", QUIESCE, QUIESCE_BEGUN),
                    leg(Phase.CANCELED, "Cleanup"),
                    leg(Phase.COMPLETED, "Cleanup")));

    private static final Itinerary FAILED = new Itinerary(
            Kind.FAILED,
            List.of(
                    leg(Phase.MIGRATION_FAILED, "CleanupHelpers"),
                    leg(Phase.DELETE_HOOK_JOBS, "CleanupHelpers", CLEAN_UP, HAS_HOOK_JOBS),
                    leg(Phase.DELETE_DIRECT_VOLUME_MIGRATION_RESOURCES, "CleanupHelpers", CLEAN_UP),
                    leg(Phase.DELETE_DIRECT_IMAGE_MIGRATION_RESOURCES, "CleanupHelpers", CLEAN_UP),
                    leg(Phase.ENSURE_STAGE_PODS_DELETED, "CleanupHelpers", CLEAN_UP),
                    leg(Phase.QUIESCE_DEST_APPLICATIONS, "CleanupUnquiesce", CLEAN_UP, RESTORE_BEGUN, QUIESCE),
                    leg(Phase.ENSURE_DEST_QUIESCED, "CleanupUnquiesce", CLEAN_UP, RESTORE_BEGUN, QUIESCE),
                    leg(
                            Phase.SWAP_PVC_REFERENCES,
                            "CleanupUnquiesce",
                            CLEAN_UP,
                            STORAGE_CONVERSION,
                            QUIESCE,
                            QUIESCE_BEGUN),
                    leg(Phase.DELETE_MIGRATED, "CleanupMigrated", CLEAN_UP, ROLL_BACK),
                    leg(Phase.ENSURE_MIGRATED_DELETED, "CleanupMigrated", CLEAN_UP, ROLL_BACK),
                    leg(Phase.UNQUIESCE_SRC_APPLICATIONS, "CleanupUnquiesce", CLEAN_UP, QUIESCE, QUIESCE_BEGUN),
                    leg(Phase.COMPLETED, "Cleanup")));

    private static final Itinerary ROLLBACK = new Itinerary(
            Kind.ROLLBACK,
            List.of(
                    leg(Phase.ROLLBACK, "CleanupHelpers"),
                    leg(Phase.ENSURE_STAGE_PODS_DELETED, "CleanupHelpers"),
                    leg(Phase.QUIESCE_DEST_APPLICATIONS, "CleanupMigrated"),
                    leg(Phase.ENSURE_DEST_QUIESCED, "CleanupMigrated"),
                    leg(Phase.SWAP_PVC_REFERENCES, "CleanupMigrated", STORAGE_CONVERSION),
                    leg(Phase.DELETE_MIGRATED, "CleanupMigrated"),
                    leg(Phase.ENSURE_MIGRATED_DELETED, "CleanupMigrated"),
                    leg(Phase.UNQUIESCE_SRC_APPLICATIONS, "CleanupUnquiesce"),
                    leg(Phase.COMPLETED, "Cleanup")));

    private static final Map<Kind, Itinerary> ALL = Map.of(
            Kind.STAGE, STAGE, Kind.FINAL, FINAL, Kind.CANCEL, CANCEL, Kind.FAILED, FAILED, Kind.ROLLBACK, ROLLBACK);

    private Itineraries() {}

    /** {@return the itinerary of a kind} */
    public static Itinerary of(Kind kind) {
        return Objects.requireNonNull(ALL.get(kind));
    }

    private static Leg leg(Phase phase, String step, Flag... allOf) {
        return leg(phase, step, MINUTES, allOf);
    }

    private static Leg leg(Phase phase, String step, Duration limit, Flag... allOf) {
        return new Leg(phase, step, Set.copyOf(Arrays.asList(allOf)), limit);
    }
}
