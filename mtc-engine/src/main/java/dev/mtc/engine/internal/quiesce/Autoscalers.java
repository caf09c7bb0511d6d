package dev.mtc.engine.internal.quiesce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.ResourceType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which workloads have a HorizontalPodAutoscaler, be it made by a user or by an operator such as KEDA. */
final class Autoscalers {

    private static final String RESOURCE = "horizontalpodautoscalers.autoscaling";

    private final Map<String, String> byWorkload = new HashMap<>();

    private Autoscalers() {}

    /** Asks for those of some namespaces. Where they cannot be seen, there are none. */
    static Autoscalers of(ApiServer server, Discovery discovery, Collection<String> namespaces) {
        Autoscalers found = new Autoscalers();
        List<ResourceType> versions = discovery.versions(RESOURCE);
        if (!versions.isEmpty()) {
            namespaces.forEach(namespace -> found.list(server, versions.get(0).collection(namespace), namespace));
        }
        return found;
    }

    private void list(ApiServer server, String collection, String namespace) {
        try {
            server.list(collection, "").forEach(autoscaler -> note(namespace, autoscaler));
        } catch (ClusterAccessException e) {
            boolean isHidden = e.status() == 403 || e.status() == 404;
            if (!isHidden) {
                throw e;
            }
        }
    }

    private void note(String namespace, ObjectNode autoscaler) {
        JsonNode target = autoscaler.path("spec").path("scaleTargetRef");
        Workload.named(target)
                .ifPresent(workload -> byWorkload.put(
                        key(workload, namespace, target.path("name").asText()), words(autoscaler)));
    }

    private static String words(ObjectNode autoscaler) {
        String name = "HorizontalPodAutoscaler "
                + autoscaler.path("metadata").path("name").asText();
        return Found.controller(autoscaler)
                .map(owner -> name + " of " + Scaler.words(owner))
                .orElse(name);
    }

    private static String key(Workload workload, String namespace, String name) {
        return workload + " " + namespace + "/" + name;
    }

    /** {@return the autoscaler of a workload, empty if it has none} */
    String of(Workload workload, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return byWorkload.getOrDefault(
                key(
                        workload,
                        metadata.path("namespace").asText(),
                        metadata.path("name").asText()),
                "");
    }
}
