package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.CopyMethod;
import dev.mtc.api.ExistingPolicy;
import dev.mtc.api.Plan;
import dev.mtc.api.PlanLimits;
import dev.mtc.api.Problem;
import dev.mtc.api.Route;
import dev.mtc.api.Side;
import dev.mtc.api.VolumeChoice;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whether the volumes of a plan can be made and filled on the target. */
final class VolumeChecks {

    private final RunContext context;
    private final Plan plan;
    private final ApiServer target;

    VolumeChecks(RunContext context) {
        this.context = context;
        this.plan = context.plan();
        this.target = context.server(Side.TARGET);
    }

    List<Problem> problems(PlanLimits limits) {
        List<PlannedVolume> volumes = PlannedVolumes.find(context);
        List<Problem> problems = new ArrayList<>(unknown(volumes));
        if (volumes.size() > limits.volumes()) {
            problems.add(Problem.warning(
                    "volumes",
                    "PvLimitExceeded",
                    volumes.size() + " volumes are in the plan, " + limits.volumes()
                            + " are a good number for one plan",
                    "split the plan, or raise the limit"));
        }
        List<PlannedVolume> copied =
                volumes.stream().filter(volume -> volume.copy().isPresent()).toList();
        problems.addAll(
                contested(volumes.stream().filter(PlannedVolume::isCarried).toList()));
        problems.addAll(MoveChecks.problems(context, volumes));
        if (plan.reverses().isPresent()) {
            problems.addAll(WayBack.problems(context, copied));
        }
        if (!copied.isEmpty()) {
            StorageClasses classes = StorageClasses.of(context);
            TargetClaims claims = TargetClaims.of(context);
            List<Supplier<List<Problem>>> questions = new ArrayList<>();
            copied.forEach(volume -> questions.add(() -> of(volume, classes, claims)));
            questions.addAll(new MoverPodChecks(context).questions(copied));
            Together.ask(context.executor(), questions).forEach(problems::addAll);
        }
        return problems;
    }

    private static String where(PlannedVolume volume) {
        return "volumes[" + volume.source() + "]";
    }

    private List<Problem> unknown(List<PlannedVolume> volumes) {
        Set<String> names =
                volumes.stream().map(volume -> volume.source().toString()).collect(Collectors.toSet());
        return plan.volumeExceptions().keySet().stream()
                .filter(claim -> !names.contains(claim) && !isLeftOutOnTheWayBack(claim))
                .map(claim -> Problem.error(
                        "volumes[" + claim + "]",
                        "InvalidPVCs",
                        "there is no such claim on the source cluster",
                        names.isEmpty() ? "the plan's namespaces have none" : "the plan's namespaces have " + names))
                .toList();
    }

    /** What did not go forth need not be there. */
    private boolean isLeftOutOnTheWayBack(String claim) {
        return plan.reverses().isPresent() && plan.volumeExceptions().get(claim) instanceof VolumeChoice.Skip;
    }

    private static List<Problem> contested(List<PlannedVolume> volumes) {
        Map<String, List<PlannedVolume>> byTarget = new LinkedHashMap<>();
        volumes.forEach(volume -> byTarget.computeIfAbsent(volume.target().toString(), key -> new ArrayList<>())
                .add(volume));
        return byTarget.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> Problem.critical(
                        where(entry.getValue().get(0)),
                        "ConflictingPVCMappings",
                        "it and "
                                + entry.getValue().stream()
                                        .skip(1)
                                        .map(volume -> volume.source().toString())
                                        .collect(Collectors.joining(", "))
                                + " would all become " + entry.getKey() + " on the target",
                        "rename them to different names"))
                .toList();
    }

    private List<Problem> of(PlannedVolume volume, StorageClasses classes, TargetClaims claims) {
        List<Problem> problems = new ArrayList<>(method(volume));
        problems.addAll(storageClass(volume, classes));
        problems.addAll(accessModes(volume, classes));
        problems.addAll(existing(volume, claims));
        return problems;
    }

    private List<Problem> method(PlannedVolume volume) {
        List<Problem> problems = new ArrayList<>();
        if (volume.isDevice() && plan.volumeRoute() == Route.INDIRECT) {
            problems.add(Problem.error(
                    where(volume),
                    "PvInvalidCopyMethod",
                    "the volume has mode Block, which can only be copied straight from cluster to cluster",
                    "call directVolumes(), or leave it out with volume(\"" + volume.source()
                            + "\", VolumeChoice.skip())"));
        } else if (!volume.isDevice()
                && volume.copy()
                        .filter(copy -> copy.method() == CopyMethod.BLOCK)
                        .isPresent()) {
            problems.add(Problem.error(
                    where(volume),
                    "PvInvalidCopyMethod",
                    "the volume has mode Filesystem, which cannot be copied block by block",
                    "copy its files with volume(\"" + volume.source() + "\", VolumeChoice.copy())"));
        }
        if (volume.copy().filter(copy -> copy.method() == CopyMethod.SNAPSHOT).isPresent()) {
            problems.add(Problem.warning(
                    where(volume),
                    "PvWarnCopyMethodSnapshot",
                    "snapshots can be handed over only within one storage provider and region, and not by this version",
                    "copy files with VolumeChoice.copy()"));
        }
        return problems;
    }

    private List<Problem> storageClass(PlannedVolume volume, StorageClasses classes) {
        Optional<String> storageClass = classes.propose(volume);
        if (storageClass.isEmpty()) {
            return withoutClass(volume, classes);
        } else if (!classes.exists(storageClass.get())) {
            return List.of(Problem.error(
                    where(volume),
                    "PvInvalidStorageClass",
                    "storage class '" + storageClass.get() + "' does not exist on the target cluster",
                    "choose one of " + classes.names()));
        } else if (classes.isWithoutProvisioner(storageClass.get()) && !hasVolume(storageClass.get())) {
            return List.of(Problem.error(
                    where(volume),
                    "PvCannotBind",
                    "storage class '" + storageClass.get() + "' makes no volumes and none is available in it",
                    "choose another of " + classes.names() + ", or make a PersistentVolume for it"));
        }
        return List.of();
    }

    /** A claim without a class binds to a volume that was made by hand, or never. */
    private List<Problem> withoutClass(PlannedVolume volume, StorageClasses classes) {
        String choose = "choose one of " + classes.names() + " with VolumeChoice.copy().storageClass(…)";
        Problem none = Problem.warning(
                where(volume),
                "PvNoStorageClassSelection",
                "the target has no default storage class, nor one of the source's provisioner",
                choose);
        return hasVolume("")
                ? List.of(none)
                : List.of(
                        none,
                        Problem.error(
                                where(volume),
                                "PvCannotBind",
                                "it gets no storage class, and no volume without one is available on the target",
                                choose + ", or make a PersistentVolume without a class"));
    }

    private boolean hasVolume(String storageClass) {
        return target.list("/api/v1/persistentvolumes", "").stream()
                .anyMatch(volume ->
                        volume.path("spec").path("storageClassName").asText().equals(storageClass)
                                && volume.path("status").path("phase").asText().equals("Available"));
    }

    /** What a bound claim has on the source, volumes of the same provisioner can have on the target, too. */
    private static List<Problem> accessModes(PlannedVolume volume, StorageClasses classes) {
        String storageClass = classes.propose(volume).orElse("");
        String provisioner = classes.targetProvisioner(storageClass);
        boolean proven = volume.isBound() && provisioner.equals(classes.sourceProvisioner(volume.sourceStorageClass()));
        return volume.targetAccessModes().stream()
                .filter(mode -> !provisioner.isEmpty() && !classes.isWithoutProvisioner(storageClass))
                .filter(mode -> !(proven && volume.sourceAccessModes().contains(mode)))
                .filter(mode -> !Provisioners.allows(provisioner, volume.volumeMode(), mode))
                .map(mode -> Problem.warning(
                        where(volume),
                        "PvWarnAccessModeUnavailable",
                        "storage class '" + storageClass + "' (" + provisioner + ") is not known to make volumes for "
                                + mode,
                        "choose another of " + classes.names() + ", or another mode with"
                                + " VolumeChoice.copy().accessMode(…)"))
                .toList();
    }

    private List<Problem> existing(PlannedVolume volume, TargetClaims claims) {
        Optional<ObjectNode> present = claims.find(volume.target());
        if (present.isEmpty() || claims.handedOverBy(present.get()).isPresent()) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        String where = "target persistentvolumeclaims " + volume.target();
        if (!claims.isOurs(present.get()) && plan.existing() != ExistingPolicy.UPDATE) {
            problems.add(Problem.error(
                    where,
                    "PvcConflict",
                    "a claim of that name exists and was not put there by this plan; a copy would replace its data",
                    "delete it, rename the copy, or allow it with existing(ExistingPolicy.UPDATE)"));
        }
        List<String> users = claims.users(volume.target());
        if (!users.isEmpty()) {
            problems.add(Problem.error(
                    where,
                    "PvcInUse",
                    "pods " + users + " of the target use it; a copy would change data under them",
                    "stop them, or roll the plan back first"));
        }
        return problems;
    }
}
