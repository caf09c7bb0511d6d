package dev.mtc.engine.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.Problem;
import dev.mtc.api.Side;
import dev.mtc.api.VolumeChoice;
import dev.mtc.api.spi.ClaimRef;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.PlanIdentity;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether volumes can be moved without copying: the target's nodes must be able to attach what is behind them. */
final class MoveChecks {

    private static final String VOLUMES = "/api/v1/persistentvolumes/";
    private static final String NODES = "/apis/storage.k8s.io/v1/csinodes";
    private static final String CLASSES = "/apis/storage.k8s.io/v1/storageclasses";
    private static final String COPY_INSTEAD = "copy it with VolumeChoice.copy()";

    private final ApiServer source;
    private final ApiServer target;
    private final TargetClaims claims;
    private final String planUid;

    private MoveChecks(RunContext context) {
        this.source = context.server(Side.SOURCE);
        this.target = context.server(Side.TARGET);
        this.planUid = context.planUid();
        this.claims = new TargetClaims(target, planUid);
    }

    /** {@return what is wrong with the volumes of a plan that are to be moved} */
    static List<Problem> problems(RunContext context, List<PlannedVolume> volumes) {
        List<PlannedVolume> chosen = volumes.stream()
                .filter(volume -> volume.choice() instanceof VolumeChoice.Move)
                .toList();
        if (chosen.isEmpty()) {
            return List.of();
        }
        boolean isOneCluster = PlanIdentity.clusterUid(context.server(Side.SOURCE))
                .equals(PlanIdentity.clusterUid(context.server(Side.TARGET)));
        if (isOneCluster) {
            return chosen.stream()
                    .map(volume -> Problem.error(
                            where(volume),
                            "PvMoveSameCluster",
                            "source and target are the same cluster, where a volume cannot have two claims",
                            COPY_INSTEAD))
                    .toList();
        }
        MoveChecks checks = new MoveChecks(context);
        return chosen.stream()
                .filter(PlannedVolume::isMoved)
                .flatMap(volume -> checks.of(volume).stream())
                .toList();
    }

    private static String where(PlannedVolume volume) {
        return "volumes[" + volume.source() + "]";
    }

    private List<Problem> of(PlannedVolume volume) {
        Optional<ObjectNode> found = source.find(VOLUMES + volume.volumeName());
        if (found.isEmpty()) {
            return List.of(Problem.error(
                    where(volume),
                    "PvMoveNotFound",
                    "its PersistentVolume '" + volume.volumeName() + "' is not there",
                    "look at the claim on the source"));
        }
        if (claims.find(volume.target()).flatMap(claims::handedOverBy).isPresent()) {
            return List.of();
        }
        VolumeBackend backend = VolumeBackend.of(found.get());
        List<Problem> problems = new ArrayList<>(attachable(volume, backend));
        problems.addAll(secrets(volume, backend));
        problems.addAll(names(volume));
        return problems;
    }

    private List<Problem> attachable(PlannedVolume volume, VolumeBackend backend) {
        String what = volume.volumeName() + " (" + backend.words() + ")";
        if (!backend.isMovable()) {
            return List.of(Problem.error(
                    where(volume),
                    "PvMoveNotShared",
                    what
                            + " is on the disk of a node, or nobody knows where: nodes of the target would see other files or none",
                    COPY_INSTEAD
                            + (backend.type().equals("hostPath")
                                    ? "; if the path is a file system that all nodes of both clusters mount, annotate the"
                                            + " PersistentVolume with " + VolumeBackend.SHARED_PATH + ": \"true\""
                                    : "")));
        } else if (!backend.driver().isEmpty() && !hasDriver(backend.driver())) {
            return List.of(Problem.error(
                    where(volume),
                    "PvMoveDriverMissing",
                    what + " needs CSI driver '" + backend.driver() + "', which no node of the target has",
                    "install the driver on the target, or " + COPY_INSTEAD));
        }
        return List.of(Problem.warning(
                where(volume),
                "PvMoveNotProbed",
                "whether nodes of the target can attach " + what + " shows only when its pods start",
                "make sure that they reach the same storage with the same rights"));
    }

    private boolean hasDriver(String driver) {
        return collection(NODES).stream()
                        .flatMap(node -> node.path("spec").path("drivers").valueStream())
                        .anyMatch(one -> one.path("name").asText().equals(driver))
                || collection(CLASSES).stream()
                        .anyMatch(one -> one.path("provisioner").asText().equals(driver));
    }

    private List<ObjectNode> collection(String path) {
        try {
            return target.list(path, "");
        } catch (ClusterAccessException e) {
            if (e.status() == 404) {
                return List.of();
            }
            throw e;
        }
    }

    private List<Problem> secrets(PlannedVolume volume, VolumeBackend backend) {
        return backend.secrets().stream()
                .map(name -> name.startsWith("/") ? volume.target().namespace() + name : name)
                .filter(name -> !isThere(name))
                .map(name -> Problem.warning(
                        where(volume),
                        "PvMoveSecretMissing",
                        volume.volumeName() + " is attached with Secret " + name + ", which the target does not have",
                        "make it there before the cut-over"))
                .toList();
    }

    private boolean isThere(String secret) {
        ClaimRef name =
                new ClaimRef(secret.substring(0, secret.indexOf('/')), secret.substring(secret.indexOf('/') + 1));
        try {
            return target.find("/api/v1/namespaces/" + name.namespace() + "/secrets/" + name.name())
                    .isPresent();
        } catch (ClusterAccessException e) {
            if (e.status() == 403) {
                return true;
            }
            throw e;
        }
    }

    private List<Problem> names(PlannedVolume volume) {
        List<Problem> problems = new ArrayList<>();
        target.find(VOLUMES + volume.volumeName())
                .filter(present -> !isOurs(present))
                .ifPresent(present -> problems.add(Problem.error(
                        "target persistentvolumes " + volume.volumeName(),
                        "PvNameConflict",
                        "a volume of that name exists and was not put there by this plan",
                        "delete it if it is the same storage, or " + COPY_INSTEAD)));
        claims.find(volume.target())
                .filter(present -> !claims.isOurs(present) || !isBoundTo(present, volume.volumeName()))
                .ifPresent(present -> problems.add(Problem.error(
                        "target persistentvolumeclaims " + volume.target(),
                        "PvcConflict",
                        "a claim of that name exists and is not one of this volume",
                        "delete it, or " + COPY_INSTEAD)));
        return problems;
    }

    private boolean isOurs(JsonNode volume) {
        return volume.path("metadata").path("labels").path(Labels.PLAN).asText().equals(planUid);
    }

    private static boolean isBoundTo(JsonNode claim, String volume) {
        return claim.path("spec").path("volumeName").asText().equals(volume);
    }
}
