package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Stops the applications of some namespaces and starts them again. What is found stopped is left alone. */
public final class Quiesce {

    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    private final ApiServer server;
    private final Discovery discovery;
    private final Collection<String> namespaces;
    private final String labelSelector;

    /**
     * Looks after the workloads of a cluster.
     *
     * @param labelSelector which of them, empty for all
     */
    public Quiesce(ApiServer server, Discovery discovery, Collection<String> namespaces, String labelSelector) {
        this.server = server;
        this.discovery = discovery;
        this.namespaces = List.copyOf(namespaces);
        this.labelSelector = labelSelector;
    }

    /** Stops everything that runs; {@return what was stopped now} */
    public List<String> stop() {
        return patchAll(Workload::stop);
    }

    /** Starts everything that {@link #stop} stopped; {@return what was started now} */
    public List<String> start() {
        return patchAll(Workload::start);
    }

    private List<String> patchAll(BiFunction<Workload, ObjectNode, @Nullable ObjectNode> change) {
        List<String> changed = new ArrayList<>();
        for (Workload workload : Workload.all()) {
            List<ResourceType> versions = discovery.versions(workload.resource());
            if (versions.isEmpty()) {
                continue;
            }
            ResourceType type = versions.get(0);
            for (String namespace : namespaces) {
                for (ObjectNode object : server.list(type.collection(namespace), labelSelector)) {
                    ObjectNode patch = change.apply(workload, object);
                    String name = object.path("metadata").path("name").asText();
                    if (patch != null && patched(type.path(namespace, name), patch)) {
                        changed.add(type.resource() + " " + namespace + "/" + name);
                    }
                }
            }
        }
        return changed;
    }

    private boolean patched(String path, ObjectNode patch) {
        try {
            server.merge(path, patch);
            return true;
        } catch (ClusterAccessException e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    /** {@return the pods that still run for a workload, as {@code namespace/name}} */
    public List<String> stillRunning() {
        return controlled(pod -> true);
    }

    /** {@return the pods that still run for a workload and mount one of these claims} */
    public List<String> stillUsing(Set<String> claims) {
        return controlled(pod -> claimsOf(pod).stream().anyMatch(claims::contains));
    }

    private List<String> controlled(Predicate<ObjectNode> which) {
        return pods().stream()
                .filter(pod -> isControlled(pod)
                        && !OVER.contains(pod.path("status").path("phase").asText()))
                .filter(which)
                .map(Quiesce::name)
                .toList();
    }

    /** {@return the running pods that belong to no workload and so cannot be stopped, but mount one of these claims} */
    public List<String> barePodsUsing(Set<String> claims) {
        return pods().stream()
                .filter(pod -> !isControlled(pod)
                        && pod.path("status").path("phase").asText().equals("Running")
                        && claimsOf(pod).stream().anyMatch(claims::contains))
                .map(Quiesce::name)
                .toList();
    }

    private List<ObjectNode> pods() {
        return namespaces.stream()
                .flatMap(namespace -> server.list("/api/v1/namespaces/" + namespace + "/pods", labelSelector).stream())
                .toList();
    }

    private static String name(ObjectNode pod) {
        JsonNode metadata = pod.path("metadata");
        return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
    }

    private static boolean isControlled(ObjectNode pod) {
        return StreamSupport.stream(pod.path("metadata").path("ownerReferences").spliterator(), false)
                .anyMatch(owner -> owner.path("controller").asBoolean());
    }

    /** {@return the claims a pod mounts, as {@code namespace/name}} */
    public static Set<String> claimsOf(ObjectNode pod) {
        String namespace = pod.path("metadata").path("namespace").asText();
        return StreamSupport.stream(pod.path("spec").path("volumes").spliterator(), false)
                .map(volume ->
                        volume.path("persistentVolumeClaim").path("claimName").asText(""))
                .filter(claim -> !claim.isEmpty())
                .map(claim -> namespace + "/" + claim)
                .collect(Collectors.toSet());
    }
}
