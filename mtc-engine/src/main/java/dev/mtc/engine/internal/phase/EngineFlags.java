package dev.mtc.engine.internal.phase;

import dev.mtc.api.Hook;
import dev.mtc.api.HookPoint;
import dev.mtc.api.PlannedHook;
import dev.mtc.api.Route;
import dev.mtc.api.model.v1alpha1.MigMigrationSpec;
import dev.mtc.engine.internal.itinerary.Flag;
import dev.mtc.engine.internal.plan.Conversion;
import dev.mtc.engine.internal.plan.ImageMapping;
import dev.mtc.engine.internal.plan.PlannedVolumes;
import dev.mtc.engine.internal.run.Flags;
import dev.mtc.engine.internal.run.RunContext;
import dev.mtc.engine.internal.run.Wishes;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The flags that follow from plan and migration. */
public final class EngineFlags implements Flags {

    private static final Map<HookPoint, Flag> HOOKS = new EnumMap<>(Map.of(
            HookPoint.PRE_BACKUP, Flag.HAS_PRE_BACKUP_HOOKS,
            HookPoint.POST_BACKUP, Flag.HAS_POST_BACKUP_HOOKS,
            HookPoint.PRE_RESTORE, Flag.HAS_PRE_RESTORE_HOOKS,
            HookPoint.POST_RESTORE, Flag.HAS_POST_RESTORE_HOOKS));

    private record Volumes(boolean any) {
        static Volumes of(RunContext context) {
            MigMigrationSpec spec = context.migration().getSpec();
            boolean isCutover = !spec.isStage() && !spec.isMigrateState();
            return new Volumes(PlannedVolumes.find(context).stream()
                    .anyMatch(volume -> volume.copy().isPresent() || (isCutover && volume.isMoved())));
        }
    }

    @Override
    public Set<Flag> of(RunContext context) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        if (context.migration().getSpec().isQuiescePods()) {
            flags.add(Flag.QUIESCE);
        }
        if (context.migration().getSpec().isVerify()) {
            flags.add(Flag.VERIFY);
        }
        if (isConversion(context)) {
            flags.add(Flag.STORAGE_CONVERSION);
        }
        if (Wishes.isWarm(context.migration())) {
            flags.add(Flag.WARM);
        }
        if (!context.migration().getSpec().isMigrateState()
                && ImageMapping.of(context.plan()).isPresent()) {
            flags.add(context.plan().imageRoute() == Route.DIRECT ? Flag.DIRECT_IMAGE : Flag.INDIRECT_IMAGE);
        }
        for (PlannedHook planned : context.plan().hooks()) {
            flags.add(HOOKS.get(planned.point()));
            if (planned.hook() instanceof Hook.Job) {
                flags.add(Flag.HAS_HOOK_JOBS);
            }
        }
        if (!context.migration().getSpec().isRollback()
                && context.work(Volumes.class, Volumes::of).any()) {
            flags.add(Flag.DIRECT_VOLUME);
        }
        return flags;
    }

    private static boolean isConversion(RunContext context) {
        MigMigrationSpec spec = context.migration().getSpec();
        return (spec.isMigrateState() || spec.isRollback()) && Conversion.is(context.plan());
    }
}
