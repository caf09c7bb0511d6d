package dev.mtc.engine.internal.phase;

import dev.mtc.api.HookPoint;
import dev.mtc.api.Phase;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.run.Outcome;
import dev.mtc.engine.internal.run.PhaseHandler;
import java.util.EnumMap;
import java.util.Map;

/** Which handler does which phase. */
public final class PhaseHandlers {

    private static final PhaseHandler NOTHING = context -> Outcome.advance();

    private PhaseHandlers() {}

    /** {@return the handlers of all phases} */
    public static Map<Phase, PhaseHandler> all() {
        Map<Phase, PhaseHandler> handlers = new EnumMap<>(Phase.class);
        handlers.put(Phase.CREATED, new AwaitTurn());
        handlers.put(Phase.STARTED, new StageWork());
        handlers.put(Phase.START_REFRESH, new Refresh.Start());
        handlers.put(Phase.WAIT_FOR_REFRESH, new Refresh.Await());
        handlers.put(Phase.CLEAN_STALE_STAGE_PODS, new DeleteHelpers.Begin());
        handlers.put(Phase.WAIT_FOR_STALE_STAGE_PODS_TERMINATED, new DeleteHelpers.End());
        handlers.put(Phase.PRE_BACKUP_HOOKS, new RunHooks(HookPoint.PRE_BACKUP));
        handlers.put(Phase.CREATE_DIRECT_IMAGE_MIGRATION, new ImageMigration.Create(ImageMigration::toTarget));
        handlers.put(Phase.CREATE_DIRECT_VOLUME_MIGRATION_STAGE, new WarmUp(new VolumeMigration.Create()));
        handlers.put(Phase.ENSURE_INITIAL_BACKUP, new Backup.Start());
        handlers.put(Phase.INITIAL_BACKUP_CREATED, new Backup.Await());
        handlers.put(Phase.ENSURE_STAGE_BACKUP, new ImageMigration.Create(ImageMigration::toRepository));
        handlers.put(Phase.STAGE_BACKUP_CREATED, new ImageMigration.Await(ImageMigration::toRepository));
        handlers.put(Phase.ENSURE_STAGE_RESTORE, new ImageMigration.Create(ImageMigration::toTarget));
        handlers.put(Phase.STAGE_RESTORE_CREATED, new ImageMigration.Await(ImageMigration::toTarget));
        handlers.put(Phase.QUIESCE_SOURCE_APPLICATIONS, new Applications.Stop(Side.SOURCE));
        handlers.put(Phase.ENSURE_SRC_QUIESCED, new Applications.EnsureStopped(Side.SOURCE));
        handlers.put(Phase.CREATE_DIRECT_VOLUME_MIGRATION_FINAL, new VolumeMigration.Create());
        handlers.put(Phase.WAIT_FOR_DIRECT_IMAGE_MIGRATION, new ImageMigration.Await(ImageMigration::toTarget));
        handlers.put(Phase.WAIT_FOR_DIRECT_VOLUME_MIGRATION, new VolumeMigration.Await());
        handlers.put(Phase.POST_BACKUP_HOOKS, new RunHooks(HookPoint.POST_BACKUP));
        handlers.put(Phase.PRE_RESTORE_HOOKS, new RunHooks(HookPoint.PRE_RESTORE));
        handlers.put(Phase.ENSURE_FINAL_RESTORE, new FinalRestore.Start());
        handlers.put(Phase.FINAL_RESTORE_CREATED, new FinalRestore.Await());
        handlers.put(Phase.UNQUIESCE_DEST_APPLICATIONS, new Applications.Start(Side.TARGET));
        handlers.put(Phase.POST_RESTORE_HOOKS, new RunHooks(HookPoint.POST_RESTORE));
        handlers.put(Phase.VERIFICATION, new Verification());
        handlers.put(Phase.CANCELING, new StopWork());
        handlers.put(Phase.CANCELED, NOTHING);
        handlers.put(Phase.DELETE_HOOK_JOBS, new DeleteHookJobs());
        handlers.put(
                Phase.DELETE_DIRECT_VOLUME_MIGRATION_RESOURCES, new StopTransfers("volume", VolumeMigration::stop));
        handlers.put(Phase.DELETE_DIRECT_IMAGE_MIGRATION_RESOURCES, new StopTransfers("image", ImageMigration::stop));
        handlers.put(Phase.ENSURE_STAGE_PODS_DELETED, new DeleteHelpers.Whole());
        handlers.put(Phase.ENSURE_STAGE_PODS_TERMINATED, new VolumeMigration.AwaitHelpers());
        handlers.put(Phase.SWAP_PVC_REFERENCES, new SwapReferences(new Applications.Start(Side.SOURCE)));
        handlers.put(
                Phase.UNQUIESCE_SRC_APPLICATIONS,
                new UnlessInUse(new ReturnVolumes(new Applications.Start(Side.SOURCE))));
        handlers.put(Phase.MIGRATION_FAILED, new StopWork());
        handlers.put(Phase.ROLLBACK, NOTHING);
        handlers.put(Phase.QUIESCE_DEST_APPLICATIONS, new UnlessInUse(new Applications.Stop(Side.TARGET)));
        handlers.put(Phase.ENSURE_DEST_QUIESCED, new UnlessInUse(new Applications.EnsureStopped(Side.TARGET)));
        handlers.put(Phase.DELETE_MIGRATED, new UnlessInUse(new DeleteMigrated.Begin()));
        handlers.put(Phase.ENSURE_MIGRATED_DELETED, new UnlessInUse(new DeleteMigrated.End()));
        handlers.put(Phase.COMPLETED, NOTHING);
        return handlers;
    }
}
