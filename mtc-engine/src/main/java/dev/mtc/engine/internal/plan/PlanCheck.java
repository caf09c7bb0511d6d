package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.ExistingPolicy;
import dev.mtc.api.MtcException;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.api.Problem.Severity;
import dev.mtc.api.Side;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.run.PlanIdentity;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks whether a plan can be carried out, changing nothing. The codes are MTC's condition types (specification 2.4). */
public final class PlanCheck {

    private final RunContext context;
    private final Plan plan;
    private final List<Problem> problems = new ArrayList<>();

    private PlanCheck(RunContext context) {
        this.context = context;
        this.plan = context.plan();
    }

    /** {@return everything that is wrong with the plan or worth a warning, conflicts of objects left out} */
    public static List<Problem> problems(RunContext context) {
        PlanCheck check = new PlanCheck(context);
        check.problems.addAll(Supported.problems(context.plan()));
        boolean source = check.cluster(Side.SOURCE, "SourceClusterNotReady");
        boolean target = check.cluster(Side.TARGET, "DestinationClusterNotReady");
        if (source && target) {
            check.sameCluster();
            if (check.namespaces()) {
                check.registries();
                check.volumes();
            }
        }
        return List.copyOf(check.problems);
    }

    private boolean cluster(Side side, String code) {
        try {
            context.server(side).get("/api/v1/namespaces/kube-system");
            return true;
        } catch (ClusterAccessException e) {
            if (e.status() == 404) {
                return true;
            }
            problems.add(problem(side, code, e));
        } catch (MtcException e) {
            problems.add(problem(side, code, e));
        } catch (RuntimeException e) {
            problems.add(new Problem(
                    Severity.CRITICAL,
                    side.word() + " cluster " + plan.cluster(side).name(),
                    code,
                    "it cannot be reached: " + e.getMessage(),
                    "check its address and credentials"));
        }
        return false;
    }

    private Problem problem(Side side, String code, MtcException e) {
        String name = side.word() + " cluster " + plan.cluster(side).name();
        return new Problem(Severity.CRITICAL, name, code, String.valueOf(e.getMessage()), "");
    }

    private void sameCluster() {
        boolean same = PlanIdentity.clusterUid(context.server(Side.SOURCE))
                .equals(PlanIdentity.clusterUid(context.server(Side.TARGET)));
        for (NamespaceMapping mapping : plan.namespaces()) {
            if (same && !mapping.isRename()) {
                problems.add(new Problem(
                        Severity.CRITICAL,
                        "namespaces[" + mapping + "]",
                        "IntraClusterMigration",
                        "source and target are the same cluster and the namespace keeps its name",
                        "map it to another name, or choose another target cluster"));
            }
        }
    }

    private boolean namespaces() {
        boolean all = true;
        for (NamespaceMapping mapping : plan.namespaces()) {
            Optional<ObjectNode> source = context.server(Side.SOURCE).find("/api/v1/namespaces/" + mapping.source());
            if (source.isEmpty()) {
                all = false;
                problems.add(new Problem(
                        Severity.CRITICAL,
                        "namespaces[" + mapping + "]",
                        "NamespaceNotFoundOnSourceCluster",
                        "there is no namespace '" + mapping.source() + "' on the source cluster "
                                + plan.from().name(),
                        "correct the name; " + known()));
            }
            context.server(Side.TARGET)
                    .find("/api/v1/namespaces/" + mapping.target())
                    .filter(namespace -> namespace.path("metadata").has("deletionTimestamp"))
                    .ifPresent(namespace -> problems.add(Problem.error(
                            "namespaces[" + mapping + "]",
                            "NamespaceTerminating",
                            "namespace '" + mapping.target() + "' is being deleted on the target cluster",
                            "wait until it is gone, or use another name")));
        }
        return all;
    }

    private String known() {
        return context.server(Side.SOURCE).list("/api/v1/namespaces", "").stream()
                .map(namespace -> namespace.path("metadata").path("name").asText())
                .filter(name -> !name.startsWith("kube-") && !name.startsWith("openshift"))
                .limit(10)
                .collect(Collectors.joining(", ", "the cluster has ", ""));
    }

    private void registries() {
        if (plan.from().registry().isPresent() && plan.to().registry().isEmpty()) {
            problems.add(Problem.error(
                    "to.registry",
                    "DestinationClusterNoRegistryPath",
                    "the source has a registry to copy images from, but the target cluster "
                            + plan.to().name() + " has none to copy them to",
                    "call registry(…) on the target cluster, or leave it out on the source"));
        }
    }

    private void volumes() {
        List<PlannedVolume> volumes = PlannedVolumes.find(plan, context.server(Side.SOURCE));
        Set<String> names =
                volumes.stream().map(volume -> volume.source().toString()).collect(Collectors.toSet());
        for (String claim : plan.volumeExceptions().keySet()) {
            if (!names.contains(claim)) {
                problems.add(Problem.error(
                        "volumes[" + claim + "]",
                        "InvalidPVCs",
                        "there is no such claim on the source cluster",
                        names.isEmpty() ? "the plan's namespaces have none" : "the plan's namespaces have " + names));
            }
        }
        if (volumes.stream().anyMatch(volume -> volume.copy().isPresent())) {
            StorageClasses classes = StorageClasses.of(context.server(Side.SOURCE), context.server(Side.TARGET));
            TargetClaims claims = new TargetClaims(context.server(Side.TARGET), context.planUid());
            volumes.stream().filter(volume -> volume.copy().isPresent()).forEach(volume -> {
                volume(volume, classes);
                existing(volume, claims);
            });
        }
    }

    private void volume(PlannedVolume volume, StorageClasses classes) {
        String where = "volumes[" + volume.source() + "]";
        if (volume.claim().path("spec").path("volumeMode").asText().equals("Block")) {
            problems.add(Problem.error(
                    where,
                    "PvInvalidCopyMethod",
                    "the volume has mode Block, which this version cannot copy",
                    "leave it out with volume(\"" + volume.source() + "\", VolumeChoice.skip())"));
        }
        Optional<String> storageClass = classes.propose(volume);
        if (storageClass.isEmpty()) {
            problems.add(Problem.error(
                    where,
                    "PvNoStorageClassSelection",
                    "the target has no default storage class, nor one of the source's provisioner",
                    "choose one of " + classes.names() + " with VolumeChoice.copy().storageClass(…)"));
        } else if (!classes.exists(storageClass.get())) {
            problems.add(Problem.error(
                    where,
                    "PvInvalidStorageClass",
                    "storage class '" + storageClass.get() + "' does not exist on the target cluster",
                    "choose one of " + classes.names()));
        } else if (classes.isWithoutProvisioner(storageClass.get()) && !hasVolume(storageClass.get())) {
            problems.add(Problem.error(
                    where,
                    "PvCannotBind",
                    "storage class '" + storageClass.get() + "' makes no volumes and none is available in it",
                    "choose another of " + classes.names() + ", or make a PersistentVolume for it"));
        }
    }

    private boolean hasVolume(String storageClass) {
        return context.server(Side.TARGET).list("/api/v1/persistentvolumes", "").stream()
                .anyMatch(volume ->
                        volume.path("spec").path("storageClassName").asText().equals(storageClass)
                                && volume.path("status").path("phase").asText().equals("Available"));
    }

    private void existing(PlannedVolume volume, TargetClaims claims) {
        Optional<ObjectNode> present = claims.find(volume.target());
        if (present.isEmpty() || claims.handedOverBy(present.get()).isPresent()) {
            return;
        }
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
    }

    /** {@return one line about the clusters, for a plan that is fine} */
    public static String summary(RunContext context) {
        return version(context.server(Side.SOURCE)) + " -> " + version(context.server(Side.TARGET)) + ", "
                + context.plan().namespaces().size() + " namespace"
                + (context.plan().namespaces().size() == 1 ? "" : "s");
    }

    /** {@return the version that a cluster says it has} */
    public static String version(ApiServer server) {
        return server.get("/version").path("gitVersion").asText("unknown version");
    }
}
