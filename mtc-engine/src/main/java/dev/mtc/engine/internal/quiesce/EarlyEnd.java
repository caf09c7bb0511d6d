package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.objects.Lanes;
import dev.mtc.engine.internal.run.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends pods of a target before their grace period is over, so that nobody waits for applications that are given up. Only pods
 * of a plan's workloads all of whose data is a copy that the next run makes anew; whoever writes anywhere else takes his time.
 *
 * <p>Kubelets before 1.22 do not hear of a shorter grace period while one runs. So pods are ended before their workloads are
 * scaled down: that of a StatefulSet is replaced only once it is gone, and another that a ReplicaSet makes at once goes again
 * before it has started.
 */
public final class EarlyEnd {

    /** The least that kubelets give. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(EarlyEnd.class);

    /** Volumes that end with their pod or are only read. */
    private static final Set<String> PASSING =
            Set.of("configMap", "secret", "downwardAPI", "projected", "emptyDir", "ephemeral");

    /** A pod of a DeploymentConfig's or Deployment's replicas has two above it. */
    private static final int MOST_OWNERS = 3;

    private final ApiServer server;
    private final Discovery discovery;
    private final Executor executor;
    private final String planUid;
    private final List<ObjectNode> pods = new ArrayList<>();
    private final Map<String, Optional<ObjectNode>> owners = new HashMap<>();

    private EarlyEnd(ApiServer server, Discovery discovery, Executor executor, String planUid) {
        this.server = server;
        this.discovery = discovery;
        this.executor = executor;
        this.planUid = planUid;
    }

    /**
     * Whose pods.
     *
     * @param planUid the plan whose label the workloads have
     * @param namespaces their namespaces
     * @param copies the claims that are copies, as {@code namespace/name}
     */
    public record Copies(String planUid, List<String> namespaces, Set<String> copies) {

        /** Copies its collections. */
        public Copies {
            namespaces = List.copyOf(namespaces);
            copies = Set.copyOf(copies);
        }
    }

    /**
     * {@return the pods that may end early, as they are now}
     *
     * @param server the target
     * @param discovery what it serves
     * @param executor on which it deletes
     * @param of whose pods
     */
    public static EarlyEnd find(ApiServer server, Discovery discovery, Executor executor, Copies of) {
        EarlyEnd found = new EarlyEnd(server, discovery, executor, of.planUid());
        for (String namespace : of.namespaces()) {
            server.list("/api/v1/namespaces/" + namespace + "/pods", "").stream()
                    .filter(pod -> !RunningPods.isOver(pod)
                            && takesLonger(pod)
                            && hasOnlyCopies(pod, of.copies())
                            && found.isOfPlan(pod))
                    .forEach(found.pods::add);
        }
        return found;
    }

    private static boolean takesLonger(ObjectNode pod) {
        JsonNode metadata = pod.path("metadata");
        JsonNode grace = metadata.has("deletionTimestamp")
                ? metadata.path("deletionGracePeriodSeconds")
                : pod.path("spec").path("terminationGracePeriodSeconds");
        return grace.asLong(30) > GRACE.toSeconds();
    }

    private static boolean hasOnlyCopies(ObjectNode pod, Set<String> copies) {
        String namespace = pod.path("metadata").path("namespace").asText();
        List<JsonNode> lasting = StreamSupport.stream(
                        pod.path("spec").path("volumes").spliterator(), false)
                .filter(volume -> PASSING.stream().noneMatch(volume::has))
                .toList();
        return !lasting.isEmpty()
                && lasting.stream()
                        .allMatch(volume -> copies.contains(namespace + "/"
                                + volume.path("persistentVolumeClaim")
                                        .path("claimName")
                                        .asText()));
    }

    private boolean isOfPlan(ObjectNode pod) {
        Optional<ObjectNode> owner = owner(pod);
        for (int above = 0; above < MOST_OWNERS && owner.isPresent(); above++) {
            if (owner.get()
                    .path("metadata")
                    .path("labels")
                    .path(Labels.PLAN)
                    .asText()
                    .equals(planUid)) {
                return true;
            }
            owner = owner(owner.get());
        }
        return false;
    }

    private Optional<ObjectNode> owner(ObjectNode object) {
        String namespace = object.path("metadata").path("namespace").asText();
        return Found.controller(object)
                .flatMap(reference -> Workload.named(reference)
                        .flatMap(workload ->
                                discovery.versions(workload.resource()).stream().findFirst())
                        .map(type -> type.path(namespace, reference.path("name").asText())))
                .flatMap(path -> owners.computeIfAbsent(path, server::find));
    }

    /** Ends them; done before they are scaled down, and again for those that came meanwhile. */
    public void end() {
        Lanes lanes = Lanes.on(executor);
        pods.forEach(pod -> lanes.run(() -> end(pod)));
        lanes.drain();
    }

    /** A pod that cannot be ended early is waited for like any other. */
    private void end(ObjectNode pod) {
        JsonNode metadata = pod.path("metadata");
        String name = metadata.path("name").asText();
        try {
            server.deleteWithin(
                    "/api/v1/namespaces/" + metadata.path("namespace").asText() + "/pods/" + name, GRACE);
        } catch (ClusterAccessException e) {
            LOG.debug("Pod {} ends when its grace period does", name, e);
        }
    }
}
